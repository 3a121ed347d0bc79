package io.sluice.policy.table;

import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.TrafficRange;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;

/**
 * All that programs can ask of an address. It never changes: what has other features is another identity.
 *
 * @param labelled the features of its holder
 * @param addressed the features of its address
 */
record IdentityEntry(
        Signature.Holder holder,
        int[] labelled,
        int[] addressed,
        int meaning,
        Map<PortMatch.Named, Set<TrafficRange>> names) {

    /** Its features, of those that are asked for. */
    int[] among(BitSet asked) {
        IntBag found = new IntBag();
        add(labelled, asked, found);
        add(addressed, asked, found);
        return found.sorted();
    }

    private static void add(int[] features, BitSet asked, IntBag found) {
        for (int feature : features) {
            if (asked.get(feature)) {
                found.add(feature);
            }
        }
    }
}
