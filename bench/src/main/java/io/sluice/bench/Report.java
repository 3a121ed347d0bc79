package io.sluice.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where results go: to standard output as they come, and at the end, if asked, into a Markdown file, each section
 * between its marks {@code <!-- NAME: begin -->} and {@code <!-- NAME: end -->}.
 */
final class Report {
    private final PrintWriter out;
    private final Map<String, String> sections = new LinkedHashMap<>();

    Report(PrintWriter out) {
        this.out = out;
    }

    void section(String name, String markdown) {
        sections.put(name, markdown);
        out.println();
        out.println(markdown);
        out.flush();
    }

    /**
     * Replaces the sections that were measured; the others stay as they are.
     *
     * @throws IOException also if the file has no marks for a section
     */
    void record(Path file) throws IOException {
        String text = Files.readString(file);
        for (Map.Entry<String, String> section : sections.entrySet()) {
            String begin = "<!-- " + section.getKey() + ": begin -->\n";
            int from = text.indexOf(begin);
            int to = text.indexOf("<!-- " + section.getKey() + ": end -->");
            if (from < 0 || to < from) {
                throw new IOException(file + " has no marks for the section " + section.getKey());
            }
            text = text.substring(0, from + begin.length()) + "\n" + section.getValue() + "\n" + text.substring(to);
        }
        Files.writeString(file, text);
    }
}
