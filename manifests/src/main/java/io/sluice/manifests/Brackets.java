package io.sluice.manifests;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Finds the bracket that was never closed: the scanner notices only at the end, far from the place to repair. */
final class Brackets {
    private Brackets() {}

    /**
     * The innermost bracket or brace that is open at a place. Quotes and comments are stepped over.
     *
     * @param firstLine the line of the file that the first of the lines is
     */
    static Optional<Place> open(String[] lines, int firstLine, Place until) {
        Deque<Place> open = new ArrayDeque<>();
        char quote = 0;
        for (int line = 0; line < lines.length && line + firstLine <= until.line(); line++) {
            String text = lines[line];
            int end = line + firstLine == until.line() ? Math.min(text.length(), until.column() - 1) : text.length();
            for (int i = 0; i < end; i++) {
                char c = text.charAt(i);
                if (quote != 0) {
                    if (c == '\\' && quote == '"') {
                        i++;
                    } else if (c == quote) {
                        quote = 0;
                    }
                } else if (c == '#' && (i == 0 || text.charAt(i - 1) == ' ')) {
                    break;
                } else if ((c == '"' || c == '\'') && beginsToken(text, i)) {
                    quote = c;
                } else if ((c == '[' || c == '{') && (!open.isEmpty() || beginsToken(text, i))) {
                    open.push(new Place(line + firstLine, i + 1));
                } else if ((c == ']' || c == '}') && !open.isEmpty()) {
                    open.pop();
                }
            }
        }
        return Optional.ofNullable(open.peek());
    }

    private static boolean beginsToken(String text, int at) {
        String before = text.substring(0, at).stripTrailing();
        return before.isEmpty() || ":-,[{".indexOf(before.charAt(before.length() - 1)) >= 0;
    }
}
