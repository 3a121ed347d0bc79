package io.sluice.fuzz;

import io.sluice.manifests.Diagnostic;
import io.sluice.policy.model.SourcePosition;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lines of an input, as an editor counts them: to tell whether a place is inside. */
final class InputText {
    /** By number from 1: how many characters (code points) each has. */
    private final List<Integer> lengths = new ArrayList<>();

    InputText(byte[] bytes) {
        boolean little = begins(bytes, 0xff, 0xfe);
        boolean big = begins(bytes, 0xfe, 0xff);
        Charset charset = little ? StandardCharsets.UTF_16LE : big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
        int mark = little || big ? 2 : begins(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0;
        String text = new String(bytes, mark, bytes.length - mark, charset);
        count(text);
    }

    /** By hand: a fuzzer looks into every step of a regular expression. */
    private void count(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            char c = text.charAt(i);
            boolean first = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || c == '\r' && !first) {
                lengths.add(length);
                length = 0;
            } else if (!first) {
                length++;
            }
        }
        lengths.add(length);
    }

    private static boolean begins(byte[] bytes, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i == bytes.length || (bytes[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Behind the last character of a line is still inside: something is missing there. */
    boolean has(SourcePosition place) {
        return place.line() >= 1
                && place.line() <= lengths.size()
                && place.column() >= 1
                && place.column() <= lengths.get(place.line() - 1) + 1;
    }

    /**
     * What is said about this input: it points into it, and can be printed.
     *
     * @throws AssertionError if it does not
     */
    void expect(List<Diagnostic> diagnostics) {
        for (Diagnostic diagnostic : diagnostics) {
            boolean ofWholeFile =
                    diagnostic.position().line() == 0 && diagnostic.code().equals("too-many-errors");
            if (!ofWholeFile && !has(diagnostic.position())) {
                throw new AssertionError("outside of the input: " + diagnostic);
            }
            printable(diagnostic.message(), diagnostic);
            printable(diagnostic.hint(), diagnostic);
        }
    }

    /** One line that does to a terminal nothing but show text: what an input says must not reach it raw. */
    static void printable(String text, Object from) {
        boolean good = text.codePoints()
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR
                        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR);
        if (!good) {
            throw new AssertionError("not to be printed: " + from);
        }
    }
}
