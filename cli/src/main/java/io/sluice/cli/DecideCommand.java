package io.sluice.cli;

import io.sluice.analysis.decide.AnswerStream;
import io.sluice.analysis.decide.BadLine;
import io.sluice.analysis.decide.Tally;
import io.sluice.policy.model.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verdict of each of many connections. */
@Command(
        name = "decide",
        description = {
            "The verdict of each of these connections, one JSON object a line, answered in the same order.",
            "A question is {\"from\":\"NAMESPACE/POD or address\",\"to\":…,\"protocol\":\"TCP\",\"port\":80}; the answer is"
                    + " the same object with verdict, ingress, egress, decidedBy and reason.",
            "A flow as Hubble records it is a question too: what would these policies have said?"
        },
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        footer = {
            "",
            "Exit status: 0 every line answered; 2 wrong use, unreadable manifests, or a line that is no question.",
            "",
            "Examples:",
            "  echo '{\"from\":\"shop/web\",\"to\":\"data/orders-db\",\"port\":5432}' | sluice decide examples/shop --connections -",
            "  hubble observe -o jsonpb --last 10000 | sluice decide new-policies/ --connections - -o text"
        })
final class DecideCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    Paths paths = new Paths();

    @Mixin
    SourceOptions sources = new SourceOptions();

    @Option(
            names = {"-c", "--connections"},
            paramLabel = "FILE",
            required = true,
            description = "The questions; - is stdin.")
    String connections = "-";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "json",
            description = "json (a line each) or text (default: json).")
    AnswerStream.Format format = AnswerStream.Format.JSON;

    @Override
    public Integer call() {
        sources.check("decide", paths.all);
        PrintWriter err = spec.commandLine().getErr();
        boolean fromStdin = connections.equals("-");
        if (fromStdin && paths.all.contains("-")) {
            throw new Refusal("sluice: the manifests and the connections cannot both come from stdin");
        }
        try (InputStream questions = fromStdin ? System.in : UserFile.open(connections)) {
            Snapshot snapshot = Inputs.of(sources, err).snapshot(paths.all);
            AnswerStream stream = new AnswerStream(snapshot, Inputs.stdout(), format, fromStdin);
            Tally tally = stream.run(questions);
            say(tally, err);
            return 0;
        } catch (BadLine e) {
            throw new Refusal((fromStdin ? "<stdin>" : connections) + ":" + e.getMessage(), e);
        } catch (IOException e) {
            throw UserFile.unreadable(fromStdin ? "<stdin>" : connections, e);
        }
    }

    private static void say(Tally tally, PrintWriter err) {
        if (tally.unknown() + tally.newlyAllowed() + tally.newlyDenied() > 0) {
            err.println("recorded flows: " + tally.newlyDenied() + " that went through would be denied, "
                    + tally.newlyAllowed() + " that were denied would go through, " + tally.unknown()
                    + " have an end that these manifests do not have");
        }
        if (tally.open() > 0) {
            err.println("note: " + tally.open() + " of " + (tally.allowed() + tally.denied() + tally.open())
                    + " depend on the request: say what is asked in the member request, or ask explain");
        }
    }
}
