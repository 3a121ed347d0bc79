package io.sluice.bench;

import io.sluice.policy.model.Selector;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** YAML in block style, two spaces a level. */
final class YamlText {
    private final StringBuilder out = new StringBuilder();

    /** Before each document. */
    void separator() {
        out.append("---\n");
    }

    void line(int level, String text) {
        out.repeat(' ', 2 * level).append(text).append('\n');
    }

    /** Labels under a key; every value in quotes, since some look like numbers. */
    void labels(int level, String key, Map<String, String> labels) {
        line(level, key + ":");
        new TreeMap<>(labels).forEach((name, value) -> line(level + 1, name + ": \"" + value + "\""));
    }

    /** A selector as one value. */
    static String selector(Selector selector) {
        List<Selector> parts = selector instanceof Selector.All(List<Selector> all) ? all : List.of(selector);
        if (parts.isEmpty()) {
            return "{}";
        }
        StringBuilder expressions = new StringBuilder();
        StringBuilder labels = new StringBuilder();
        for (Selector part : parts) {
            if (!(part instanceof Selector.In in)) {
                throw new IllegalArgumentException("the generated clusters have no selector " + part);
            }
            if (in.values().size() == 1) {
                labels.append(labels.isEmpty() ? "" : ", ")
                        .append(in.key() + ": " + in.values().iterator().next());
            } else {
                expressions.append(expressions.isEmpty() ? "" : ", ");
                expressions.append("{key: " + in.key() + ", operator: In, values: " + in.values() + "}");
            }
        }
        String both = labels.isEmpty() || expressions.isEmpty() ? "" : ", ";
        return "{" + (labels.isEmpty() ? "" : "matchLabels: {" + labels + "}") + both
                + (expressions.isEmpty() ? "" : "matchExpressions: [" + expressions + "]") + "}";
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
