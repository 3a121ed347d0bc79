/**
 * The table in BPF maps, judged by one program at the netfilter hooks of a network namespace.
 *
 * <p>A change is made beside what is in force and then switched on by one number, the generation; a packet is judged
 * by one whole table. Numbers in the kernel (identities, policy sets, causes, places of blocks) belong to this package;
 * a policy set's number stands for its content, so what does not change is not written.
 *
 * <pre>
 *   NodeTable ─► TableWriter ─► AddressMap, NetworkMap, RowMap, BlockMap ─► ConfigMap: generation
 *                    │ Mirror (what the kernel holds), IdentityNumbers, CauseNumbers
 *   KernelEvent ◄─ EventReader ◄─ ring buffer
 *   Pins (bpffs), Links (hooks), Conntrack (nftables): what keeps it there when this process ends
 * </pre>
 */
@NullMarked
package io.sluice.dataplane.ebpf;

import org.jspecify.annotations.NullMarked;
