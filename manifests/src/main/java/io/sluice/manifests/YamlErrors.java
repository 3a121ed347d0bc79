package io.sluice.manifests;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/** The scanner's complaints in the words of someone who wants to repair the file. */
final class YamlErrors {
    private static final String BAD = "bad-yaml";

    private final String[] lines;
    private final int firstLine;
    private final Place place;
    private final Optional<Place> context;
    private final String problem;
    private final String doing;

    private YamlErrors(MarkedYamlEngineException error, String text, int firstLine) {
        this.lines = text.split("\r\n|\r|\n", -1);
        this.firstLine = firstLine;
        this.problem = Optional.ofNullable(error.getProblem()).orElse("").replaceAll("\\s+", " ");
        this.doing = Optional.ofNullable(error.getContext()).orElse("");
        this.context = error.getContextMark().map(m -> place(m, firstLine));
        this.place = error.getProblemMark().map(m -> place(m, firstLine)).orElse(new Place(firstLine, 1));
    }

    /**
     * @param text the document
     * @param firstLine the line of the file on which it begins
     */
    static SyntaxException translate(YamlEngineException error, String text, int firstLine) {
        return switch (error) {
            case MarkedYamlEngineException marked -> {
                YamlErrors reader = new YamlErrors(marked, text, firstLine);
                yield template(reader.lines, firstLine, reader.place.line()).orElseGet(reader::translated);
            }
            case YamlVersionException version ->
                new SyntaxException(
                        BAD,
                        new Place(firstLine, 1),
                        "YAML " + version.getSpecVersion().getMajor() + "."
                                + version.getSpecVersion().getMinor() + " is not known",
                        "remove the line %YAML");
            default ->
                new SyntaxException(BAD, new Place(firstLine, 1), "the YAML cannot be read: " + error.getMessage(), "");
        };
    }

    /** A template that was not rendered: braces on the line at fault, or a line that begins with them. */
    static Optional<SyntaxException> template(String text, int firstLine, int errorLine) {
        return template(text.split("\r\n|\r|\n", -1), firstLine, errorLine);
    }

    private static Optional<SyntaxException> template(String[] lines, int firstLine, int errorLine) {
        for (int i = 0; i < lines.length; i++) {
            int at = lines[i].indexOf("{{");
            boolean statement = at >= 0 && lines[i].substring(0, at).isBlank();
            if (statement || at >= 0 && Math.abs(i + firstLine - errorLine) <= 1) {
                return Optional.of(new SyntaxException(
                        "template",
                        new Place(i + firstLine, at + 1),
                        "this is a template, not YAML: it holds {{",
                        "render it first, for instance with helm template"));
            }
        }
        return Optional.empty();
    }

    private static Place place(Mark mark, int firstLine) {
        return new Place(mark.getLine() + firstLine, mark.getColumn() + 1);
    }

    private SyntaxException translated() {
        if (problem.contains("TAB")) {
            return at(
                    new Place(place.line(), line(place).indexOf('\t') + 1),
                    "a tab is used for indentation",
                    "YAML knows only spaces; replace it");
        }
        if (problem.contains("end of stream") && doing.contains("quoted scalar")) {
            return at(context.orElse(place), "the quote that opens here is never closed", "");
        }
        if (problem.contains("document separator") && doing.contains("quoted scalar")) {
            return at(context.orElse(place), "the quote that opens here is not closed in its document", "");
        }
        if (doing.contains("flow") || problem.startsWith("expected ',' or")) {
            return flow();
        }
        if (problem.startsWith("expected <block end>")) {
            return indentation();
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return colon();
        }
        if (problem.startsWith("sequence entries are not allowed")) {
            return at(place, "a list item cannot begin here", "put the dash on a line of its own, below the key");
        }
        if (problem.contains("cannot start any token")) {
            return at(place, "a text cannot begin with " + charAt(place), "put it in quotes");
        }
        if (problem.contains("unknown escape character")) {
            return at(place, "\\" + charAt(place) + " is no escape", "write \\\\, or use single quotes");
        }
        if (doing.contains("alias") || doing.contains("anchor")) {
            return at(
                    context.orElse(place),
                    "a text cannot begin with " + charAt(context.orElse(place)),
                    "put it in quotes");
        }
        if (problem.contains("could not find expected ':'")) {
            return at(
                    context.orElse(place),
                    "this line is neither a key with a colon nor a list item",
                    "put a colon and a space after the key");
        }
        String reason = problem.isEmpty() ? doing : problem;
        return at(place, "the YAML cannot be read: " + reason, "");
    }

    private SyntaxException flow() {
        Place open = context.orElse(place);
        String closer = problem.contains("'}'") ? "}" : problem.contains("']'") ? "]" : "";
        Place opener = Brackets.open(lines, firstLine, place).orElse(open);
        boolean atEnd = problem.contains("stream end") || problem.contains("document");
        if (closer.isEmpty() || atEnd) {
            String what = charAt(opener).equals("[") ? "bracket" : "brace";
            return at(opener, "the " + what + " that opens here is never closed", "");
        }
        return at(
                place,
                "expected a comma or " + closer + " inside the " + (closer.equals("}") ? "braces" : "brackets")
                        + " that open on line " + open.line(),
                "");
    }

    private SyntaxException indentation() {
        Place block = context.orElse(place);
        String before = line(place)
                .substring(0, Math.min(place.column() - 1, line(place).length()));
        if (!before.isBlank() && !before.strip().equals("-")) {
            return at(place, "the value before this place has ended already", "put the whole value in quotes");
        }
        String what = doing.contains("collection") || doing.contains("sequence") ? "list" : "mapping";
        if (problem.contains("<block sequence start>") || problem.contains("'-'")) {
            return at(
                    place,
                    "a list item cannot begin here, inside the mapping that begins on line " + block.line(),
                    "check the indentation of the dash");
        }
        if (place.column() == block.column()) {
            return at(
                    place,
                    "a key cannot begin here, inside the list that begins on line " + block.line(),
                    "check the indentation");
        }
        return at(
                place,
                "the indentation fits nothing above: this line begins in column " + place.column() + ", the " + what
                        + " around it (line " + block.line() + ") in column " + block.column(),
                "give lines that belong together the same indentation");
    }

    /** A colon where no key can be: the line above is no key, or the value holds a colon itself. */
    private SyntaxException colon() {
        String line = line(place);
        if (place.column() > 1024) {
            return at(new Place(place.line(), 1), "a key is longer than 1024 characters", "");
        }
        int first = line.indexOf(": ");
        if (first >= 0 && first + 1 < place.column()) {
            return at(place, "a value holds a colon and a space", "put the value in quotes");
        }
        for (int above = place.line() - 1; above >= firstLine; above--) {
            String text = lines[above - firstLine].strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            if (!text.contains(": ") && !text.endsWith(":")) {
                int column = lines[above - firstLine].indexOf(text) + 1;
                return at(
                        new Place(above, column),
                        "this line has no colon followed by a space, so it is text and not a key",
                        text.contains(":") ? "put a space after the colon" : "put a colon and a space after the key");
            }
            break;
        }
        return at(place, "a key cannot begin here", "check the indentation: it is deeper than the lines above it");
    }

    private String line(Place at) {
        int index = at.line() - firstLine;
        return index >= 0 && index < lines.length ? lines[index] : "";
    }

    private String charAt(Place at) {
        String line = line(at);
        return at.column() <= line.length() ? line.substring(at.column() - 1, at.column()) : "";
    }

    private static SyntaxException at(Place place, String message, String hint) {
        return new SyntaxException(BAD, place, message, hint);
    }
}
