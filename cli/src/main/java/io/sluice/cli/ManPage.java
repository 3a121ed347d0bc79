package io.sluice.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command, from the same model as its {@code --help}. */
final class ManPage {
    private static final String EXIT = "Exit status: ";

    private final CommandLine command;
    private final CommandSpec spec;

    ManPage(CommandLine command) {
        this.command = command;
        this.spec = command.getCommandSpec();
    }

    /** The commands below one, itself first, those that are no business of a user aside. */
    static List<CommandLine> commands(CommandLine top) {
        List<CommandLine> all = new ArrayList<>(List.of(top));
        for (CommandLine sub : subcommands(top)) {
            all.addAll(commands(sub));
        }
        return all;
    }

    private static Set<CommandLine> subcommands(CommandLine of) {
        Set<CommandLine> visible = new LinkedHashSet<>(of.getSubcommands().values());
        visible.removeIf(sub -> sub.getCommandSpec().usageMessage().hidden());
        return visible;
    }

    /** {@code sluice-check-equal}. */
    String name() {
        return spec.qualifiedName("-");
    }

    String text() {
        List<String> description = Arrays.asList(spec.usageMessage().description());
        Roff page = new Roff(name(), "sluice " + Version.number())
                .section("Name")
                .lines(List.of(name() + " - " + summary(description)))
                .section("Synopsis")
                .lines(List.of(command.getHelp().abbreviatedSynopsis().strip()))
                .section("Description")
                .lines(description);
        options(page);
        Set<CommandLine> below = subcommands(command);
        if (!below.isEmpty()) {
            page.section("Commands");
            for (CommandLine sub : below) {
                CommandSpec of = sub.getCommandSpec();
                page.term(
                        of.qualifiedName(),
                        List.of(summary(Arrays.asList(of.usageMessage().description()))));
            }
        }
        footer(page);
        return page.section("See also").lines(List.of(seeAlso(below))).toString();
    }

    /** The first sentence, which may begin on one line and end on another. */
    private static String summary(List<String> description) {
        String all = String.join(" ", description);
        int end = all.indexOf(". ");
        int question = all.indexOf("? ");
        end = question >= 0 && (end < 0 || question < end) ? question : end;
        String first = end < 0 ? all : all.substring(0, end + 1);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    private void options(Roff page) {
        page.section("Options");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            if (!parameter.hidden()) {
                page.term(parameter.paramLabel(), description(parameter));
            }
        }
        spec.options().stream()
                .filter(option -> !option.hidden())
                .sorted((a, b) -> key(a).compareToIgnoreCase(key(b)))
                .forEach(option -> page.term(names(option), description(option)));
    }

    private static String key(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    private static List<String> description(ArgSpec argument) {
        return Arrays.asList(argument.description());
    }

    private static String names(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        return String.join(", ", option.names()) + value;
    }

    /** Exit status, examples and what else there is to say, as the usage texts lay them out. */
    private void footer(Roff page) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        String section = "Notes";
        for (String line : spec.usageMessage().footer()) {
            if (line.startsWith(EXIT)) {
                sections.put("Exit status", List.of(line.substring(EXIT.length())));
            } else if (line.equals("Examples:") || line.equals("Example:")) {
                section = "Examples";
            } else {
                if (line.isBlank() && section.equals("Examples")) {
                    section = "Notes";
                }
                sections.computeIfAbsent(section, _ -> new ArrayList<>()).add(line);
            }
        }
        sections.forEach((title, lines) -> {
            if (!lines.stream().allMatch(String::isBlank)) {
                page.section(title).lines(lines);
            }
        });
    }

    private String seeAlso(Set<CommandLine> below) {
        List<String> pages = new ArrayList<>();
        if (spec.parent() != null) {
            pages.add(spec.parent().qualifiedName("-") + "(1)");
        }
        below.forEach(sub -> pages.add(sub.getCommandSpec().qualifiedName("-") + "(1)"));
        return String.join(", ", pages);
    }
}
