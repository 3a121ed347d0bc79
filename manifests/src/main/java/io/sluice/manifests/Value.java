package io.sluice.manifests;

import java.util.List;
import java.util.Optional;

/**
 * What a YAML or JSON document says, with the place of everything. An alias is a copy of what it stands for, at the
 * place of the alias.
 */
sealed interface Value {
    /** Where it begins: the first key of a mapping, the first dash of a list. */
    Place place();

    /** The same value, said at another place. */
    Value at(Place elsewhere);

    /** Whether it is {@code null}, which the API treats like absence. */
    default boolean isNull() {
        return this instanceof Scalar scalar && scalar.type() == ScalarType.NULL;
    }

    /** "a mapping", "a list", "the number 80": for a sentence such as "expected a list, found …". */
    String described();

    /** @param entries in the order of the text, keys unique */
    record Mapping(Place place, List<Entry> entries) implements Value {
        Optional<Entry> entry(String key) {
            for (Entry entry : entries) {
                if (entry.key().text().equals(key)) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        }

        /** The value of a key; empty where it is absent or null. */
        Optional<Value> get(String key) {
            return entry(key).map(Entry::value).filter(v -> !v.isNull());
        }

        @Override
        public Mapping at(Place elsewhere) {
            return new Mapping(elsewhere, entries);
        }

        @Override
        public String described() {
            return "a mapping";
        }
    }

    /** A key with its value. */
    record Entry(Scalar key, Value value) {}

    record Sequence(Place place, List<Value> items) implements Value {
        @Override
        public Sequence at(Place elsewhere) {
            return new Sequence(elsewhere, items);
        }

        @Override
        public String described() {
            return "a list";
        }
    }

    /**
     * @param plain whether it is written without quotes, so that its type is read off its text
     * @param writing how its characters stand in the file
     */
    record Scalar(Place place, String text, boolean plain, Writing writing) implements Value {
        /** One that stands in the file as its text says, or in double quotes. */
        Scalar(Place place, String text, boolean plain) {
            this(place, text, plain, plain ? Writing.AS_IT_IS : Writing.DOUBLE_QUOTED);
        }

        ScalarType type() {
            return plain ? ScalarType.of(text) : ScalarType.STRING;
        }

        /** Where a character of the text stands; where the value begins if that cannot be told from the text alone. */
        Place placeOf(int index) {
            return writing.placeOf(place, text, index);
        }

        @Override
        public Scalar at(Place elsewhere) {
            return new Scalar(elsewhere, text, plain, Writing.ELSEWHERE);
        }

        @Override
        public String described() {
            return switch (type()) {
                case STRING -> "the text " + Quote.text(text);
                case INTEGER, FLOAT -> "the number " + Quote.shortened(text);
                case BOOLEAN -> "the boolean " + text;
                case NULL -> "null";
            };
        }
    }
}
