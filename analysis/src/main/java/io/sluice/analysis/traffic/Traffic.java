package io.sluice.analysis.traffic;

import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.PortTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A set of traffic, as sorted, disjoint, non-adjacent ranges of the traffic space ({@link TrafficRange}).
 *
 * <p>{@link #toString} is np-guard's notation, which knows TCP, UDP and SCTP only: {@code All Connections},
 * {@code No Connections}, {@code TCP 80-81,8080,UDP 53}. {@link #exact} also names what lies outside of these.
 */
public final class Traffic {
    public static final Traffic NONE = new Traffic(new int[0]);
    public static final Traffic ALL = of(List.of(TrafficRange.ALL));

    /** In the order in which they are printed. */
    private static final List<Protocol> WITH_PORTS = List.of(Protocol.SCTP, Protocol.TCP, Protocol.UDP);

    /** First and last key of each range. */
    private final int[] bounds;

    private final int hash;

    private Traffic(int[] bounds) {
        this.bounds = bounds;
        this.hash = Arrays.hashCode(bounds);
    }

    public static Traffic of(List<TrafficRange> ranges) {
        int[] out = new int[ranges.size() * 2];
        int n = 0;
        for (TrafficRange range : ranges.stream().sorted().toList()) {
            if (n > 0 && out[n - 1] >= range.first() - 1) {
                out[n - 1] = Math.max(out[n - 1], range.last());
            } else {
                out[n++] = range.first();
                out[n++] = range.last();
            }
        }
        return new Traffic(Arrays.copyOf(out, n));
    }

    public static Traffic of(TrafficRange range) {
        return of(List.of(range));
    }

    /**
     * Reads np-guard's notation, as {@link #toString} writes it.
     *
     * @return empty if it is none
     */
    public static Optional<Traffic> parse(String text) {
        return Notation.parse(text);
    }

    /** What a table allows. */
    public static Traffic allowedBy(PortTable table) {
        int[] out = new int[table.entries().size() * 2];
        int n = 0;
        for (int i = 0; i < table.entries().size(); i++) {
            PortTable.Entry entry = table.entries().get(i);
            if (entry.cause().verdict() != Verdict.ALLOW) {
                continue;
            }
            if (n > 0 && out[n - 1] == entry.first() - 1) {
                out[n - 1] = table.lastOf(i);
            } else {
                out[n++] = entry.first();
                out[n++] = table.lastOf(i);
            }
        }
        return new Traffic(Arrays.copyOf(out, n));
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    public boolean isAll() {
        return equals(ALL);
    }

    public boolean contains(int key) {
        int at = Arrays.binarySearch(bounds, key);
        // Found bounds belong to their range; an insertion point is inside a range when it is odd.
        return at >= 0 || (-at - 1) % 2 == 1;
    }

    public boolean contains(Traffic other) {
        return other.minus(this).isEmpty();
    }

    public Traffic and(Traffic other) {
        if (isAll() || other.isEmpty()) {
            return other;
        }
        if (other.isAll() || isEmpty()) {
            return this;
        }
        int[] out = new int[bounds.length + other.bounds.length];
        int n = 0;
        for (int i = 0, j = 0; i < bounds.length && j < other.bounds.length; ) {
            int first = Math.max(bounds[i], other.bounds[j]);
            int last = Math.min(bounds[i + 1], other.bounds[j + 1]);
            if (first <= last) {
                out[n++] = first;
                out[n++] = last;
            }
            if (bounds[i + 1] < other.bounds[j + 1]) {
                i += 2;
            } else {
                j += 2;
            }
        }
        return new Traffic(Arrays.copyOf(out, n));
    }

    public Traffic or(Traffic other) {
        if (isEmpty() || other.isAll()) {
            return other;
        }
        if (other.isEmpty() || isAll()) {
            return this;
        }
        List<TrafficRange> all = new ArrayList<>(ranges());
        all.addAll(other.ranges());
        return of(all);
    }

    public Traffic minus(Traffic other) {
        return and(other.complement());
    }

    private Traffic complement() {
        int[] out = new int[bounds.length + 2];
        int n = 0;
        int next = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] > next) {
                out[n++] = next;
                out[n++] = bounds[i] - 1;
            }
            next = bounds[i + 1] + 1;
        }
        if (next < TrafficRange.SPACE) {
            out[n++] = next;
            out[n++] = TrafficRange.SPACE - 1;
        }
        return new Traffic(Arrays.copyOf(out, n));
    }

    /** Ascending. */
    public List<TrafficRange> ranges() {
        List<TrafficRange> out = new ArrayList<>(bounds.length / 2);
        for (int i = 0; i < bounds.length; i += 2) {
            out.add(new TrafficRange(bounds[i], bounds[i + 1]));
        }
        return out;
    }

    /** The smallest key in it. @throws IllegalStateException if it is empty */
    public int firstKey() {
        if (isEmpty()) {
            throw new IllegalStateException("no traffic");
        }
        return bounds[0];
    }

    /** A key that a person meets: a TCP, UDP or SCTP port where there is one, else the first. */
    public int witness() {
        for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)) {
            Traffic ports = and(of(TrafficRange.ports(protocol, 1, 0xffff)));
            if (!ports.isEmpty()) {
                return ports.firstKey();
            }
        }
        return firstKey();
    }

    /** One packet's traffic as text, such as {@code TCP 80}, {@code ICMP type 8} or {@code protocol 47}. */
    public static String keyText(int key) {
        Protocol protocol = new Protocol(key >>> 16);
        int port = key & 0xffff;
        if (protocol.hasPorts()) {
            return protocol + " " + port;
        }
        return protocol.isIcmp() ? protocol + " type " + (port >>> 8) + " code " + (port & 255) : protocol.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Traffic that && Arrays.equals(bounds, that.bounds);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** np-guard's notation; traffic of other protocols is named only where there is nothing else. */
    @Override
    public String toString() {
        return Notation.npGuard(this);
    }

    /** The same, and every protocol beyond TCP, UDP and SCTP that is in the set. */
    public String exact() {
        return Notation.exact(this);
    }

    static List<Protocol> protocolsWithPorts() {
        return WITH_PORTS;
    }
}
