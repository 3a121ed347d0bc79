package io.sluice.policy.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A condition on labels. The Kubernetes operators map to it so: {@code In} is {@link In}, {@code NotIn} is
 * {@code Not(In)}, {@code Exists} is {@link Has}, {@code DoesNotExist} is {@code Not(Has)}; the negated forms therefore
 * hold when the key is absent, as the API says (LabelSelectorRequirement).
 */
public sealed interface Selector {
    /** Holds for every set of labels: the empty selector <code>{}</code>. */
    Selector ALL = new All(List.of());

    boolean matches(Map<String, String> labels);

    /** Every part holds; no part at all is the empty selector, which matches everything. */
    record All(List<Selector> parts) implements Selector {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(Map<String, String> labels) {
            for (Selector part : parts) {
                if (!part.matches(labels)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String toString() {
            return parts.isEmpty()
                    ? "{}"
                    : parts.stream().map(Selector::toString).collect(Collectors.joining(","));
        }
    }

    /** At least one part holds. */
    record Any(List<Selector> parts) implements Selector {
        public Any {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean matches(Map<String, String> labels) {
            return parts.stream().anyMatch(part -> part.matches(labels));
        }

        @Override
        public String toString() {
            return parts.stream().map(Selector::toString).collect(Collectors.joining(" || ", "(", ")"));
        }
    }

    /** The part does not hold. */
    record Not(Selector part) implements Selector {
        @Override
        public boolean matches(Map<String, String> labels) {
            return !part.matches(labels);
        }

        @Override
        public String toString() {
            return switch (part) {
                case Has(String key) -> "!" + key;
                case In(String key, Set<String> values) ->
                    values.size() == 1
                            ? key + "!=" + values.iterator().next()
                            : key + " notin (" + String.join(",", values) + ")";
                default -> "!(" + part + ")";
            };
        }
    }

    /** The key is present, with any value. */
    record Has(String key) implements Selector {
        @Override
        public boolean matches(Map<String, String> labels) {
            return labels.containsKey(key);
        }

        @Override
        public String toString() {
            return key;
        }
    }

    /** The key is present with one of the values; the empty value is a value. */
    record In(String key, Set<String> values) implements Selector {
        public In {
            values = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(values));
        }

        @Override
        public boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return value != null && values.contains(value);
        }

        @Override
        public String toString() {
            return values.size() == 1
                    ? key + "=" + values.iterator().next()
                    : key + " in (" + String.join(",", values) + ")";
        }
    }

    /** The key is present with a value that has the text in it, at its start or at its end; the empty text always is. */
    record Text(String key, Where where, String text) implements Selector {
        /** Where in the value the text is looked for; case counts. */
        public enum Where {
            ANYWHERE("contains"),
            START("starts with"),
            END("ends with");

            private final String words;

            Where(String words) {
                this.words = words;
            }

            @Override
            public String toString() {
                return words;
            }
        }

        /** Whether a value of the key is one of those that are meant. */
        public boolean accepts(String value) {
            return switch (where) {
                case ANYWHERE -> value.contains(text);
                case START -> value.startsWith(text);
                case END -> value.endsWith(text);
            };
        }

        @Override
        public boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return value != null && accepts(value);
        }

        @Override
        public String toString() {
            return key + " " + where + " " + text;
        }
    }

    /** {@code matchLabels}: each key with exactly its value. */
    static Selector labels(Map<String, String> labels) {
        return new All(new TreeMap<>(labels)
                .entrySet().stream()
                        .<Selector>map(e -> new In(e.getKey(), Set.of(e.getValue())))
                        .toList());
    }
}
