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
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
            "",
            "With --connections: many, one JSON object a line, as 'sluice decide' takes them and 'sluice generate -o",
            "connections' prints them: {\"from\":\"shop/web\",\"to\":\"shop/cart\",\"protocol\":\"TCP\",\"port\":80}.",
            "",
            "Exit status 1 if a connection did not behave as the policies say, or not as --expect says."
        },
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        footer = {
            "",
            "Examples:",
            "  sluice lab probe shop/web data/orders-db:5432",
            "  sluice lab probe shop/web kube-system/kube-dns:53 --udp",
            "  sluice lab probe shop/payments 198.51.100.7:443",
            "  sluice lab probe --connections examples/shop/calls.jsonl --expect allow"
        })
final class LabProbeCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FROM", arity = "0..1")
    String from = "";

    @Parameters(index = "1", paramLabel = "TO:PORT", arity = "0..1")
    String to = "";

    @Option(names = "--udp", description = "UDP instead of TCP.")
    boolean udp;

    @Option(names = "-6", description = "IPv6 instead of IPv4, where both have it.")
    boolean v6;

    @Option(
            names = {"-c", "--connections"},
            paramLabel = "FILE",
            description = "Make these connections; - is stdin.")
    String connections = "";

    @Option(names = "--expect", paramLabel = "VERDICT", description = "allow or deny: exit with 1 if one is not.")
    Optional<Verdict> expect = Optional.empty();

    @Override
    public Integer call() {
        if (connections.isEmpty() == to.isEmpty()) {
            throw new Refusal("sluice: lab probe needs either FROM and TO:PORT or --connections FILE (see --help)");
        }
        Console console = Console.of(spec);
        Lab lab = Lab.current().orElseThrow(() -> new Refusal("There is no lab. Bring one up: sluice lab up PATH"));
        ProbeTarget target = new ProbeTarget(lab.snapshot(), !v6);
        List<Probe> probes = connections.isEmpty()
                ? target.probes(from, to, udp ? Protocol.UDP : Protocol.TCP)
                : ConnectionLines.read(connections, target);
        try {
            Lab.widenWorld(outside(probes));
            List<Observation> observations = Prober.run(probes, Pace.normal(), _ -> {});
            return connections.isEmpty()
                    ? single(lab.snapshot(), observations, console)
                    : list(lab.snapshot(), observations, console);
        } catch (LabException e) {
            throw new Refusal(e.getMessage(), e);
        }
    }

    /** The addresses outside that somebody has to hold. */
    private static List<Cidr> outside(List<Probe> probes) {
        return probes.stream()
                .flatMap(probe -> probe.judged().stream())
                .flatMap(c -> Stream.of(c.from(), c.to()))
                .filter(Party.OfNetwork.class::isInstance)
                .flatMap(party -> party.address().stream())
                .map(Cidr::of)
                .distinct()
                .toList();
    }

    private int single(Snapshot snapshot, List<Observation> observations, Console console) {
        boolean asExpected = true;
        for (Observation observation : observations) {
            asExpected &= print(snapshot, observation, console);
            asExpected &= isMeant(observation);
        }
        return asExpected ? 0 : 1;
    }

    /** A line each, and the reasons of those that do not go as they should. */
    private int list(Snapshot snapshot, List<Observation> observations, Console console) {
        Lab.awaitFlows();
        int mismatches = 0;
        int unmeant = 0;
        for (Observation observation : observations) {
            boolean good = expected(snapshot, observation).contains(observation.verdict());
            mismatches += good ? 0 : 1;
            unmeant += isMeant(observation) ? 0 : 1;
            if (good && isMeant(observation)) {
                String verdict = observation.verdict() == Verdict.ALLOW ? "allow  " : "deny   ";
                console.out().println(colour(observation.verdict(), verdict, console) + observation.probe());
            } else {
                print(snapshot, observation, console);
            }
        }
        long allowed =
                observations.stream().filter(o -> o.verdict() == Verdict.ALLOW).count();
        console.out()
                .printf(
                        "%,d connections made: %,d allowed, %,d refused, %s%s%n",
                        observations.size(),
                        allowed,
                        observations.size() - allowed,
                        mismatches + (mismatches == 1 ? " mismatch" : " mismatches"),
                        unmeant == 0 ? "" : ", " + unmeant + " not as --expect says");
        return mismatches + unmeant == 0 ? 0 : 1;
    }

    private boolean isMeant(Observation observation) {
        return expect.isEmpty() || expect.get() == observation.verdict();
    }

    private static List<Verdict> expected(Snapshot snapshot, Observation observation) {
        return observation.probe().judged().stream()
                .map(c -> Decider.decide(snapshot, c).verdict())
                .distinct()
                .toList();
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
                        + colour(observation.verdict(), observation.verdict().toString(), console) + " ("
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

    private static String colour(Verdict verdict, String text, Console console) {
        return verdict == Verdict.ALLOW
                ? console.style().green(text)
                : console.style().red(text);
    }
}
