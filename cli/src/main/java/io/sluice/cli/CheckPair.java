package io.sluice.cli;

import io.sluice.analysis.diff.ConnectivityDiff;
import io.sluice.analysis.diff.ConnectivityDiff.Witness;
import io.sluice.analysis.output.JsonWriter;
import io.sluice.analysis.reason.Reasons;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.table.VerdictTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Two states side by side: what the comparing sub-commands of {@code check} share. */
final class CheckPair {
    @Parameters(
            index = "0",
            paramLabel = "A",
            description = "File or folder of manifests, kustomization or Helm chart.")
    String given = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "B",
            description = "The same of the other state. With --cluster that is A: the cluster once A is applied to it.")
    @Nullable
    String otherGiven;

    @Mixin
    SourceOptions sources = new SourceOptions();

    @Option(names = "--with", paramLabel = "PATH", description = "Files that belong to both states, such as workloads.")
    List<String> common = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text).")
    CheckCommand.Format format = CheckCommand.Format.TEXT;

    private String first = "";
    private String second = "";

    /** @param holds what is said if there is no witness; {@code fails} the same if there is one */
    int run(PrintWriter out, PrintWriter err, boolean onlyGained, String holds, String fails) {
        if (sources.cluster == (otherGiven != null)) {
            throw new Refusal("sluice: A and B are needed, or --cluster and what would be applied to it (see --help)");
        }
        first = sources.cluster ? "the cluster" : given;
        second = sources.cluster ? "the cluster with " + given : Objects.requireNonNull(otherGiven);
        sources.check(sources.cluster ? List.of(given) : List.of(first, second));
        Inputs inputs = Inputs.of(sources, err);
        List<VerdictTable> tables = Inputs.both(
                () -> table(inputs, sources.cluster ? List.of() : List.of(first)),
                () -> table(inputs, List.of(sources.cluster ? given : second)));
        VerdictTable one = tables.get(0);
        VerdictTable other = tables.get(1);
        if (one.snapshot().pods().isEmpty() && other.snapshot().pods().isEmpty()) {
            throw new Refusal("sluice: there are no pods to compare the policies by: give the workloads with --with");
        }
        Optional<Witness> witness = ConnectivityDiff.firstDifference(one, other, onlyGained);
        String text = switch (format) {
            case TEXT ->
                witness.map(w -> fails + ": " + sentence(w, one, other)).orElse(holds) + "\n";
            case JSON -> json(witness, one, other);
        };
        out.print(text);
        out.flush();
        Inputs.meshLeftOut(err, one.snapshot(), other.snapshot());
        return witness.isEmpty() ? 0 : 1;
    }

    private VerdictTable table(Inputs inputs, List<String> own) {
        List<String> all = new ArrayList<>(common);
        all.addAll(own);
        return VerdictTable.of(inputs.snapshot(all));
    }

    private String sentence(Witness witness, VerdictTable one, VerdictTable other) {
        return witness.from().name() + " => " + witness.to().name() + " : " + Traffic.keyText(witness.trafficKey())
                + " is " + word(!witness.allowedAfter()) + " by " + first + " and " + word(witness.allowedAfter())
                + " by " + second + "\n  " + first + ": " + reason(witness.before(), one) + "\n  " + second + ": "
                + reason(witness.after(), other);
    }

    private static String word(boolean allowed) {
        return allowed ? "allowed" : "denied";
    }

    private static String reason(Optional<Connection> connection, VerdictTable table) {
        if (connection.isEmpty()) {
            return "does not have both ends";
        }
        Reasons reasons = new Reasons(table.snapshot());
        Cause egress = table.cause(connection.get(), Direction.EGRESS);
        Cause ingress = table.cause(connection.get(), Direction.INGRESS);
        List<String> parts = new ArrayList<>();
        boolean denied = egress.verdict() == Verdict.DENY || ingress.verdict() == Verdict.DENY;
        if (!denied || egress.verdict() == Verdict.DENY) {
            parts.add(reasons.sentence(Direction.EGRESS, egress));
        }
        if (!denied || ingress.verdict() == Verdict.DENY) {
            parts.add(reasons.sentence(Direction.INGRESS, ingress));
        }
        return String.join("; ", parts);
    }

    private String json(Optional<Witness> witness, VerdictTable one, VerdictTable other) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out).object().member("holds", witness.isEmpty());
        if (witness.isPresent()) {
            Witness found = witness.get();
            json.name("witness")
                    .object()
                    .member("src", found.from().name())
                    .member("dst", found.to().name())
                    .member("traffic", Traffic.keyText(found.trafficKey()));
            side(json, "a", first, !found.allowedAfter(), reason(found.before(), one));
            side(json, "b", second, found.allowedAfter(), reason(found.after(), other));
            json.endObject();
        }
        json.endObject();
        return out.append('\n').toString();
    }

    private static void side(JsonWriter json, String name, String path, boolean allowed, String reason) {
        json.name(name)
                .object()
                .member("path", path)
                .member("verdict", (allowed ? Verdict.ALLOW : Verdict.DENY).toString())
                .member("reason", reason)
                .endObject();
    }
}
