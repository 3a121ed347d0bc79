package io.sluice.manifests;

import java.util.ArrayList;
import java.util.List;

/**
 * Text to documents. As kubectl does it: what begins with a brace is JSON; a line of three dashes separates YAML
 * documents, each read by itself, so one that is broken does not hide the others.
 */
final class Documents {
    private Documents() {}

    /** The documents that could be read; what is wrong with the others has been reported. */
    static List<Value> read(String text, Problems problems) {
        List<Value> out = new ArrayList<>();
        if (looksLikeJson(text)) {
            try {
                JsonReader.readAll(text, out);
                return out;
            } catch (SyntaxException json) {
                out.clear();
                if (problems.file().endsWith(".json") || beginsLikeJson(text)) {
                    json.report(problems);
                    return out;
                }
            }
        }
        int start = 0;
        int line = 1;
        int chunkLine = 1;
        for (int at = 0; at < text.length(); ) {
            int end = lineEnd(text, at);
            if (at > start && isSeparator(text, at)) {
                readYaml(text.substring(start, at), chunkLine, out, problems);
                start = at;
                chunkLine = line;
            }
            at = end;
            line++;
        }
        readYaml(text.substring(start), chunkLine, out, problems);
        return out;
    }

    private static boolean looksLikeJson(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return text.charAt(i) == '{';
            }
        }
        return false;
    }

    /** Whether a key in double quotes follows the brace: then it is meant as JSON, and YAML's complaint would mislead. */
    private static boolean beginsLikeJson(String text) {
        return text.stripLeading().substring(1).stripLeading().startsWith("\"");
    }

    /** The index after the line break that ends the line of {@code from}. */
    private static int lineEnd(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) {
                return i + 1;
            }
        }
        return text.length();
    }

    private static boolean isSeparator(String text, int at) {
        return text.startsWith("---", at) && (at + 3 == text.length() || Character.isWhitespace(text.charAt(at + 3)));
    }

    private static void readYaml(String text, int firstLine, List<Value> into, Problems problems) {
        if (text.strip().equals("...")) {
            return;
        }
        List<Value> documents = new ArrayList<>(1);
        try {
            YamlReader.readAll(text, firstLine, documents);
            into.addAll(documents);
        } catch (SyntaxException e) {
            e.report(problems);
        }
    }
}
