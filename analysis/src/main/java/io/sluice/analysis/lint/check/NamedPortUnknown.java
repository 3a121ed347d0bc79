package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import java.util.List;
import java.util.TreeSet;

/** A port name that no destination pod gives to a port. */
final class NamedPortUnknown implements Check {
    private static final About ABOUT = new About(
            "named-port-unknown",
            Severity.WARNING,
            "A rule names a port that none of its destination pods has.",
            "A port name is looked up on each destination pod, among the ports of its containers, with the protocol of"
                    + " the rule (TCP where none is written). A pod without such a port is not opened at all. The name"
                    + " of a Service's port does not count.",
            "Write the name of the container port, or its number.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        for (PolicyText text : cluster.policies()) {
            for (Section section : text.policy().sections()) {
                for (int r = 0; r < section.rules().size(); r++) {
                    inspect(cluster, text, section.direction(), section.rules().get(r), r, findings);
                }
            }
        }
    }

    private static void inspect(
            Cluster cluster, PolicyText text, Direction direction, Rule rule, int number, Findings findings) {
        if (rule.ports().stream().noneMatch(PortMatch.Named.class::isInstance)) {
            return;
        }
        List<PodGroup> destinations = Destinations.of(cluster, text.policy(), direction, rule);
        if (destinations.isEmpty()) {
            return;
        }
        for (int p = 0; p < rule.ports().size(); p++) {
            if (rule.ports().get(p) instanceof PortMatch.Named named
                    && destinations.stream().noneMatch(group -> has(group, named))) {
                findings.add(
                        text.at(text.port(direction, number, p)),
                        "none of " + PodGroup.workloads(destinations) + " has a port named " + Words.of(named)
                                + instead(destinations, named));
            }
        }
    }

    private static boolean has(PodGroup group, PortMatch.Named named) {
        return group.pods().stream().anyMatch(pod -> pod.ports().stream().anyMatch(named::names));
    }

    private static String instead(List<PodGroup> groups, PortMatch.Named named) {
        TreeSet<String> names = new TreeSet<>();
        for (PodGroup group : groups) {
            for (Pod pod : group.pods()) {
                for (ContainerPort port : pod.ports()) {
                    if (port.name().equals(named.name())) {
                        return "; they have it over " + port.protocol();
                    }
                    if (!port.name().isEmpty()) {
                        names.add(port.name());
                    }
                }
            }
        }
        return names.isEmpty() || names.size() > 5 ? "" : "; they have " + String.join(", ", names);
    }
}
