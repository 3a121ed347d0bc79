package io.sluice.policy.table;

import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.TrafficRange;
import java.util.Map;
import java.util.Set;

/** All that programs can ask of an address. It never changes: what has other features is another identity. */
final class IdentityEntry {
    private final Signature.Holder holder;
    private final int[] labelled;
    private final int[] addressed;
    private final int meaning;
    private final Map<PortMatch.Named, Set<TrafficRange>> names;
    private final FeatureTable features;

    /**
     * @param labelled the features of its holder
     * @param addressed the features of its address
     * @param meaning the number of what port names mean there
     */
    IdentityEntry(
            Signature.Holder holder,
            int[] labelled,
            int[] addressed,
            int meaning,
            Map<PortMatch.Named, Set<TrafficRange>> names) {
        this.holder = holder;
        this.labelled = labelled;
        this.addressed = addressed;
        this.meaning = meaning;
        this.names = names;
        features = new FeatureTable(labelled, addressed);
    }

    Signature.Holder holder() {
        return holder;
    }

    int[] labelled() {
        return labelled;
    }

    int[] addressed() {
        return addressed;
    }

    int meaning() {
        return meaning;
    }

    Map<PortMatch.Named, Set<TrafficRange>> names() {
        return names;
    }

    /** All of them. */
    FeatureTable features() {
        return features;
    }

    /** Its features, of those that are asked for. */
    int[] among(FeatureTable asked) {
        IntBag found = new IntBag();
        add(labelled, asked, found);
        add(addressed, asked, found);
        return found.sorted();
    }

    private static void add(int[] some, FeatureTable asked, IntBag found) {
        for (int feature : some) {
            if (asked.has(feature)) {
                found.add(feature);
            }
        }
    }
}
