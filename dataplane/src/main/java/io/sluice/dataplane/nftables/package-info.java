/**
 * The second backend: the node's table as nftables rules, for kernels without the BPF netfilter hook.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>One table {@code inet NAME}. Its two base chains hold one rule each, a goto into the rules in force; replacing
 *       that rule is what puts a new table in force, so a packet runs wholly through the old rules or wholly through the
 *       new ones.
 *   <li>Every other chain and set is named by its content, is written before any packet comes by, and never changed.
 *       What a new table shares with the old one is not written again. What falls out of use is taken out one change
 *       later, when no packet can be in it.
 *   <li>A packet costs a fixed number of look-ups: peer, subject, protocol, port. Nothing is a list of rules.
 *   <li>A chain that judges never ends without a verdict: what cannot be looked up is refused.
 *   <li>No packet mark and no connection mark is read or written.
 * </ul>
 *
 * <pre>
 *   forward, input ─goto─► conntrack, unknown pods ─jump─► egress ─► peer ─► subject ─► ports ─► cause: count, return | log, drop
 *                                                 └─jump─► ingress ─► peer ─► subject ─► ports ─► cause
 *                                                 └─► first packet: log
 *   nflog ─► NflogSocket ─► EventReader ─► KernelEvent
 * </pre>
 */
@NullMarked
package io.sluice.dataplane.nftables;

import org.jspecify.annotations.NullMarked;
