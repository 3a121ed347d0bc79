package io.sluice.cli;

import io.sluice.analysis.convert.Converter;
import io.sluice.analysis.convert.Proof;
import io.sluice.analysis.convert.Target;
import io.sluice.analysis.reason.Reasons;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.manifests.Manifests;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Ip;
import io.sluice.policy.table.Relation;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Policies in another dialect, with a proof that they mean the same. */
@Command(
        name = "convert",
        description = {
            "Policies in another dialect, with a proof that they mean the same.",
            "The result is read again and compared with the original on every pod there is and on pods made to fit each"
                    + " selector, in both directions, with every peer, on all ports. What the other dialect cannot say,"
                    + " or would decide differently, is refused with the reason, and nothing is printed."
        },
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        footer = {
            "",
            "  --to cluster-network-policy  from AdminNetworkPolicy and BaselineAdminNetworkPolicy; lists that are too"
                    + " long are split",
            "  --to network-policy          from CiliumNetworkPolicy and Calico's NetworkPolicy",
            "  --to cilium                  from NetworkPolicy and Calico's NetworkPolicy",
            "  --to calico                  from NetworkPolicy and CiliumNetworkPolicy",
            "",
            "Exit status: 0 converted and proved; 1 refused; 2 wrong use or unreadable input.",
            "",
            "Examples:",
            "  sluice convert admin-policies/ --to cluster-network-policy > converted.yaml",
            "  sluice convert policies/ workloads.yaml --to calico --apart-from own-node,self"
        })
final class ConvertCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Files, folders or '-' for stdin; the workloads too, if the proof shall be about them.")
    List<String> paths = List.of();

    @Mixin
    SourceOptions sources = new SourceOptions();

    @Option(names = "--to", paramLabel = "DIALECT", required = true, description = "${COMPLETION-CANDIDATES}")
    @SuppressWarnings("NullAway.Init")
    Target target;

    @Option(
            names = "--apart-from",
            paramLabel = "PEER",
            split = ",",
            description = {
                "What may fare differently: own-node (the node that a pod runs on), self (the pod itself, reached"
                        + " through a Service). Calico, for one, has no words for them."
            })
    List<String> apartFrom = List.of();

    @Override
    public Integer call() {
        sources.check("convert", paths);
        Set<Relation> besides = besides();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Manifests manifests = Inputs.of(sources, err).manifests(paths);
        manifests.diagnostics().forEach(warning -> err.println(warning));
        return switch (Converter.convert(manifests, target, besides)) {
            case Converter.Result.Converted converted -> {
                out.print(converted.yaml());
                out.flush();
                err.println(summary(converted));
                yield 0;
            }
            case Converter.Result.NothingToConvert(Set<String> kinds) ->
                throw new Refusal("sluice: nothing to convert: there is no "
                        + String.join(" and no ", kinds.stream().sorted().toList()));
            case Converter.Result.Unsaid(var refusals) -> {
                refusals.forEach(refusal -> err.println(
                        refusal.position() + ": " + refusal.policy() + ": not converted: " + refusal.reason()));
                yield 1;
            }
            case Converter.Result.Differs(String yaml, Proof.Difference difference) -> {
                err.println(difference(difference, manifests.snapshot()));
                yield 1;
            }
        };
    }

    private Set<Relation> besides() {
        Set<Relation> out = EnumSet.noneOf(Relation.class);
        for (String peer : apartFrom) {
            out.add(
                    switch (peer) {
                        case "own-node" -> Relation.OWN_NODE;
                        case "self" -> Relation.SELF;
                        default -> throw new Refusal("sluice: --apart-from is own-node or self, not '" + peer + "'");
                    });
        }
        return out;
    }

    private String summary(Converter.Result.Converted converted) {
        Proof proof = converted.proof();
        String apart = apartFrom.isEmpty() ? "" : ", apart from " + String.join(" and ", apartFrom);
        return "sluice: " + count(converted.policies(), "policy", "policies") + " converted to "
                + count(converted.documents(), "document", "documents") + "; proved to decide the same" + apart
                + " for "
                + count(proof.pods() - proof.made(), "pod", "pods") + " and " + proof.made()
                + " made to fit the selectors, with every peer, on all ports";
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private static String difference(Proof.Difference difference, Snapshot snapshot) {
        Reasons reasons = new Reasons(snapshot);
        Connection connection = difference.connection();
        String hint = switch (difference.relation()) {
            case OTHER -> "";
            case OWN_NODE -> "\n  accept that with --apart-from own-node";
            case SELF -> "\n  accept that with --apart-from self";
        };
        return "sluice: not converted: the result would decide differently\n  " + name(connection.from()) + " => "
                + name(connection.to()) + " : " + Traffic.keyText(connection.trafficKey()) + " would be "
                + (difference.after().verdict() == Verdict.ALLOW ? "allowed" : "denied") + "\n  now: "
                + reasons.sentence(difference.direction(), difference.before()) + "\n  then: "
                + reasons.sentence(difference.direction(), difference.after()) + hint;
    }

    private static String name(Party party) {
        return switch (party) {
            case Party.OfPod(Pod pod, Ip ip) ->
                "pod " + pod.fullName() + (pod.labels().isEmpty() ? "" : " " + new java.util.TreeMap<>(pod.labels()))
                        + at(ip);
            case Party.OfNode(Node node, Ip ip) -> "node " + node.name() + at(ip);
            case Party.OfNetwork(Ip ip) -> ip.toString();
        };
    }

    private static String at(@org.jspecify.annotations.Nullable Ip ip) {
        return ip == null ? "" : " (" + ip + ")";
    }
}
