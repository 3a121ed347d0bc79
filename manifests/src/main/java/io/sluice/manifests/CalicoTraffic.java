package io.sluice.manifests;

import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.List;

/** A part of the traffic space, as ranges that neither touch nor overlap, ascending. */
record CalicoTraffic(List<TrafficRange> ranges) {
    static final CalicoTraffic ALL = new CalicoTraffic(List.of(TrafficRange.ALL));

    CalicoTraffic {
        ranges = List.copyOf(ranges);
    }

    static CalicoTraffic of(TrafficRange range) {
        return new CalicoTraffic(List.of(range));
    }

    /** One type of ICMP, or of ICMPv6, with one code or with any; the whole protocol where no type is given. */
    static TrafficRange icmp(Protocol protocol, int type, int code) {
        if (type < 0) {
            return TrafficRange.of(protocol);
        }
        int first = type << 8 | Math.max(code, 0);
        return TrafficRange.ports(protocol, first, code < 0 ? first | 0xff : first);
    }

    CalicoTraffic and(List<TrafficRange> alternatives) {
        return minus(ALL.minus(alternatives).ranges());
    }

    CalicoTraffic minus(List<TrafficRange> removed) {
        List<TrafficRange> left = ranges;
        for (TrafficRange gone : removed) {
            List<TrafficRange> next = new ArrayList<>();
            for (TrafficRange range : left) {
                if (gone.last() < range.first() || gone.first() > range.last()) {
                    next.add(range);
                    continue;
                }
                if (range.first() < gone.first()) {
                    next.add(new TrafficRange(range.first(), gone.first() - 1));
                }
                if (gone.last() < range.last()) {
                    next.add(new TrafficRange(gone.last() + 1, range.last()));
                }
            }
            left = next;
        }
        return new CalicoTraffic(left);
    }

    boolean contains(TrafficRange other) {
        return ranges.stream().anyMatch(r -> r.first() <= other.first() && other.last() <= r.last());
    }
}
