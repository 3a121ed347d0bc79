package io.sluice.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        yaml(new Piece(text, 1), out, problems);
        return out;
    }

    /**
     * Part of a text: whole documents, so that it can be read by itself.
     *
     * @param firstLine the line of the file on which it begins
     */
    record Piece(String text, int firstLine) {}

    /**
     * Cuts a text at separators into pieces of about a length; to read them one after the other is to read the text.
     * What may be JSON stays whole.
     */
    static List<Piece> pieces(String text, int length) {
        if (text.length() <= length || looksLikeJson(text)) {
            return List.of(new Piece(text, 1));
        }
        List<Piece> pieces = new ArrayList<>();
        int start = 0;
        int startLine = 1;
        int line = 1;
        for (int at = 0; at < text.length(); line++) {
            if (at - start >= length && isSeparator(text, at)) {
                pieces.add(new Piece(text.substring(start, at), startLine));
                start = at;
                startLine = line;
            }
            at = lineEnd(text, at);
        }
        pieces.add(new Piece(text.substring(start), startLine));
        return pieces;
    }

    /** The documents of a piece that could be read; what is wrong with the others has been reported. */
    static List<Value> read(Piece piece, Problems problems) {
        if (piece.firstLine() == 1) {
            return read(piece.text(), problems);
        }
        List<Value> out = new ArrayList<>();
        yaml(piece, out, problems);
        return out;
    }

    private static void yaml(Piece piece, List<Value> out, Problems problems) {
        String text = piece.text();
        int start = 0;
        int line = piece.firstLine();
        int chunkLine = line;
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
        Optional<List<Value>> common = CommonYaml.read(text, firstLine);
        if (common.isPresent()) {
            into.addAll(common.get());
            return;
        }
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
