package io.sluice.manifests;

import io.sluice.manifests.Value.Entry;
import io.sluice.manifests.Value.Mapping;
import io.sluice.manifests.Value.Scalar;
import io.sluice.manifests.Value.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The YAML that manifests are nearly always written in, read several times as fast as by a reader of all of YAML: block
 * mappings and lists, plain and quoted texts of one line, literal blocks, braces and brackets that close on their line,
 * comments. Whatever else there is, a fault above all, it leaves to that reader; what it does read means the same
 * there, place by place (CommonYamlTest).
 */
final class CommonYaml {
    /** Far from the limits of the full reader, which alone speaks of them. */
    private static final int DEEPEST = 60;

    private static final int LONGEST_LINE = 1000;

    private final String text;
    private int line;
    private int lineStart;
    private int at;
    private int end = -1;
    private boolean over;

    /** Something that is left to the full reader; says nothing, so one is enough. */
    private static final class Uncommon extends RuntimeException {
        private static final long serialVersionUID = 1;
        static final Uncommon IT = new Uncommon();

        private Uncommon() {
            super("", null, false, false);
        }
    }

    private CommonYaml(String text, int firstLine) {
        this.text = text;
        this.line = firstLine - 1;
    }

    /**
     * The one document of a text, or none where it holds but comments.
     *
     * @param firstLine the line of the file on which the text begins
     * @return empty where there is anything uncommon in it
     */
    static Optional<List<Value>> read(String text, int firstLine) {
        if (!isPrintable(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CommonYaml(text, firstLine).document());
        } catch (Uncommon _) {
            return Optional.empty();
        } catch (SyntaxException _) {
            // A key given twice: the full reader says so.
            return Optional.empty();
        }
    }

