package io.sluice.cli;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;

/**
 * The verbs. To describe all of them takes the parser longer than to answer, so that only the one asked for is described;
 * help, completion and misspelt verbs get them all.
 */
final class Verbs {
    private static final List<String> NAMES =
            List.of("lint", "connectivity", "explain", "decide", "diff", "check", "convert", "test", "generate", "lab");

    private Verbs() {}

    static CommandLine addTo(CommandLine line, String[] arguments) {
        if (arguments.length > 0 && NAMES.contains(arguments[0])) {
            return line.addSubcommand(verb(arguments[0]));
        }
        NAMES.forEach(name -> line.addSubcommand(verb(name)));
        return line.addSubcommand(TrainCommand.class)
                .addSubcommand(ManCommand.class)
                .addSubcommand(AutoComplete.GenerateCompletion.class)
                .addSubcommand(CommandLine.HelpCommand.class);
    }

    private static Class<?> verb(String name) {
        return switch (name) {
            case "lint" -> LintCommand.class;
            case "connectivity" -> ConnectivityCommand.class;
            case "explain" -> ExplainCommand.class;
            case "decide" -> DecideCommand.class;
            case "diff" -> DiffCommand.class;
            case "check" -> CheckCommand.class;
            case "convert" -> ConvertCommand.class;
            case "test" -> TestCommand.class;
            case "generate" -> GenerateCommand.class;
            case "lab" -> LabCommand.class;
            default -> throw new IllegalArgumentException("no verb " + name);
        };
    }
}
