package io.sluice.lab.enforce;

import io.sluice.dataplane.NodeTable;
import java.util.Locale;

/**
 * How the lab's nodes enforce.
 *
 * @param backend which data plane
 * @param mode how strictly
 */
public record EnforceOptions(Backend backend, NodeTable.Mode mode) {
    public static final EnforceOptions DEFAULT = new EnforceOptions(Backend.AUTO, NodeTable.Mode.DEFAULT);

    /** The data planes there are. AUTO is eBPF where the kernel can, else nftables. */
    public enum Backend {
        AUTO,
        EBPF,
        NFTABLES;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
