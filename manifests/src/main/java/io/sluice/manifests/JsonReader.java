package io.sluice.manifests;

import io.sluice.manifests.Value.Entry;
import io.sluice.manifests.Value.Mapping;
import io.sluice.manifests.Value.Scalar;
import io.sluice.manifests.Value.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON (RFC 8259) to values. YAML is nearly a superset, but a YAML scanner refuses tabs in some places, long keys and
 * surrogate escapes, and is several times slower on the dumps that {@code kubectl get -o json} writes.
 */
final class JsonReader {
    private final String text;
    private int at;
    private int line = 1;
    private int column = 1;

    /** Up to where the text has been counted: there it is at line and column. */
    private int counted;

    private final boolean placed;

    private JsonReader(String text, boolean placed) {
        this.text = text;
        this.placed = placed;
    }

    /**
     * Adds the values of a text, one or several after each other.
     *
     * @throws SyntaxException if it is no JSON
     */
    static void readAll(String text, List<Value> into) {
        new JsonReader(text, true).all(into);
    }

    /** The same, of a text that no one can open: what it says stands nowhere. */
    static void readUnplaced(String text, List<Value> into) {
        new JsonReader(text, false).all(into);
    }

    private void all(List<Value> into) {
        skipSpace();
        while (at < text.length()) {
            into.add(value(0));
            skipSpace();
        }
    }

    private Value value(int depth) {
        if (depth > YamlReader.DEEPEST) {
            throw new SyntaxException(
                    "too-deep", here(), "the document is nested more than " + YamlReader.DEEPEST + " levels deep", "");
        }
        skipSpace();
        Place place = here();
        return switch (peek()) {
            case '{' -> object(place, depth);
            case '[' -> array(place, depth);
            case '"' -> quoted(place);
            default -> new Scalar(place, literal(), true);
        };
    }

    private Scalar quoted(Place place) {
        int start = at;
        String value = string();
        boolean bare = at - start == value.length() + 2;
        Writing writing = bare ? Writing.DOUBLE_QUOTED : Writing.doubleQuoted(value, text.codePointCount(start, at));
        return new Scalar(place, value, false, writing);
    }

    private Mapping object(Place place, int depth) {
        at++;
        Entries entries = new Entries();
        skipSpace();
        if (peek() == '}') {
            at++;
            return new Mapping(place, entries.list());
        }
        while (true) {
            skipSpace();
            Place keyPlace = here();
            if (peek() != '"') {
                throw broken("expected a key in double quotes");
            }
            Scalar key = new Scalar(keyPlace, string(), false);
            skipSpace();
            if (peek() != ':') {
                throw broken("expected a colon after the key " + Quote.text(key.text()));
            }
            at++;
            entries.add(new Entry(key, value(depth + 1)));
            if (isLast('}', "object")) {
                return new Mapping(place, entries.list());
            }
        }
    }

    private Sequence array(Place place, int depth) {
        at++;
        List<Value> items = new ArrayList<>();
        skipSpace();
        if (peek() == ']') {
            at++;
            return new Sequence(place, items);
        }
        while (true) {
            items.add(value(depth + 1));
            if (isLast(']', "list")) {
                return new Sequence(place, items);
            }
        }
    }

    /** Steps over a comma, or over the closing bracket. */
    private boolean isLast(char closing, String what) {
        skipSpace();
        char c = peek();
        if (c != ',' && c != closing) {
            throw broken("expected a comma or " + closing + " in the " + what);
        }
        at++;
        return c == closing;
    }

    private String literal() {
        int start = at;
        while (at < text.length() && "{}[],:\" \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String literal = text.substring(start, at);
        boolean good = switch (literal) {
            case "true", "false", "null" -> true;
            default -> isNumber(literal);
        };
        if (!good) {
            at = start;
            throw broken("expected a value");
        }
        return literal;
    }

    private static boolean isNumber(String literal) {
        int at = literal.startsWith("-") ? 1 : 0;
        boolean leadingZero =
                at + 1 < literal.length() && literal.charAt(at) == '0' && Character.isDigit(literal.charAt(at + 1));
        return at < literal.length()
                && literal.charAt(at) >= '0'
                && literal.charAt(at) <= '9'
                && literal.indexOf('_') < 0
                && !leadingZero
                && ("0123456789.eE+-".indexOf(literal.charAt(Math.min(at + 1, literal.length() - 1))) >= 0)
                && ScalarType.of(literal) != ScalarType.STRING;
    }

    private String string() {
        at++;
        int start = at;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\' && text.charAt(at) >= ' ') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            at++;
            return text.substring(start, at - 1);
        }
        StringBuilder out = new StringBuilder(text.substring(start, at));
        while (peek() != '"') {
            char c = text.charAt(at);
            if (c < ' ') {
                throw broken("the text is not closed on its line");
            }
            at++;
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(peek(), 16);
                    if (digit < 0) {
                        throw broken("expected four hexadecimal digits after \\u");
                    }
                    code = code << 4 | digit;
                    at++;
                }
                yield (char) code;
            }
            default -> throw broken("\\" + c + " is no escape");
        };
    }

    private char peek() {
        if (at >= text.length()) {
            throw broken("the text ends too early");
        }
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean alone = c == '\r' && !(at + 1 < text.length() && text.charAt(at + 1) == '\n');
            if (c == '\n' || alone) {
                line++;
                column = 1;
                counted = at + 1;
            } else if (c != ' ' && c != '\t' && c != '\r') {
                return;
            }
            at++;
        }
    }

    private Place here() {
        if (!placed) {
            return Place.NOWHERE;
        }
        column += text.codePointCount(counted, at);
        counted = at;
        return new Place(line, column);
    }

    private SyntaxException broken(String what) {
        return new SyntaxException("bad-json", here(), "the JSON is broken: " + what, "");
    }
}
