package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.net.Cidr;
import java.util.List;

/** An exception that another rule of the same policy takes back. */
final class ExceptUndone implements Check {
    private static final About ABOUT = new About(
            "except-undone",
            Severity.WARNING,
            "The addresses of an except are allowed by another peer of the same policy.",
            "An except takes away from its own ipBlock only. It is no denial: another peer or rule that holds the"
                    + " addresses still allows them.",
            "Repeat the except in the other ipBlock, or remove it where it does nothing.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            for (Section section : text.policy().sections()) {
                List<Rule> rules = section.rules();
                for (int r = 0; r < rules.size(); r++) {
                    for (int p = 0; p < rules.get(r).peers().size(); p++) {
                        if (rules.get(r).action() == Action.ALLOW
                                && rules.get(r).peers().get(p) instanceof Peer.Network network
                                && !network.except().isEmpty()) {
                            inspect(text, section, r, p, network, findings);
                        }
                    }
                }
            }
        }
    }

    private static void inspect(
            PolicyText text, Section section, int rule, int peer, Peer.Network network, Findings findings) {
        for (int e = 0; e < network.except().size(); e++) {
            Cidr except = network.except().get(e);
            if (isAllowed(section, section.rules().get(rule), network, except)) {
                findings.add(
                        text.at(PolicyText.extend(text.peer(section.direction(), rule, peer), "ipBlock", "except", e)),
                        except + " is left out here, and another peer of the policy allows it all the same");
            }
        }
    }

    private static boolean isAllowed(Section section, Rule own, Peer.Network network, Cidr except) {
        for (Rule rule : section.rules()) {
            boolean samePorts =
                    rule == own || Rules.isAnyTraffic(rule) || rule.ports().containsAll(own.ports());
            if (rule.action() == Action.ALLOW && samePorts) {
                for (Peer peer : rule.peers()) {
                    boolean all = peer instanceof Peer.Everything
                            || peer instanceof Peer.Network other
                                    && other != network
                                    && other.cidr().contains(except)
                                    && other.except().stream().noneMatch(except::overlaps);
                    if (all) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
