package io.sluice.kubernetes;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The little that has to be known of an answer before it is handed on: read without building a tree. */
final class Json {
    private static final JsonFactory JSON = new JsonFactory();

    private Json() {}

    /**
     * The texts found under a path of field names, through lists: {@code groups, versions, groupVersion}.
     *
     * @throws ClusterUnavailable if it is no JSON
     */
    static List<String> texts(String json, String... path) {
        List<String> out = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            collect(parser, path, 0, out);
        } catch (JacksonException e) {
            throw new ClusterUnavailable("the API server answers with something that is not JSON", e);
        }
        return out;
    }

    /** The token is the first of a value, and the last of it afterwards. */
    private static void collect(JsonParser parser, String[] path, int depth, List<String> out) {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                collect(parser, path, depth, out);
            }
        } else if (parser.currentToken() == JsonToken.START_OBJECT && depth < path.length) {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean follow = parser.currentName().equals(path[depth]);
                parser.nextToken();
                if (follow) {
                    collect(parser, path, depth + 1, out);
                } else {
                    parser.skipChildren();
                }
            }
        } else if (parser.currentToken().isStructStart()) {
            parser.skipChildren();
        } else if (depth == path.length) {
            out.add(parser.getString());
        }
    }

    /** Where the next page begins; empty if this is the last one. */
    static String next(String page) {
        return String.join("", texts(page, "metadata", "continue"));
    }
}
