package io.sluice.cli;

import io.sluice.analysis.directory.Directory;
import io.sluice.analysis.directory.Target;
import io.sluice.analysis.directory.Targets;
import io.sluice.analysis.explain.Explainer;
import io.sluice.analysis.explain.Explanation;
import io.sluice.analysis.explain.JsonExplanation;
import io.sluice.analysis.explain.TextExplanation;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Why a connection is allowed or denied. */
@Command(
        name = "explain",
        description = {
            "Why can, or can't, A reach B on this port? Every tier, every policy and rule considered in both directions,",
            "the rule that came nearest, and the smallest change that would turn the answer round.",
            "",
            "A and B are NAMESPACE/NAME of a pod or workload, svc/NAME or NAME.NAMESPACE for a Service, an address, or a",
            "domain name given with --resolve. A bare NAME lies in --namespace."
        },
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        footer = {
            "",
            "Exit status: 0 explained; 1 the answer is not the one of --expect; 2 wrong use or unreadable input.",
            "",
            "Examples:",
            "  sluice explain examples/shop --from shop/web --to data/orders-db --port 5432",
            "  sluice explain examples/shop --from shop/web --to shop/svc/backend --port 80 -o json",
            "  sluice explain . --from 203.0.113.7 --to shop/web --port https --expect deny"
        })
final class ExplainCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    Paths paths = new Paths();

    @Mixin
    SourceOptions sources = new SourceOptions();

    @Option(names = "--from", paramLabel = "A", required = true, description = "Who opens the connection.")
    String from = "";

    @Option(names = "--to", paramLabel = "B", required = true, description = "Who is to be reached.")
    String to = "";

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "Number or name (default: every port that B declares).")
    @Nullable
    String port;

    @Option(
            names = "--protocol",
            paramLabel = "NAME",
            defaultValue = "TCP",
            description = "TCP, UDP, SCTP, ICMP or ICMPv6 (default: TCP).")
    String protocol = "TCP";

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Of names without a namespace (default: default).")
    String namespace = "default";

    @Option(
            names = "--resolve",
            paramLabel = "NAME=ADDRESS",
            description = "The address of a domain name outside of the cluster; nothing is looked up here.")
    Map<String, String> resolve = new LinkedHashMap<>();

    @Mixin
    RequestOptions request = new RequestOptions();

    @Option(names = "--expect", paramLabel = "VERDICT", description = "allow or deny: exit status 1 if it is not so.")
    @Nullable
    Verdict expected;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: text).")
    Format format = Format.TEXT;

    /** What is printed. */
    enum Format {
        TEXT,
        JSON
    }

    private record Port(Protocol protocol, int number) {}

    @Override
    public Integer call() {
        sources.check("explain", paths.all);
        Map<String, Ip> domains = domains();
        Snapshot snapshot =
                named(Inputs.of(sources, spec.commandLine().getErr()).snapshot(paths.all), domains);
        Directory directory = Directory.of(snapshot);
        Explainer explainer = new Explainer(directory);
        List<Explanation> explanations = new ArrayList<>();
        try {
            Targets targets = new Targets(directory, namespace, domains);
            Target source = targets.find(from);
            Target destination = targets.find(to);
            for (Port one : ports(explainer, destination)) {
                explanations.add(explainer.explain(source, destination, one.protocol, one.number, request::said));
            }
        } catch (Targets.Unknown e) {
            throw new Refusal("sluice: " + e.getMessage(), e);
        }
        print(snapshot, explanations);
        boolean asExpected = expected == null || explanations.stream().allMatch(e -> e.isCertainly(expected));
        return asExpected ? 0 : 1;
    }

    /** Tells the policies that have rules for domain names what the names stand for. */
    private static Snapshot named(Snapshot snapshot, Map<String, Ip> domains) {
        Map<Ip, Set<String>> names = new LinkedHashMap<>();
        domains.forEach((name, ip) ->
                names.computeIfAbsent(ip, _ -> new LinkedHashSet<>()).add(name));
        return snapshot.withNames(names);
    }

    private Map<String, Ip> domains() {
        Map<String, Ip> domains = new LinkedHashMap<>();
        resolve.forEach((name, address) -> domains.put(
                name,
                Ip.tryParse(address)
                        .orElseThrow(() -> new Refusal("sluice: --resolve " + name + ": not an address: " + address))));
        return domains;
    }

    private List<Port> ports(Explainer explainer, Target destination) {
        Protocol chosen = Protocol.named(
                        protocol.equalsIgnoreCase("ICMPv6") ? "ICMPv6" : protocol.toUpperCase(Locale.ROOT))
                .orElseThrow(() ->
                        new Refusal("sluice: --protocol is TCP, UDP, SCTP, ICMP or ICMPv6, not '" + protocol + "'"));
        if (chosen.isIcmp()) {
            return List.of(new Port(chosen, chosen.equals(Protocol.ICMP) ? 8 << 8 : 128 << 8));
        }
        if (port == null) {
            List<Port> all = explainer.portsOf(destination).stream()
                    .map(entry -> new Port(entry.getKey(), entry.getValue()))
                    .toList();
            if (all.isEmpty()) {
                throw new Refusal("sluice: " + destination.text() + " declares no port: give one with --port");
            }
            return all;
        }
        return List.of(new Port(chosen, number(port, explainer, destination, chosen)));
    }

    private static int number(String text, Explainer explainer, Target destination, Protocol protocol) {
        if (text.chars().allMatch(c -> c >= '0' && c <= '9') && text.length() <= 5) {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= 0xffff) {
                return number;
            }
        }
        Optional<Integer> named = explainer.portNamed(destination, text, protocol);
        return named.orElseThrow(() -> new Refusal("sluice: --port is a number from 1 to 65535 or the name of a "
                + protocol + " port of " + destination.text() + ", not '" + text + "'"));
    }

    private void print(Snapshot snapshot, List<Explanation> explanations) {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case JSON -> out.print(new JsonExplanation(snapshot).of(explanations));
            case TEXT -> {
                Style style = Style.ofStdout();
                TextExplanation text =
                        new TextExplanation(snapshot, new TextExplanation.Paint(style::green, style::red, style::dim));
                out.print(String.join("\n", explanations.stream().map(text::of).toList()));
            }
        }
        out.flush();
    }
}
