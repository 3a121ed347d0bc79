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
 * @param condition the number of the pods that it is about, of those that its policy selects;
 *     {@link RuleBook#UNCONDITIONAL} for all
 * @param ports the traffic known beforehand
 * @param names the names whose traffic depends on the destination
 */
record Clause(int cause, int condition, PeerTest peers, Intervals ports, List<PortMatch.Named> names) {
    static Clause always(int cause) {
        return new Clause(cause, RuleBook.UNCONDITIONAL, PeerTest.ALWAYS, Intervals.ALL, List.of());
    }

    boolean passes() {
        return cause < 0;
    }

    boolean isAbout(BitSet features) {
        return peers.matches(features);
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
        return names.isEmpty() ? this : new Clause(cause, condition, peers, ports(meaning), List.of());
    }

    /** The same for peers of which it is known whether they are the node that the subject runs on. */
    Clause on(boolean ownNode) {
        PeerTest known = peers.on(ownNode);
        return known == peers ? this : new Clause(cause, condition, known, ports, names);
    }
}
