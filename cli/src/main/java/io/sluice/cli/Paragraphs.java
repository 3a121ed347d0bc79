package io.sluice.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Descriptions are written in lines of the source's width; on a terminal they are broken at the terminal's. */
final class Paragraphs {
    private Paragraphs() {}

    /**
     * Makes one line of those that are one paragraph; an empty line ends one, and an indented line is left alone. The
     * first sentence stands by itself: it is what a list of commands says of each.
     */
    static CommandLine joinedIn(CommandLine line) {
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        usage.description(joined(usage.description()));
        line.getSubcommands().values().forEach(Paragraphs::joinedIn);
        return line;
    }

    private static String[] joined(String... lines) {
        List<String> paragraphs = new ArrayList<>();
        boolean open = false;
        for (String line : lines) {
            boolean prose = !line.isBlank() && !line.startsWith(" ");
            if (prose && open) {
                paragraphs.set(paragraphs.size() - 1, paragraphs.getLast() + " " + line);
            } else {
                paragraphs.add(line);
            }
            open = prose;
        }
        if (!paragraphs.isEmpty()) {
            paragraphs.addAll(0, List.of(paragraphs.removeFirst().split("(?<=[.?]) ", 2)));
        }
        return paragraphs.toArray(String[]::new);
    }
}
