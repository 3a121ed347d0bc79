package io.sluice.manifests;

/**
 * Text for a message. What an input holds may end up in one, and must do nothing to a terminal but show: no line break,
 * no escape sequence, no turn of the writing direction.
 */
public final class Printable {
    private Printable() {}

    /** The same text with what is not to be seen, or does more than being seen, written as {@code \}{@code u001b}. */
    public static String of(String text) {
        if (text.codePoints().allMatch(Printable::is)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (is(c)) {
                out.appendCodePoint(c);
            } else {
                escape(c, out);
            }
        });
        return out.toString();
    }

    static boolean is(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    static void escape(int codePoint, StringBuilder into) {
        for (char c : Character.toChars(codePoint)) {
            into.append(String.format("\\u%04x", (int) c));
        }
    }
}
