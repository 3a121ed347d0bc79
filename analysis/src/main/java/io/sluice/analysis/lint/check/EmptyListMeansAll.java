package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.Direction;
import java.util.List;

/** {@code from}, {@code to} or {@code ports} written with nothing in it. */
final class EmptyListMeansAll implements Check {
    private static final About ABOUT = new About(
            "empty-list-means-all",
            Severity.WARNING,
            "from, to or ports is written with nothing in it, which allows everything.",
            "An empty or missing from matches every source, an empty ports every port: from: [] is not nobody. It is"
                    + " also what is left where the items below are indented wrongly.",
            "To allow everything leave the key out, to allow nothing leave the rule out; else write the items.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            if (text.isNetworkPolicy()) {
                for (Direction direction : Direction.values()) {
                    String section = direction.toString();
                    for (int r = 0; r < text.text().size("spec", section); r++) {
                        inspect(text.text(), direction, r, findings);
                    }
                }
            }
        }
    }

    private static void inspect(ObjectText text, Direction direction, int rule, Findings findings) {
        String section = direction.toString();
        String peers = direction == Direction.INGRESS ? "from" : "to";
        for (String key : List.of(peers, "ports")) {
            if (text.isHollow("spec", section, rule, key)) {
                findings.add(
                        text.keyAt("spec", section, rule, key),
                        "an empty " + key + " allows every "
                                + (key.equals("ports")
                                        ? "port"
                                        : direction == Direction.INGRESS ? "source" : "destination"));
            }
        }
    }
}
