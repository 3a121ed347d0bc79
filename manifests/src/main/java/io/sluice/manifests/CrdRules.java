package io.sluice.manifests;

import io.sluice.manifests.Value.Mapping;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a CustomResourceDefinition's schema demands, in the words of the API server that checks it. */
final class CrdRules {
    private CrdRules() {}

    /** The field of a mapping that must be there; reported where it is not. */
    static Optional<Cursor> required(Cursor parent, String field) {
        Optional<Cursor> found = parent.child(field);
        if (found.isEmpty()) {
            Invalid.required(parent, field, "", "");
        }
        return found;
    }

    /** The same for a field that holds text, whatever it says. */
    static void requiredText(Cursor parent, String field) {
        Optional<String> unused = required(parent, field).flatMap(Cursor::text);
    }

    /** One of the values. */
    static Optional<String> oneOf(Cursor field, List<String> values) {
        Optional<String> text = field.text();
        if (text.isPresent() && !values.contains(text.get())) {
            Invalid.notSupported(field, text.get(), values, Spelling.hint(text.get(), values, ""));
            return Optional.empty();
        }
        return text;
    }

    static Optional<Integer> between(Cursor field, int least, int most) {
        Optional<Integer> number = field.whole();
        if (number.isEmpty()) {
            return number;
        }
        if (number.get() < least) {
            outside(field, number.get(), "greater than or equal to " + least);
            return Optional.empty();
        }
        if (number.get() > most) {
            outside(field, number.get(), "less than or equal to " + most);
            return Optional.empty();
        }
        return number;
    }

    private static void outside(Cursor field, int number, String reason) {
        field.error(
                "invalid-value", "Invalid value: " + number + ": " + field.path() + " in body should be " + reason, "");
    }

    /** A list with at least one and at most so many items; its items. */
    static List<Cursor> items(Cursor list, int most) {
        List<Cursor> items = list.items();
        if (items.isEmpty() && list.value() instanceof Value.Sequence) {
            list.error(
                    "invalid-value", "Invalid value: 0: " + list.path() + " in body should have at least 1 items", "");
        }
        atMost(list, items.size(), most, "");
        return items;
    }

    static void atMost(Cursor field, int count, int most, String hint) {
        if (count > most) {
            field.error("too-many", "Too many: " + count + ": must have at most " + most + " items", hint);
        }
    }

    /** The one field that a mapping must have, by its name; empty, and reported, where there is none or more than one. */
    static Optional<Cursor> exactlyOne(Cursor mapping, String hint) {
        if (!mapping.expectMapping()) {
            return Optional.empty();
        }
        List<Cursor> fields = mapping.value() instanceof Mapping m
                ? m.entries().stream()
                        .flatMap(e -> mapping.nullable(e.key().text()).stream())
                        .toList()
                : List.of();
        if (fields.isEmpty()) {
            mapping.error(
                    "invalid-value",
                    "Invalid value: 0: " + mapping.path() + " in body should have at least 1 properties",
                    hint);
            return Optional.empty();
        }
        atMost(mapping, fields.size(), 1, hint);
        Cursor only = fields.getFirst();
        if (fields.size() == 1 && only.value().isNull()) {
            only.error(
                    "invalid-value",
                    "Invalid value: \"null\": " + only.path() + " in body must be of type object: \"null\"",
                    "write {} to select everything");
        }
        return fields.size() == 1 ? Optional.of(only) : Optional.empty();
    }

    static void maxLength(Cursor field, String text, int most) {
        if (text.length() > most) {
            field.error("too-long", "Too long: may not be more than " + most + " bytes", "");
        }
    }

    /** The items of a list in which none may stand twice ({@code x-kubernetes-list-type: set}). */
    static void distinct(List<Cursor> items) {
        Set<String> seen = new HashSet<>();
        for (Cursor item : items) {
            if (item.value() instanceof Value.Scalar scalar && !seen.add(scalar.text())) {
                item.error("duplicate-value", "Duplicate value: " + Quote.text(scalar.text()), "");
            }
        }
    }
}
