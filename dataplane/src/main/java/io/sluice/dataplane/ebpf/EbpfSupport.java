package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.DataplaneException;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether this machine can do it, asked by trying: the program is loaded and thrown away, nothing is attached. */
public final class EbpfSupport {
    private static final EbpfOptions SMALL = new EbpfOptions(1, 1, 1, 1, 2, 1 << 16, 0);

    private EbpfSupport() {}

    /** What is missing, in a sentence; empty if {@link EbpfDataplane#open} can be expected to work. */
    public static Optional<String> missing() {
        try (Program ignored = Program.load(SMALL, OptionalInt.empty())) {
            return Optional.empty();
        } catch (DataplaneException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }
}
