package io.sluice.manifests;

/** How the characters of a scalar stand in the file: enough to point at one of them. */
sealed interface Writing {
    /** Without quotes, on one line. */
    Writing AS_IT_IS = new OneLine(0, "");

    /** Between single quotes, on one line; a quote in it is written twice. */
    Writing SINGLE_QUOTED = new OneLine(1, "'");

    /** Between double quotes, on one line; a quote and a backslash in it have a backslash before them. */
    Writing DOUBLE_QUOTED = new OneLine(1, "\"\\");

    /** Where the text alone does not tell: folded lines, or an alias, whose text is that of its anchor. */
    Writing ELSEWHERE = new Unknown();

    /**
     * Between double quotes, on one line: with other escapes, of which one stands for one or several characters, the text
     * does not tell where its characters are.
     *
     * @param written how many characters it takes in the file, the quotes among them
     */
    static Writing doubleQuoted(String text, int written) {
        int doubled = 0;
        for (int i = 0; i < text.length(); i++) {
            doubled += text.charAt(i) == '"' || text.charAt(i) == '\\' ? 1 : 0;
        }
        // An escape takes two characters or more, and these two are always escaped: the sum is right if each is.
        return written == text.codePointCount(0, text.length()) + doubled + 2 ? DOUBLE_QUOTED : ELSEWHERE;
    }

    /** Where a character of the text stands, if the scalar begins at a place. */
    Place placeOf(Place begin, String text, int index);

    /**
     * All on one line.
     *
     * @param before how many characters stand before the text
     * @param doubled the characters that are written as two
     */
    record OneLine(int before, String doubled) implements Writing {
        @Override
        public Place placeOf(Place begin, String text, int index) {
            int column = begin.column() + before + text.codePointCount(0, index);
            for (int i = 0; i < index; i++) {
                column += doubled.indexOf(text.charAt(i)) >= 0 ? 1 : 0;
            }
            return new Place(begin.line(), column);
        }
    }

    /**
     * A literal block: line for line below its bar.
     *
     * @param indent how many spaces stand before each line
     */
    record Block(int indent) implements Writing {
        @Override
        public Place placeOf(Place begin, String text, int index) {
            int start = text.lastIndexOf('\n', index - 1) + 1;
            int lines = (int)
                    text.substring(0, start).chars().filter(c -> c == '\n').count();
            return new Place(begin.line() + 1 + lines, indent + 1 + text.codePointCount(start, index));
        }
    }

    /** Not known. */
    record Unknown() implements Writing {
        @Override
        public Place placeOf(Place begin, String text, int index) {
            return begin;
        }
    }
}
