package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.DnsServers;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodSelection;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import java.util.List;

/**
 * podSelector and namespaceSelector as two items where one was meant, or the other way round. Judged by what the two
 * readings select: two neighbouring items are reported only if the pods of the second are not in the policy's own
 * namespace, one item only if it selects nothing while both halves select something.
 */
final class AndOrConfusion implements Check {
    private static final About ABOUT = new About(
            "and-or-confusion",
            Severity.WARNING,
            "podSelector and namespaceSelector are written as two items where one was meant, or as one where two were.",
            "In one item of from or to, podSelector and namespaceSelector must both hold: those pods in those"
                    + " namespaces. Each with its own dash they are alternatives: every pod of those namespaces, and also"
                    + " those pods of the policy's own namespace. One dash is all the difference.",
            "For those pods in those namespaces write one item, without a dash before the second selector.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            if (text.isNetworkPolicy()) {
                for (Section section : text.policy().sections()) {
                    for (int rule = 0; rule < section.rules().size(); rule++) {
                        inspect(cluster, text, section, rule, findings);
                    }
                }
            }
        }
    }

    private static void inspect(Cluster cluster, PolicyText text, Section section, int number, Findings findings) {
        Rule rule = section.rules().get(number);
        Direction direction = section.direction();
        List<Peer> peers = rule.peers();
        for (int p = 0; p < peers.size(); p++) {
            if (!(peers.get(p) instanceof Peer.Pods one)) {
                continue;
            }
            if (p + 1 < peers.size() && peers.get(p + 1) instanceof Peer.Pods two && areHalves(one, two)) {
                Peer.Pods byNamespace = one.namespaces() instanceof NamespaceMatch.Labelled ? one : two;
                Peer.Pods byPods = byNamespace == one ? two : one;
                if (meantAsAnd(cluster, byNamespace, byPods)) {
                    findings.add(
                            text.at(text.peer(direction, number, p)),
                            "two items: every pod in " + Words.of(byNamespace.namespaces()) + ", or pods with "
                                    + byPods.pods() + " in the policy's own namespace, where there are none");
                }
            }
            if (meantAsOr(cluster, text, one)) {
                findings.add(
                        text.at(text.peer(direction, number, p)),
                        "one item: pods with " + one.pods() + " in " + Words.of(one.namespaces())
                                + ", where there are none; such pods live in the policy's own namespace",
                        "For either of the two write two items, each with its own dash.");
            }
        }
    }

    /** One selects namespaces alone, the other pods of the own namespace alone. */
    private static boolean areHalves(Peer.Pods one, Peer.Pods two) {
        return isNamespaceHalf(one) && isPodHalf(two) || isPodHalf(one) && isNamespaceHalf(two);
    }

    private static boolean isNamespaceHalf(Peer.Pods peer) {
        return peer.namespaces() instanceof NamespaceMatch.Labelled
                && peer.pods().equals(Selector.ALL);
    }

    private static boolean isPodHalf(Peer.Pods peer) {
        return peer.namespaces() instanceof NamespaceMatch.Named && !peer.pods().equals(Selector.ALL);
    }

    private static boolean meantAsAnd(Cluster cluster, Peer.Pods byNamespace, Peer.Pods byPods) {
        boolean ownHasThem = !Selections.isEmpty(cluster, byPods.namespaces(), byPods.pods());
        if (ownHasThem
                || cluster.labels()
                        .podMistake(byPods.namespaces(), byPods.pods())
                        .isPresent()) {
            return false;
        }
        // Nobody runs the cluster's DNS beside the workloads. For others: those namespaces have such pods, or nothing
        // is known of them.
        return DnsServers.isDns(byPods.pods())
                || Selections.hasPods(cluster, byPods.namespaces())
                        && (!Selections.hasPods(cluster, byNamespace.namespaces())
                                || !Selections.isEmpty(cluster, byNamespace.namespaces(), byPods.pods()));
    }

    private static boolean meantAsOr(Cluster cluster, PolicyText text, Peer.Pods peer) {
        NamespaceMatch own = text.policy().subject().namespaces();
        return peer.namespaces() instanceof NamespaceMatch.Labelled
                && !peer.pods().equals(Selector.ALL)
                && Selections.hasPods(cluster, peer.namespaces())
                && Selections.isEmpty(cluster, peer.namespaces(), peer.pods())
                && !Selections.isEmpty(cluster, own, peer.pods());
    }

    /** Whether this check has something to say of a peer that selects nothing. */
    static boolean explains(Cluster cluster, PodSelection selection) {
        Peer.Pods peer = new Peer.Pods(selection.namespaces(), selection.pods());
        if (meantAsOr(cluster, selection.policy(), peer)) {
            return true;
        }
        for (Section section : selection.policy().policy().sections()) {
            for (Rule rule : section.rules()) {
                List<Peer> peers = rule.peers();
                for (int p = 0; p + 1 < peers.size(); p++) {
                    if (peers.get(p) instanceof Peer.Pods one
                            && peers.get(p + 1) instanceof Peer.Pods two
                            && (one.equals(peer) || two.equals(peer))
                            && areHalves(one, two)
                            && (isPodHalf(one) ? meantAsAnd(cluster, two, one) : meantAsAnd(cluster, one, two))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
