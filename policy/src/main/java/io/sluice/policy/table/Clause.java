package io.sluice.policy.table;

import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.TrafficRange;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A rule ready to be matched.
 *
 * @param cause its number in the {@link RuleBook}; negative for a rule that passes
 * @param anyPeer whether it is about every peer, and {@code peers} does not matter
 * @param peers by feature number; alternatives
 * @param ports the traffic known beforehand
 * @param names the names whose traffic depends on the destination
 */
record Clause(int cause, boolean anyPeer, int[] peers, Intervals ports, List<PortMatch.Named> names) {
    static Clause always(int cause) {
        return new Clause(cause, true, new int[0], Intervals.ALL, List.of());
    }

    boolean passes() {
        return cause < 0;
    }

    boolean isAbout(BitSet features) {
        if (anyPeer) {
            return true;
        }
        for (int peer : peers) {
            if (features.get(peer)) {
                return true;
            }
        }
        return false;
    }

    /** The traffic it is about on a destination where the names mean this. */
    Intervals ports(Map<PortMatch.Named, Set<TrafficRange>> meaning) {
        Intervals all = ports;
        for (PortMatch.Named name : names) {
            Set<TrafficRange> traffic = meaning.get(name);
            if (traffic != null) {
                all = all.or(Intervals.of(traffic));
            }
        }
        return all;
    }

    /** The same with the names resolved for good. */
    Clause on(Map<PortMatch.Named, Set<TrafficRange>> meaning) {
        return names.isEmpty() ? this : new Clause(cause, anyPeer, peers, ports(meaning), List.of());
    }
}
