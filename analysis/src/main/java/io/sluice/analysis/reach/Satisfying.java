package io.sluice.analysis.reach;

import io.sluice.policy.model.Selector;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Labels that a selector matches, as few as can be. */
public final class Satisfying {
    private Satisfying() {}

    /** Empty if none were found: for a selector that contradicts itself, or one too involved to guess for. */
    public static Optional<Map<String, String>> labels(Selector selector) {
        Map<String, String> labels = new TreeMap<>();
        add(selector, labels);
        return selector.matches(labels) ? Optional.of(labels) : Optional.empty();
    }

    private static void add(Selector selector, Map<String, String> labels) {
        switch (selector) {
            case Selector.All(var parts) -> parts.forEach(part -> add(part, labels));
            case Selector.Any(var parts) -> parts.stream().findFirst().ifPresent(part -> add(part, labels));
            case Selector.In(String key, var values) ->
                values.stream().findFirst().ifPresent(value -> labels.putIfAbsent(key, value));
            case Selector.Has(String key) -> labels.putIfAbsent(key, "any");
            case Selector.Text text -> {
                if (!text.accepts(labels.getOrDefault(text.key(), ""))) {
                    labels.put(text.key(), text.text());
                }
            }
            case Selector.Not _ -> {}
        }
    }
}
