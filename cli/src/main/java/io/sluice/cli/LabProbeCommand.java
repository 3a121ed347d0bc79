package io.sluice.cli;

import io.sluice.lab.Lab;
import io.sluice.lab.LabException;
import io.sluice.lab.probe.Observation;
import io.sluice.lab.probe.Pace;
import io.sluice.lab.probe.Probe;
import io.sluice.lab.probe.Prober;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.decide.DirectionDecision;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One connection, for real. */
@Command(
        name = "probe",
        description = {
            "Make one real connection in the lab; say what was expected and why.",
            "FROM and TO are namespace/pod, namespace/workload, namespace/service (TO only), a node or an IP address.",
            "Exit status 1 if it did not behave as expected."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  sluice lab probe shop/web data/orders-db:5432",
            "  sluice lab probe shop/web kube-system/kube-dns:53 --udp",
            "  sluice lab probe shop/payments 198.51.100.7:443"
        })
final class LabProbeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FROM")
    String from = "";

    @Parameters(index = "1", paramLabel = "TO:PORT")
    String to = "";

    @Option(names = "--udp", description = "UDP instead of TCP.")
    boolean udp;

    @Option(names = "-6", description = "IPv6 instead of IPv4, where both have it.")
    boolean v6;

    @Override
    public Integer call() {
        Console console = Console.of(spec);
        Snapshot snapshot = Lab.current()
                .orElseThrow(() -> new Refusal("There is no lab. Bring one up: sluice lab up PATH"))
                .snapshot();
        List<Probe> probes = new ProbeTarget(snapshot, !v6).probes(from, to, udp ? Protocol.UDP : Protocol.TCP);
        boolean asExpected = true;
        try {
            for (Observation observation : Prober.run(probes, Pace.normal(), _ -> {})) {
                asExpected &= print(snapshot, observation, console);
            }
        } catch (LabException e) {
            throw new Refusal(e.getMessage(), e);
        }
        return asExpected ? 0 : 1;
    }

    /** Whether it went as the policies say; a Service whose pods differ may go either way. */
    private static boolean print(Snapshot snapshot, Observation observation, Console console) {
        List<Decision> decisions = observation.probe().judged().stream()
                .map(c -> Decider.decide(snapshot, c))
                .toList();
        List<Verdict> expected =
                decisions.stream().map(Decision::verdict).distinct().toList();
        boolean good = expected.contains(observation.verdict());
        console.out()
                .println(observation.probe() + ": observed "
                        + colour(observation.verdict(), console) + " ("
                        + observation.outcome().toString().toLowerCase()
                        + "), expected "
                        + String.join(
                                " or ", expected.stream().map(Verdict::toString).toList()));
        CauseText text = CauseText.of(snapshot);
        Decision decision = decisions.getFirst();
        for (DirectionDecision side : List.of(decision.egress(), decision.ingress())) {
            console.out().println("  " + side.direction() + ": " + side.verdict() + ", " + text.of(side.cause()));
            if (side.verdict() == Verdict.DENY) {
                text.nearestMiss(side).ifPresent(m -> console.out().println("    nearest rule " + m));
            }
        }
        if (!good) {
            console.out().println(console.style().alarm("mismatch"));
        }
        return good;
    }

    private static String colour(Verdict verdict, Console console) {
        return verdict == Verdict.ALLOW
                ? console.style().green(verdict.toString())
                : console.style().red(verdict.toString());
    }
}
