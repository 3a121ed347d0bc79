package io.sluice.analysis.decide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** One JSON document as maps, lists, strings, numbers and booleans. */
final class LineParser {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private LineParser() {}

    /** @throws BadLine if it is not one JSON object */
    static Map<String, Object> object(byte[] bytes, int from, int to) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new BadLine("not a JSON object");
            }
            Map<String, Object> object = object(parser);
            if (parser.nextToken() != null) {
                throw new BadLine("more than one JSON value on the line");
            }
            return object;
        } catch (JacksonException e) {
            throw new BadLine("not JSON: " + e.getOriginalMessage());
        }
    }

    private static Map<String, Object> object(JsonParser parser) {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = value(parser);
            if (value != null) {
                members.put(name, value);
            }
        }
        return members;
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    Object item = value(parser);
                    if (item != null) {
                        items.add(item);
                    }
                }
                yield items;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.INT
                                || parser.getNumberType() == JsonParser.NumberType.LONG
                        ? (Object) parser.getLongValue()
                        : parser.getString();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new BadLine("not JSON");
        };
    }

    static Optional<Map<?, ?>> map(Map<?, ?> in, String name) {
        return in.get(name) instanceof Map<?, ?> found ? Optional.of(found) : Optional.empty();
    }

    static Optional<String> text(Map<?, ?> in, String name) {
        return in.get(name) instanceof String found ? Optional.of(found) : Optional.empty();
    }

    static Optional<Long> number(Map<?, ?> in, String name) {
        return in.get(name) instanceof Long found ? Optional.of(found) : Optional.empty();
    }

    static List<?> list(Map<?, ?> in, String name) {
        return in.get(name) instanceof List<?> found ? found : List.of();
    }
}
