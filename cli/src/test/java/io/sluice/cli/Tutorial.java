package io.sluice.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page that a reader follows: files to save and commands to run, in their order.
 *
 * <p>A fenced block after a line that ends in {@code as `NAME`:} is the text of that file. A block marked
 * {@code console} has commands after {@code $ }, each followed by what it prints; {@code console root} is for root. In
 * what is printed, a line of three dots stands for any number of lines, and three dots inside of a line for any text.
 */
record Tutorial(List<Step> steps) {
    private static final Pattern SAVE = Pattern.compile("as `([^`]+)`:$");

    /** What the reader is told to do. */
    sealed interface Step {
        /** Save a file. */
        record Save(String name, String text) implements Step {}

        /** Run commands. */
        record Console(int line, boolean root, List<Command> commands) implements Step {}
    }

    /**
     * One command.
     *
     * @param printed the lines of the page below it
     */
    record Command(int line, String text, List<String> printed) {
        /** Whether lines are as the page has them. */
        boolean matches(List<String> lines) {
            return matches(0, lines, 0);
        }

        private boolean matches(int at, List<String> lines, int from) {
            if (at == printed.size()) {
                return from == lines.size();
            }
            if (printed.get(at).equals("...")) {
                for (int next = from; next <= lines.size(); next++) {
                    if (matches(at + 1, lines, next)) {
                        return true;
                    }
                }
                return false;
            }
            return from < lines.size()
                    && pattern(printed.get(at)).matcher(lines.get(from)).matches()
                    && matches(at + 1, lines, from + 1);
        }

        private static Pattern pattern(String line) {
            StringBuilder pattern = new StringBuilder();
            for (String part : line.split("\\.\\.\\.", -1)) {
                pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
            }
            return Pattern.compile(pattern.toString());
        }
    }

    static Tutorial read(String markdown) {
        List<String> lines = markdown.lines().toList();
        List<Step> steps = new ArrayList<>();
        String said = "";
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith("```")) {
                said = lines.get(i).isBlank() ? said : lines.get(i);
                continue;
            }
            int start = i + 1;
            int end = start;
            while (!lines.get(end).equals("```")) {
                end++;
            }
            List<String> block = lines.subList(start, end);
            Matcher save = SAVE.matcher(said);
            if (lines.get(i).startsWith("```console")) {
                steps.add(new Step.Console(start, lines.get(i).endsWith(" root"), commands(block, start)));
            } else if (save.find()) {
                steps.add(new Step.Save(save.group(1), String.join("\n", block) + "\n"));
            }
            said = "";
            i = end;
        }
        return new Tutorial(List.copyOf(steps));
    }

    private static List<Command> commands(List<String> block, int start) {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < block.size(); i++) {
            if (!block.get(i).startsWith("$ ")) {
                throw new IllegalArgumentException("line " + (start + i + 1) + " belongs to no command");
            }
            int end = i + 1;
            while (end < block.size() && !block.get(end).startsWith("$ ")) {
                end++;
            }
            commands.add(new Command(start + i + 1, block.get(i).substring(2), List.copyOf(block.subList(i + 1, end))));
            i = end - 1;
        }
        return commands;
    }
}
