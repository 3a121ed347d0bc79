package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Pods whose ingress somebody thought of and whose egress nobody did. One finding a namespace. */
final class EgressForgotten implements Check {
    private static final About ABOUT = new About(
            "egress-forgotten",
            Severity.WARNING,
            "Policies isolate a workload's ingress, and no policy says anything of its egress.",
            "The two directions are isolated each by itself. A pod whose policies have only the type Ingress may open"
                    + " connections to everything: to other pods, to the internet, to the metadata service of the cloud."
                    + " That is the way out for whoever takes it over.",
            "Add Egress to policyTypes with the connections that the pods need, or a default deny for egress.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        Map<String, List<PodGroup>> open = new TreeMap<>();
        for (PodGroup group : cluster.subjects()) {
            List<Policy> policies = cluster.reach().policies(group.pods().getFirst());
            if (policies.stream().anyMatch(p -> isolatesIngress(p))
                    && policies.stream()
                            .noneMatch(p -> p.section(Direction.EGRESS).isPresent())) {
                open.computeIfAbsent(group.namespace(), _ -> new ArrayList<>()).add(group);
            }
        }
        open.forEach((_, groups) -> {
            Policy first = cluster.reach().policies(groups.getFirst().pods().getFirst()).stream()
                    .filter(EgressForgotten::isolatesIngress)
                    .min(Comparator.comparing(Policy::position))
                    .orElseThrow();
            PolicyText text = cluster.text(first);
            findings.add(
                    text.text().has("spec", "policyTypes") ? text.text().at("spec", "policyTypes") : text.position(),
                    "policies isolate the ingress of " + Words.workloads(groups)
                            + ", but none its egress: they may connect to anything");
        });
    }

    private static boolean isolatesIngress(Policy policy) {
        return policy.section(Direction.INGRESS).filter(s -> s.isolates()).isPresent();
    }
}
