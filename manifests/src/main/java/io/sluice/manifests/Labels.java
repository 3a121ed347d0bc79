package io.sluice.manifests;

import io.sluice.policy.model.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Labels and label selectors, checked as the API server checks them. */
final class Labels {
    private static final List<String> OPERATORS = List.of("In", "NotIn", "Exists", "DoesNotExist");

    private Labels() {}

    /** The labels in a field of a mapping; empty if it is absent. */
    static Map<String, String> read(Cursor parent, String field) {
        Map<String, String> labels = new TreeMap<>();
        FieldPath path = parent.path().child(field);
        parent.texts(field).forEach((key, value) -> {
            key(value, key, path);
            value.text().ifPresent(text -> {
                value(value, text, path);
                labels.put(key, text);
            });
        });
        return labels;
    }

    /**
     * A LabelSelector: {@code {}} matches everything; whoever has none must not call this.
     *
     * @param field the selector itself
     */
    static Selector selector(Cursor field) {
        if (!field.expectMapping()) {
            return Selector.ALL;
        }
        List<Selector> parts = new ArrayList<>();
        read(field, "matchLabels").forEach((key, value) -> parts.add(new Selector.In(key, Set.of(value))));
        for (Cursor expression : field.list("matchExpressions")) {
            if (expression.expectMapping()) {
                parts.add(requirement(expression));
            }
        }
        return parts.isEmpty() ? Selector.ALL : new Selector.All(parts);
    }

    private static Selector requirement(Cursor expression) {
        String key = expression.text("key").orElse("");
        String operator = expression.text("operator").orElse("");
        Set<String> values = new TreeSet<>();
        List<Cursor> items = expression.list("values");
        for (Cursor item : items) {
            item.text().ifPresent(text -> {
                value(item, text, item.path());
                values.add(text);
            });
        }
        Cursor place = expression.child("values").orElse(expression);
        Selector selector = switch (operator) {
            case "In", "NotIn" -> {
                if (items.isEmpty()) {
                    Invalid.required(expression, "values", "must be specified when `operator` is 'In' or 'NotIn'", "");
                }
                Selector in = new Selector.In(key, values);
                yield operator.equals("In") ? in : new Selector.Not(in);
            }
            case "Exists", "DoesNotExist" -> {
                if (!items.isEmpty()) {
                    Invalid.forbidden(place, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'", "");
                }
                Selector has = new Selector.Has(key);
                yield operator.equals("Exists") ? has : new Selector.Not(has);
            }
            default -> {
                Cursor at = expression.child("operator").orElse(expression.missing("operator"));
                Invalid.text(
                        at,
                        operator,
                        "not a valid selector operator",
                        Spelling.hint(operator, OPERATORS, "one of In, NotIn, Exists, DoesNotExist"));
                yield Selector.ALL;
            }
        };
        key(
                expression.child("key").orElse(expression.missing("key")),
                key,
                expression.path().child("key"));
        return selector;
    }

    /** @param path under which the API server reports it: for labels, that of all of them */
    private static void key(Cursor field, String key, FieldPath path) {
        NameRules.labelKey(key).forEach(reason -> report(field, field.keyPlace(), path, key, reason));
    }

    private static void value(Cursor field, String value, FieldPath path) {
        NameRules.labelValue(value).forEach(reason -> report(field, field.place(), path, value, reason));
    }

    private static void report(Cursor field, Place place, FieldPath path, String value, String reason) {
        field.problems()
                .error("invalid-value", place, path + ": Invalid value: " + Quote.text(value) + ": " + reason, "");
    }
}
