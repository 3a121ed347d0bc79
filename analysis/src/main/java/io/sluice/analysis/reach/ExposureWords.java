package io.sluice.analysis.reach;

import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Selectors as np-guard's exposure analysis names them: {@code [namespace with {a=b}]/[pod with {c=d}]}. */
final class ExposureWords {
    private ExposureWords() {}

    static String of(Peer.Pods peer) {
        String namespaces = switch (peer.namespaces()) {
            case NamespaceMatch.Named(String name) -> name;
            case NamespaceMatch.Labelled(Selector selector) ->
                selector.equals(Selector.ALL) ? "[all namespaces]" : "[namespace with " + labels(selector) + "]";
        };
        String pods = peer.pods().equals(Selector.ALL) ? "[all pods]" : "[pod with " + labels(peer.pods()) + "]";
        return namespaces + "/" + pods;
    }

    private static String labels(Selector selector) {
        List<String> parts = new ArrayList<>();
        if (selector instanceof Selector.All(var all)) {
            all.forEach(part -> parts.add(part(part)));
        } else {
            parts.add(part(selector));
        }
        return "{" + String.join(",", parts) + "}";
    }

    private static String part(Selector part) {
        return switch (part) {
            case Selector.In(String key, Set<String> values)
            when values.size() == 1 -> key + "=" + String.join("", values);
            case Selector.In(String key, Set<String> values) -> expression(key, "In", values);
            case Selector.Has(String key) -> expression(key, "Exists", Set.of());
            case Selector.Not(Selector.In(String key, Set<String> values)) -> expression(key, "NotIn", values);
            case Selector.Not(Selector.Has(String key)) -> expression(key, "DoesNotExist", Set.of());
            case Selector.All _, Selector.Any _, Selector.Not _, Selector.Text _ -> part.toString();
        };
    }

    private static String expression(String key, String operator, Set<String> values) {
        return "{Key:" + key + ",Operator:" + operator + ",Values:[" + String.join(" ", values) + "],}";
    }
}