    private static <T> T leave() {
        throw Uncommon.IT;
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\n') || c > '~') {
                return false;
            }
        }
        return true;
    }

    private List<Value> document() {
        nextLine();
        if (!over && at == lineStart && text.startsWith("---", at)) {
            at += 3;
            endOfLine();
            nextLine();
        }
        if (over) {
            return List.of();
        }
        Value root = column() == 0 ? mapping(0) : leave();
        return over ? List.of(root) : leave();
    }

    /** Goes to the first sign of the next line that is neither blank nor a comment. */
    private void nextLine() {
        int next = end + 1;
        while (next < text.length()) {
            line++;
            lineStart = next;
            end = text.indexOf('\n', next);
            if (end < 0) {
                end = text.length();
            }
            at = lineStart;
            skipSpaces();
            if (at < end && text.charAt(at) != '#') {
                if (end - lineStart > LONGEST_LINE) {
                    throw Uncommon.IT;
                }
                return;
            }
            next = end + 1;
        }
        over = true;
    }

    private int column() {
        return at - lineStart;
    }

    private Place place() {
        return new Place(line, column() + 1);
    }

    private char now() {
        return at < end ? text.charAt(at) : '\n';
    }

    private void skipSpaces() {
        while (at < end && text.charAt(at) == ' ') {
            at++;
        }
    }

    /** Nothing but a comment is left on the line. */
    private void endOfLine() {
        skipSpaces();
        if (at < end && !isComment(at)) {
            throw Uncommon.IT;
        }
    }

    private boolean isComment(int index) {
        return text.charAt(index) == '#' && text.charAt(index - 1) == ' ';
    }

    /** Whether a list item begins here. */
    private boolean isDash() {
        return now() == '-' && at + 1 < end && text.charAt(at + 1) == ' ';
    }

    private static boolean beginsText(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '/';
    }

    private static boolean continuesWord(char c) {
        return beginsText(c) || c == '.' || c == '-';
    }

    /** Behind the word that begins here. */
    private int wordEnd() {
        int i = at;
        if (i < end && beginsText(text.charAt(i))) {
            while (i < end && continuesWord(text.charAt(i))) {
                i++;
            }
        }
        return i;
    }

    /** Whether the word that ends there is a key. */
    private boolean isKey(int wordEnd) {
        return wordEnd > at
                && wordEnd < end
                && text.charAt(wordEnd) == ':'
                && (wordEnd + 1 == end || text.charAt(wordEnd + 1) == ' ');
    }

    private Scalar key() {
        int wordEnd = wordEnd();
        if (!isKey(wordEnd)) {
            throw Uncommon.IT;
        }
        Scalar key = new Scalar(place(), text.substring(at, wordEnd), true);
        at = wordEnd + 1;
        skipSpaces();
        return key;
    }

    /** The block mapping whose first key is here; afterwards on the line behind it. */
    private Mapping mapping(int depth) {
        check(depth);
        int column = column();
        Place place = place();
        Entries entries = new Entries();
        do {
            Scalar key = key();
            Value value;
            if (at < end && !isComment(at)) {
                value = inline(column, depth + 1);
                nextLine();
                mustNotBeDeeper(column);
            } else {
                nextLine();
                value = below(column, depth + 1);
            }
            entries.add(new Entry(key, value));
            mustNotBeDeeper(column);
        } while (!over && column() == column);
        return new Mapping(place, entries.list());
    }

    /** What stands below a key. A key with nothing below it is null, and uncommon. */
    private Value below(int keyColumn, int depth) {
        if (over || column() < keyColumn || column() == keyColumn && !isDash()) {
            throw Uncommon.IT;
        }
        return isDash() ? sequence(depth) : mapping(depth);
    }

    /** A deeper line would continue the text above it. */
    private void mustNotBeDeeper(int column) {
        if (!over && column() > column) {
            throw Uncommon.IT;
        }
    }

    /** The block list whose first dash is here; afterwards on the line behind it. */
    private Sequence sequence(int depth) {
        check(depth);
        int column = column();
        Place place = place();
        List<Value> items = new ArrayList<>();
        do {
            at++;
            skipSpaces();
            if (isKey(wordEnd())) {
                items.add(mapping(depth + 1));
            } else {
                items.add(inline(column, depth + 1));
                nextLine();
            }
            mustNotBeDeeper(column);
        } while (!over && column() == column && isDash());
        return new Sequence(place, items);
    }

    /**
     * A value that begins on this line and is the last one on it.
     *
     * @param column of the key or dash before it
     */
    private Value inline(int column, int depth) {
        if (now() == '|') {
            return literal(column);
        }
        Value value = beginsPlain() ? plain() : flow(depth);
        endOfLine();
        return value;
    }

    /** Whether a text without quotes begins here; one may begin with dashes, as arguments of programs do. */
    private boolean beginsPlain() {
        int i = at;
        while (i < end && i < at + 2 && text.charAt(i) == '-') {
            i++;
        }
        return i < end && beginsText(text.charAt(i));
    }

    /** A text without quotes up to the end of the line, or to a comment. */
    private Scalar plain() {
        int last = at;
        for (int i = at; i < end && !isComment(i); i++) {
            char c = text.charAt(i);
            if (c == ':' && (i + 1 == end || text.charAt(i + 1) == ' ')) {
                throw Uncommon.IT;
            }
            if (c != ' ') {
                last = i + 1;
            }
        }
        Scalar scalar = new Scalar(place(), text.substring(at, last), true);
        at = last;
        return scalar;
    }

    /**
     * A block of lines that is taken as it stands, without blank lines at its beginning; the last line keeps its end
     * unless a dash is behind the bar.
     *
     * @param parent the column that its lines are deeper than
     */
    private Scalar literal(int parent) {
        Place place = place();
        at++;
        boolean strips = now() == '-';
        if (strips) {
            at++;
        }
        endOfLine();
        StringBuilder lines = new StringBuilder();
        int indent = -1;
        int length = 0;
        while (end + 1 < text.length()) {
            int start = end + 1;
            int stop = text.indexOf('\n', start);
            int from = start;
            while (from < stop && text.charAt(from) == ' ') {
                from++;
            }
            int column = from - start;
            if (stop < 0 || stop - start > LONGEST_LINE || from == stop && column > Math.max(indent, 0)) {
                throw Uncommon.IT;
            }
            if (indent < 0) {
                indent = column;
            }
            if (from < stop && column < indent) {
                break;
            }
            lines.append(text, Math.min(from, start + indent), stop).append('\n');
            length = from < stop ? lines.length() : length;
            line++;
            end = stop;
        }
        if (indent <= parent) {
            throw Uncommon.IT;
        }
        lines.setLength(strips ? length - 1 : length);
        return new Scalar(place, lines.toString(), false, new Writing.Block(indent));
    }

    /** A value inside braces or brackets, or one that begins with a sign of its own. */
    private Value flow(int depth) {
        check(depth);
        return switch (now()) {
            case '"', '\'' -> quoted(now());
            case '{' -> flowMapping(depth);
            case '[' -> flowSequence(depth);
            default -> {
                int wordEnd = wordEnd();
                if (wordEnd == at) {
                    throw Uncommon.IT;
                }
                Scalar word = new Scalar(place(), text.substring(at, wordEnd), true);
                at = wordEnd;
                yield word;
            }
        };
    }

    private Scalar quoted(char quote) {
        int close = text.indexOf(quote, at + 1);
        if (close < 0 || close >= end) {
            throw Uncommon.IT;
        }
        String inside = text.substring(at + 1, close);
        if (inside.indexOf('\\') >= 0 || close + 1 < end && text.charAt(close + 1) == quote) {
            throw Uncommon.IT;
        }
        Scalar scalar =
                new Scalar(place(), inside, false, quote == '\'' ? Writing.SINGLE_QUOTED : Writing.DOUBLE_QUOTED);
        at = close + 1;
        return scalar;
    }

    private Mapping flowMapping(int depth) {
        Place place = place();
        Entries entries = new Entries();
        at++;
        skipSpaces();
        if (now() == '}') {
            at++;
            return new Mapping(place, entries.list());
        }
        do {
            skipSpaces();
            entries.add(new Entry(key(), flow(depth + 1)));
        } while (goesOn('}'));
        return new Mapping(place, entries.list());
    }

    private Sequence flowSequence(int depth) {
        Place place = place();
        List<Value> items = new ArrayList<>();
        at++;
        skipSpaces();
        if (now() == ']') {
            at++;
            return new Sequence(place, items);
        }
        do {
            skipSpaces();
            items.add(flow(depth + 1));
        } while (goesOn(']'));
        return new Sequence(place, items);
    }

    /** Whether a comma follows, and not the closing sign. */
    private boolean goesOn(char closing) {
        skipSpaces();
        char c = now();
        at++;
        if (c != ',' && c != closing) {
            throw Uncommon.IT;
        }
        return c == ',';
    }

    private static void check(int depth) {
        if (depth > DEEPEST) {
            throw Uncommon.IT;
        }
    }
}
