package io.sluice.dataplane.ebpf;

/**
 * How much the kernel holds. During a change, the old and the new table are there together, as far as they differ.
 *
 * @param addresses pods and nodes of the cluster
 * @param networks prefixes
 * @param rows of all policy sets of the node
 * @param ranges of all distinct port tables of the node
 * @param causes distinct causes; counters are kept for each on every processor
 * @param eventBytes size of the ring buffer: a power of two and a multiple of the page size
 * @param refusedPerSecond events of refused packets that each processor reports; the others are counted as lost
 */
public record EbpfOptions(
        int addresses, int networks, int rows, int ranges, int causes, int eventBytes, int refusedPerSecond) {
    public static final EbpfOptions DEFAULT =
            new EbpfOptions(1 << 17, 1 << 16, 1 << 18, 1 << 18, 1 << 14, 1 << 20, 1000);

    public EbpfOptions {
        if (addresses < 1 || networks < 1 || rows < 1 || ranges < 1 || causes < 2 || refusedPerSecond < 0) {
            throw new IllegalArgumentException("sizes must be positive, and causes at least 2");
        }
        if (eventBytes < 4096 || Integer.bitCount(eventBytes) != 1) {
            throw new IllegalArgumentException("eventBytes must be a power of two of at least 4096: " + eventBytes);
        }
    }
}
