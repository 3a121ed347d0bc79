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
        BitSet subjects = cluster.pods()
                .select(
                        text.policy().subject().namespaces(),
                        text.policy().subject().pods());
        BitSet peers = rule.action() == Action.ALLOW ? peers(cluster, rule) : new BitSet();
        if (!subjects.isEmpty()
                && !peers.isEmpty()
                && noneConnects(cluster, section.direction(), rule, subjects, peers)) {
            String inside = PodGroup.workloads(cluster.pods().of(subjects));
            String outside = PodGroup.workloads(cluster.pods().of(peers));
            findings.add(
                    text.at(text.rule(section.direction(), number)),
                    section.direction() == Direction.INGRESS
                            ? "the rule lets in " + outside + ", whose egress does not let them reach " + inside
                                    + " on these ports"
                            : "the rule lets out to " + outside + ", whose ingress does not admit " + inside
                                    + " on these ports");
        }
    }

    /** Whether the other end denies every pair, of which there is at least one. */
    private static boolean noneConnects(
            Cluster cluster, Direction direction, Rule rule, BitSet subjects, BitSet peers) {
        Set<Long> asked = new HashSet<>();
        for (int s = subjects.nextSetBit(0); s >= 0; s = subjects.nextSetBit(s + 1)) {
            List<Pod> own = cluster.pods().groups().get(s).pods();
            for (int p = peers.nextSetBit(0); p >= 0; p = peers.nextSetBit(p + 1)) {
                Pod other = cluster.pods().groups().get(p).pods().getLast();
                // A pod is never kept from itself; equal policies of the other end give equal answers.
                boolean isItself = s == p && own.size() < 2;
                if (isItself || !asked.add((long) cluster.reach().policySet(other) << 32 | s)) {
                    continue;
                }
                Pod one = own.getFirst();
                Pod destination = direction == Direction.INGRESS ? one : other;
                if (allowsSome(cluster.reach().between(other, opposite(direction), one), rule, destination)) {
                    return false;
                }
            }
        }
        return !asked.isEmpty();
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.INGRESS ? Direction.EGRESS : Direction.INGRESS;
    }

    /** Empty where a peer is more than pods that were read. */
    private static BitSet peers(Cluster cluster, Rule rule) {
        BitSet found = new BitSet();
        for (Peer peer : rule.peers()) {
            if (!(peer instanceof Peer.Pods(NamespaceMatch namespaces, var pods))) {
                return new BitSet();
            }
            found.or(cluster.pods().select(namespaces, pods));
        }
        return found;
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
