package io.sluice.cli;

import java.util.List;
import java.util.Locale;

/** Writes a manual page: the macros of man(7), in ASCII, which every roff reads. */
final class Roff {
    private final StringBuilder out = new StringBuilder();

    /** @param version of the program */
    Roff(String name, String version) {
        out.append(".TH \"")
                .append(escaped(name.toUpperCase(Locale.ROOT)))
                .append("\" \"1\" \"\" \"")
                .append(escaped(version))
                .append("\" \"Sluice\"\n.nh\n.ad l\n");
    }

    Roff section(String title) {
        out.append(".SH \"").append(escaped(title)).append("\"\n");
        return this;
    }

    /** A paragraph hung under a term. */
    Roff term(String term, List<String> description) {
        out.append(".TP\n\\fB").append(escaped(term)).append("\\fR\n");
        out.append(line(String.join(" ", description))).append('\n');
        return this;
    }

    /** Lines as usage texts have them: those that are indented stay as they are, the others flow. */
    Roff lines(List<String> lines) {
        boolean literal = false;
        for (String line : lines) {
            boolean indented = line.startsWith("  ");
            if (indented != literal && !line.isBlank()) {
                out.append(literal ? ".fi\n.RE\n" : ".PP\n.RS 4\n.nf\n");
                literal = indented;
            }
            if (line.isBlank()) {
                out.append(literal ? "\\&\n" : ".PP\n");
            } else {
                out.append(line(literal ? line.substring(2) : line)).append('\n');
            }
        }
        if (literal) {
            out.append(".fi\n.RE\n");
        }
        return this;
    }

    private static String line(String text) {
        // A dot or quote that begins a line would be read as a request.
        String escaped = escaped(text);
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\e");
                case '-' -> out.append("\\-");
                case '"' -> out.append("\\(dq");
                case '\'' -> out.append("\\(aq");
                case '^' -> out.append("\\(ha");
                case '~' -> out.append("\\(ti");
                case '…' -> out.append("...");
                case '`' -> out.append("\\(ga");
                default -> {
                    if (c < 0x7f) {
                        out.append((char) c);
                    } else {
                        out.append(String.format("\\[u%04X]", c));
                    }
                }
            }
        });
        return out.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
