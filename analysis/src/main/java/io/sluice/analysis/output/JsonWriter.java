package io.sluice.analysis.output;

import org.jspecify.annotations.Nullable;

/**
 * Writes JSON into a string, indented by two spaces where it was asked to.
 *
 * <p>Members come out in the order in which they are written. Calls must nest; nothing is checked.
 */
public final class JsonWriter {
    private final StringBuilder out;
    private final boolean indented;
    private int depth;
    private boolean first = true;
    private boolean named;

    private JsonWriter(StringBuilder out, boolean indented) {
        this.out = out;
        this.indented = indented;
    }

    public static JsonWriter compact(StringBuilder out) {
        return new JsonWriter(out, false);
    }

    public static JsonWriter indented(StringBuilder out) {
        return new JsonWriter(out, true);
    }

    public JsonWriter object() {
        return open('{');
    }

    public JsonWriter array() {
        return open('[');
    }

    /** Ends the innermost object. */
    public JsonWriter endObject() {
        return close('}');
    }

    /** Ends the innermost array. */
    public JsonWriter endArray() {
        return close(']');
    }

    /** Begins a member; its value follows. */
    public JsonWriter name(String name) {
        separate();
        string(out, name);
        out.append(indented ? ": " : ":");
        named = true;
        return this;
    }

    public JsonWriter value(@Nullable String text) {
        item();
        if (text == null) {
            out.append("null");
        } else {
            string(out, text);
        }
        first = false;
        return this;
    }

    public JsonWriter value(long number) {
        item();
        out.append(number);
        first = false;
        return this;
    }

    public JsonWriter value(boolean yes) {
        item();
        out.append(yes);
        first = false;
        return this;
    }

    public JsonWriter member(String name, @Nullable String text) {
        return name(name).value(text);
    }

    public JsonWriter member(String name, long number) {
        return name(name).value(number);
    }

    public JsonWriter member(String name, boolean yes) {
        return name(name).value(yes);
    }

    private JsonWriter open(char bracket) {
        item();
        out.append(bracket);
        depth++;
        first = true;
        return this;
    }

    private JsonWriter close(char bracket) {
        depth--;
        if (!first) {
            line();
        }
        out.append(bracket);
        first = false;
        return this;
    }

    /** A value stands directly after its name, or is separated from the item before it. */
    private void item() {
        if (!named && depth > 0) {
            separate();
        }
        named = false;
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        line();
    }

    private void line() {
        if (indented) {
            out.append('\n').repeat(' ', depth * 2);
        }
    }

    /** A JSON string with its quotes. */
    public static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
