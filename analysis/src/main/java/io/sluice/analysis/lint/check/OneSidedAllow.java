package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.PortTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A rule that lets in pods whose own egress keeps them from coming, or out to pods that let nobody in. Judged by the
 * engine for every pair; reported only if no pair of the rule can connect on any of its ports.
 */
final class OneSidedAllow implements Check {
    private static final About ABOUT = new About(
            "one-sided-allow",
            Severity.WARNING,
            "A rule allows connections that the policies of the other end deny.",
            "A connection needs both ends: the egress of the pod that opens it and the ingress of the pod that answers."
                    + " Where both are isolated, one connection takes two rules; with one of them nothing flows.",
            "Add the matching rule to a policy of the other end.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            for (Section section : text.policy().sections()) {
                for (int r = 0; r < section.rules().size(); r++) {
                    inspect(cluster, text, section, r, findings);
                }
            }
        }
    }

    private static void inspect(Cluster cluster, PolicyText text, Section section, int number, Findings findings) {
        Rule rule = section.rules().get(number);
        List<PodGroup> subjects = cluster.pods()
                .of(cluster.pods()
                        .select(
                                text.policy().subject().namespaces(),
                                text.policy().subject().pods()));
        List<PodGroup> peers = rule.action() == Action.ALLOW ? peers(cluster, rule) : List.of();
        if (subjects.isEmpty() || peers.isEmpty()) {
            return;
        }
        Set<Long> asked = new HashSet<>();
        boolean someDenied = false;
        for (PodGroup subject : subjects) {
            for (PodGroup peer : peers) {
                if (subject == peer && subject.pods().size() < 2) {
                    continue;
                }
                Pod one = subject.pods().getFirst();
                Pod other = peer.pods().getLast();
                long pair = (long) cluster.reach().policySet(other) << 32 | subject.number();
                if (!asked.add(pair)) {
                    continue;
                }
                Pod destination = section.direction() == Direction.INGRESS ? one : other;
                if (allowsSome(
                        cluster.reach().between(other, opposite(section.direction()), one), rule, destination)) {
                    return;
                }
                someDenied = true;
            }
        }
        if (someDenied) {
            boolean ingress = section.direction() == Direction.INGRESS;
            findings.add(
                    text.at(text.rule(section.direction(), number)),
                    ingress
                            ? "the rule lets in " + PodGroup.workloads(peers) + ", whose egress does not let them reach "
                                    + PodGroup.workloads(subjects) + " on these ports"
                            : "the rule lets out to " + PodGroup.workloads(peers) + ", whose ingress does not admit "
                                    + PodGroup.workloads(subjects) + " on these ports");
        }
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.INGRESS ? Direction.EGRESS : Direction.INGRESS;
    }

    /** Empty where a peer is more than pods that were read. */
    private static List<PodGroup> peers(Cluster cluster, Rule rule) {
        BitSet found = new BitSet();
        for (Peer peer : rule.peers()) {
            if (!(peer instanceof Peer.Pods(NamespaceMatch namespaces, var pods))) {
                return List.of();
            }
            found.or(cluster.pods().select(namespaces, pods));
        }
        return cluster.pods().of(found);
    }

    private static boolean allowsSome(PortTable table, Rule rule, Pod destination) {
        for (TrafficRange range : ranges(rule, destination)) {
            if (table.at(range.first()).verdict() == Verdict.ALLOW) {
                return true;
            }
            for (PortTable.Entry entry : table.entries()) {
                if (range.contains(entry.first()) && entry.cause().verdict() == Verdict.ALLOW) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<TrafficRange> ranges(Rule rule, Pod destination) {
        List<TrafficRange> out = new ArrayList<>();
        for (PortMatch port : rule.ports()) {
            switch (port) {
                case PortMatch.Range(TrafficRange range) -> out.add(range);
                case PortMatch.Named named ->
                    destination.ports().stream()
                            .filter(named::names)
                            .forEach(p -> out.add(TrafficRange.ports(p.protocol(), p.port(), p.port())));
            }
        }
        return out;
    }
}
