package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import java.util.List;

/** Ingress from anyone, or from every pod there is. */
final class IngressUnlimited implements Check {
    private static final About ABOUT = new About(
            "ingress-unlimited",
            Severity.INFO,
            "An ingress rule names no source, every pod of the cluster, or the whole internet.",
            "A rule without from allows every source, in and out of the cluster; namespaceSelector: {} allows every pod"
                    + " of every namespace. For a public front end or a cluster service that is meant; a reviewer should"
                    + " see it.",
            "Name the sources, if they are known.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            List<Rule> rules =
                    text.policy().section(Direction.INGRESS).map(Section::rules).orElse(List.of());
            for (int r = 0; r < rules.size(); r++) {
                Rule rule = rules.get(r);
                String who = rule.action() == Action.ALLOW ? who(rule) : "";
                if (!who.isEmpty()) {
                    findings.add(
                            text.at(text.rule(Direction.INGRESS, r)),
                            "the rule allows " + who + (Rules.isAnyTraffic(rule) ? " on every port" : ""));
                }
            }
        }
    }

    /** Empty where the sources are limited, or where {@link IngressFromWorld} speaks. */
    private static String who(Rule rule) {
        if (Rules.isAnyPeer(rule)) {
            return "every source";
        }
        for (Peer peer : rule.peers()) {
            if (peer instanceof Peer.Pods(var namespaces, var pods)
                    && namespaces.equals(NamespaceMatch.EVERY)
                    && pods.equals(Selector.ALL)) {
                return "every pod of every namespace";
            }
            if (peer instanceof Peer.Network network && Rules.isWorld(network) && !Rules.isAnyTraffic(rule)) {
                return "the whole internet";
            }
        }
        return "";
    }
}
