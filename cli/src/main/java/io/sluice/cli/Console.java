package io.sluice.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Where a command prints: results on {@code out}, all else on {@code err}.
 *
 * @param style of {@code out}
 */
record Console(PrintWriter out, PrintWriter err, Style style) {
    static Console of(CommandSpec spec) {
        return new Console(spec.commandLine().getOut(), spec.commandLine().getErr(), Style.ofStdout());
    }

    /** A line about what is going on, which a result does not contain. */
    void progress(String line) {
        err.println(line);
        err.flush();
    }
}
