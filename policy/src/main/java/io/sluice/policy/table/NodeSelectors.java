package io.sluice.policy.table;

import io.sluice.policy.model.Selector;
import java.util.HashMap;
import java.util.Map;

/** The selectors of nodes that rules have, by feature. Immutable. */
record NodeSelectors(Map<Integer, Selector> byFeature) {
    NodeSelectors {
        byFeature = Map.copyOf(byFeature);
    }

    NodeSelectors with(int feature, Selector selector) {
        Map<Integer, Selector> more = new HashMap<>(byFeature);
        more.put(feature, selector);
        return new NodeSelectors(more);
    }

    NodeSelectors without(int feature) {
        Map<Integer, Selector> fewer = new HashMap<>(byFeature);
        fewer.remove(feature);
        return new NodeSelectors(fewer);
    }

    /** The features of a node with these labels, ascending. */
    int[] matching(Map<String, String> labels) {
        IntBag found = new IntBag();
        byFeature.forEach((feature, selector) -> {
            if (selector.matches(labels)) {
                found.add(feature);
            }
        });
        return found.sorted();
    }
}
