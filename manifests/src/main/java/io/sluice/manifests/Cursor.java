package io.sluice.manifests;

import io.sluice.manifests.Value.Mapping;
import io.sluice.manifests.Value.Scalar;
import io.sluice.manifests.Value.Sequence;
import io.sluice.policy.model.SourcePosition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A value of the input together with its path: read a field and what is wrong with it has been said. A null is absent,
 * as the API has it; a value of the wrong type is reported and then absent too.
 *
 * @param value what stands there
 * @param keyPlace the key, or the list item, under which it stands
 */
record Cursor(Value value, FieldPath path, Place keyPlace, Problems problems) {
    /** The whole of a document. */
    static Cursor root(Value value, Problems problems) {
        return new Cursor(value, FieldPath.ROOT, value.place(), problems);
    }

    /** Any value of a field that is present. */
    Optional<Cursor> child(String name) {
        return nullable(name).filter(c -> !c.value().isNull());
    }

    /** A field that is present, be it null: where presence alone says something, as in "exactly one of". */
    Optional<Cursor> nullable(String name) {
        if (!(value instanceof Mapping mapping)) {
            return Optional.empty();
        }
        return mapping.entry(name)
                .map(e -> new Cursor(e.value(), path.child(name), e.key().place(), problems));
    }

    /** A field that holds a mapping. */
    Optional<Cursor> mapping(String name) {
        return child(name).filter(Cursor::expectMapping);
    }

    /** Whether this is a mapping, or null, which reads as an empty one; anything else is reported. */
    boolean expectMapping() {
        if (value instanceof Mapping || value.isNull()) {
            return true;
        }
        wrongType("a mapping", value instanceof Sequence ? "remove the dash" : "");
        return false;
    }

    /** The items of a field that holds a list; none if it is absent. */
    List<Cursor> list(String name) {
        return child(name).map(Cursor::items).orElse(List.of());
    }

    /** The items of this list. */
    List<Cursor> items() {
        if (!(value instanceof Sequence sequence)) {
            wrongType("a list", "put a dash before each item");
            return List.of();
        }
        List<Cursor> out = new ArrayList<>(sequence.items().size());
        for (Value item : sequence.items()) {
            out.add(new Cursor(item, path.item(out.size()), item.place(), problems));
        }
        return out;
    }

    Optional<String> text(String name) {
        return child(name).flatMap(Cursor::text);
    }

    Optional<String> text() {
        if (!(value instanceof Scalar scalar)) {
            wrongType("text", "");
            return Optional.empty();
        }
        return switch (scalar.type()) {
            case STRING -> Optional.of(scalar.text());
            case NULL -> Optional.of("");
            case BOOLEAN -> {
                boolean truth = ScalarType.isTrue(scalar.text());
                wrongType(
                        "text",
                        (scalar.text().equalsIgnoreCase("" + truth) ? "" : "kubectl reads it as " + truth + "; ")
                                + quoted(scalar));
                yield Optional.empty();
            }
            case INTEGER, FLOAT -> {
                wrongType("text", quoted(scalar));
                yield Optional.empty();
            }
        };
    }

    private static String quoted(Scalar scalar) {
        return "write it in quotes: " + Quote.text(scalar.text());
    }

    Optional<Integer> whole(String name) {
        return child(name).flatMap(Cursor::whole);
    }

    /** A whole number of 32 bits. */
    Optional<Integer> whole() {
        if (!(value instanceof Scalar scalar)
                || (scalar.type() != ScalarType.INTEGER && scalar.type() != ScalarType.FLOAT)) {
            boolean number = value instanceof Scalar s && ScalarType.of(s.text()) == ScalarType.INTEGER;
            wrongType("a whole number", number ? "remove the quotes" : "");
            return Optional.empty();
        }
        Optional<Integer> number = int32(scalar.text());
        if (number.isEmpty()) {
            wrongType("a whole number of 32 bits", "");
        } else if (!scalar.text().equals(number.get().toString())) {
            problems.warning(
                    "surprising-number",
                    scalar.place(),
                    path + ": kubectl reads " + Quote.shortened(scalar.text()) + " as " + number.get(),
                    "write " + number.get());
        }
        return number;
    }

    private static Optional<Integer> int32(String text) {
        try {
            BigDecimal exact = ScalarType.integer(text)
                    .map(BigDecimal::new)
                    .orElseGet(() -> BigDecimal.valueOf(Double.parseDouble(text.replace("_", ""))));
            return Optional.of(exact.intValueExact());
        } catch (ArithmeticException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    Optional<Boolean> flag(String name) {
        return child(name).flatMap(Cursor::flag);
    }

    private Optional<Boolean> flag() {
        if (value instanceof Scalar scalar && scalar.type() == ScalarType.BOOLEAN) {
            return Optional.of(ScalarType.isTrue(scalar.text()));
        }
        wrongType("true or false", "");
        return Optional.empty();
    }

    /** A field that maps texts to texts, such as labels; in the order of the text. */
    Map<String, Cursor> texts(String name) {
        Map<String, Cursor> out = new LinkedHashMap<>();
        Optional<Cursor> map = mapping(name);
        if (map.isPresent() && map.get().value() instanceof Mapping mapping) {
            for (Value.Entry entry : mapping.entries()) {
                Scalar key = entry.key();
                FieldPath at = map.get().path().child(key.text());
                if (key.type() == ScalarType.BOOLEAN || key.type() == ScalarType.NULL) {
                    problems.error(
                            "wrong-type",
                            key.place(),
                            at + ": kubectl reads the key " + key.text() + " as "
                                    + (key.type() == ScalarType.NULL ? "null" : ScalarType.isTrue(key.text())),
                            quoted(key));
                }
                if (entry.value().isNull()) {
                    problems.warning(
                            "empty-value",
                            key.place(),
                            at + " has no value; the API reads it as the empty text",
                            "write \"\" if that is meant");
                }
                out.put(key.text(), new Cursor(entry.value(), at, key.place(), problems));
            }
        }
        return out;
    }

    /** A field that is not there, as a place for what must be said about it: that of its parent. */
    Cursor missing(String name) {
        return new Cursor(new Scalar(place(), "", true), path.child(name), place(), problems);
    }

    /** Where the value stands. */
    Place place() {
        return value.place();
    }

    SourcePosition position() {
        return value.place().in(problems.file());
    }

    SourcePosition keyPosition() {
        return keyPlace.in(problems.file());
    }

    /** Reports an error of this value. */
    void error(String code, String message, String hint) {
        problems.error(code, place(), path + ": " + message, hint);
    }

    /** Says that something else was expected. */
    void wrongType(String expected, String hint) {
        error("wrong-type", "expected " + expected + ", found " + value.described(), hint);
    }
}
