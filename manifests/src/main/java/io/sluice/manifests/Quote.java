package io.sluice.manifests;

/** Values of the input inside messages: quoted as the API server quotes them, and never longer than a line. */
final class Quote {
    private static final int LONGEST = 80;

    private Quote() {}

    /** In double quotes, with what is not printable escaped. */
    static String text(String value) {
        StringBuilder out = new StringBuilder("\"");
        shortened(value).codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Printable.is(c)) {
                        out.appendCodePoint(c);
                    } else {
                        Printable.escape(c, out);
                    }
                }
            }
        });
        return out.append('"').toString();
    }

    static String shortened(String value) {
        if (value.length() <= LONGEST) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return value.substring(0, end) + "...";
    }
}
