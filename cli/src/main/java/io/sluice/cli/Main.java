package io.sluice.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The entry point. */
@Command(
        name = "sluice",
        description = "Zero-trust network policy for Kubernetes: read, checked, enforced and watched by one engine.",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit status: 0 good; 1 findings, differences or failed expectations; 2 wrong use or unreadable input.",
            "",
            "Examples:",
            "  sluice lint examples/shop              what is wrong or risky in these manifests",
            "  sluice lab verify examples/shop        a cluster on this machine, every pair probed",
            "  sluice lab up examples/shop --watch    keep it, and enforce edited policies at once"
        })
public final class Main {
    /**
     * Types of options that no command has: to look for ways to read them is a tenth of the time of a short command. For
     * the same reason no command looks for commands among its methods.
     */
    private static final String UNUSED_TYPES = "java\\.(sql|time)\\..*";

    @Option(
            names = "--debug",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Print the stack trace of an unexpected error.")
    boolean debug;

    private Main() {}

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] args) {
        System.setProperty("picocli.converters.excludes", UNUSED_TYPES);
        Output.install();
        int status;
        try {
            status = run(args);
        } catch (OutOfMemoryError e) {
            System.err.println("sluice: out of memory; SLUICE_JAVA_OPTS=-Xmx4g gives it more");
            status = 2;
        } catch (Error e) {
            status = failed(
                    e,
                    new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                    List.of(args).contains("--debug"));
        }
        System.out.flush();
        System.exit(status);
    }

    static int run(String... args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        Main main = new Main();
        CommandLine line = Paragraphs.joinedIn(Verbs.addTo(new CommandLine(main), args))
                .setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setExpandAtFiles(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        Style.ofStdout().isOn() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, err, main.debug))
                .setParameterExceptionHandler((e, arguments) -> misused(e, err));
        return line.execute(args);
    }

    /** The command with all that is below it. */
    static CommandLine whole() {
        return Verbs.addTo(new CommandLine(new Main()), new String[0]);
    }

    private static int failed(Throwable e, PrintWriter err, boolean debug) {
        if (e instanceof Refusal refusal) {
            err.println(refusal.getMessage());
        } else {
            err.println("sluice: " + e + (debug ? "" : " (unexpected; --debug shows where)"));
        }
        if (debug) {
            e.printStackTrace(err);
        }
        return 2;
    }

    private static int misused(CommandLine.ParameterException e, PrintWriter err) {
        boolean verb = e instanceof CommandLine.UnmatchedArgumentException
                && e.getCommandLine().getParent() == null;
        err.println("sluice: "
                + (verb
                        ? "there is no verb '"
                                + ((CommandLine.UnmatchedArgumentException) e)
                                        .getUnmatched()
                                        .getFirst() + "'"
                        : e.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return 2;
    }
}
