package io.sluice.analysis.convert;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Selectors as Kubernetes' LabelSelector. */
final class LabelSelectors {
    private LabelSelectors() {}

    /**
     * @throws Unsayable for alternatives, comparisons of text and service accounts, which a LabelSelector has not
     */
    static Map<String, Object> of(Selector selector, SourcePosition position) {
        return of(selector, key -> key, position);
    }

    /** @param named what a key is called in the document */
    static Map<String, Object> of(Selector selector, UnaryOperator<String> named, SourcePosition position) {
        Map<String, Object> labels = new LinkedHashMap<>();
        List<Object> expressions = new ArrayList<>();
        add(selector, named, labels, expressions, position);
        Map<String, Object> out = new LinkedHashMap<>();
        if (!labels.isEmpty()) {
            out.put("matchLabels", labels);
        }
        if (!expressions.isEmpty()) {
            out.put("matchExpressions", expressions);
        }
        return out;
    }

    private static void add(
            Selector selector,
            UnaryOperator<String> named,
            Map<String, Object> labels,
            List<Object> expressions,
            SourcePosition position) {
        switch (selector) {
            case Selector.All(List<Selector> parts) ->
                parts.forEach(part -> add(part, named, labels, expressions, position));
            case Selector.In(String key, Set<String> values) -> {
                String name = name(key, named, position);
                if (values.size() == 1 && !labels.containsKey(name)) {
                    labels.put(name, values.iterator().next());
                } else {
                    expressions.add(expression(name, "In", values));
                }
            }
            case Selector.Has(String key) ->
                expressions.add(expression(name(key, named, position), "Exists", Set.of()));
            case Selector.Not(Selector.In(String key, Set<String> values)) ->
                expressions.add(expression(name(key, named, position), "NotIn", values));
            case Selector.Not(Selector.Has(String key)) ->
                expressions.add(expression(name(key, named, position), "DoesNotExist", Set.of()));
            default -> throw new Unsayable("a label selector cannot say " + selector, position);
        }
    }

    private static String name(String key, UnaryOperator<String> named, SourcePosition position) {
        if (Pod.isNoLabel(key)) {
            throw new Unsayable("a label selector cannot select by " + key, position);
        }
        return named.apply(key);
    }

    private static Map<String, Object> expression(String key, String operator, Set<String> values) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("key", key);
        out.put("operator", operator);
        if (!values.isEmpty()) {
            out.put("values", List.copyOf(values));
        }
        return out;
    }
}
