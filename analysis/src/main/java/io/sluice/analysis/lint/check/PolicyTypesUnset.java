package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import java.util.List;
import java.util.Locale;

/** A policy without policyTypes whose default is not what its text seems to mean. */
final class PolicyTypesUnset implements Check {
    private static final About ABOUT = new About(
            "policy-types-unset",
            Severity.WARNING,
            "policyTypes is left out, and its default is not what the policy seems to mean.",
            "Without policyTypes a policy isolates ingress always, and egress only if it has an egress rule. So egress:"
                    + " [] denies nothing, and a policy with egress rules alone also denies all ingress.",
            "Write policyTypes.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            if (text.isNetworkPolicy() && text.text().has("spec") && text.text().size("spec", "policyTypes") == 0) {
                inspect(cluster, text, findings);
            }
        }
    }

    private static void inspect(Cluster cluster, PolicyText text, Findings findings) {
        ObjectText object = text.text();
        boolean egressRules = object.size("spec", "egress") > 0;
        String name = text.policy().id().name().toLowerCase(Locale.ROOT);
        if (!egressRules && object.has("spec", "egress")) {
            findings.add(
                    object.keyAt("spec", "egress"),
                    "without policyTypes an egress without rules isolates nothing: all egress stays allowed",
                    "Write policyTypes: [Ingress, Egress] to deny egress.");
        } else if (!egressRules && (name.contains("egress") || name.contains("deny-all"))) {
            findings.add(
                    text.position(),
                    "the policy is named " + text.policy().id().name()
                            + ", but without policyTypes and egress rules it leaves egress open",
                    "Write policyTypes: [Ingress, Egress].");
        } else if (egressRules && !object.has("spec", "ingress") && closesIngress(cluster, text.policy())) {
            findings.add(
                    text.position(),
                    "without policyTypes a policy with egress rules alone also isolates ingress: nothing may come in",
                    "Write policyTypes: [Egress].");
        }
    }

    /** Whether some pod is isolated for ingress by this policy alone. */
    private static boolean closesIngress(Cluster cluster, Policy policy) {
        List<PodGroup> selected = cluster.pods()
                .of(cluster.pods()
                        .select(policy.subject().namespaces(), policy.subject().pods()));
        return selected.isEmpty()
                || selected.stream()
                        .anyMatch(group -> cluster.reach().policies(group.pods().getFirst()).stream()
                                .noneMatch(p -> p != policy
                                        && p.section(Direction.INGRESS).isPresent()));
    }
}
