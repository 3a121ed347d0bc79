package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.analysis.lint.check.Destinations.Served;
import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import java.util.Optional;
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
        Destinations destinations = new Destinations(cluster);
        for (PolicyText text : cluster.policies()) {
            for (Section section : text.policy().sections()) {
                for (int r = 0; r < section.rules().size(); r++) {
                    inspect(
                            destinations,
                            text,
                            section.direction(),
                            section.rules().get(r),
                            r,
                            findings);
                }
            }
        }
    }

    private static void inspect(
            Destinations destinations, PolicyText text, Direction direction, Rule rule, int number, Findings findings) {
        for (int p = 0; p < rule.ports().size(); p++) {
            if (rule.ports().get(p) instanceof PortMatch.Named named) {
                Optional<Served> served = destinations.of(text.policy(), direction, rule);
                if (served.isPresent() && !served.get().has(named)) {
                    findings.add(
                            text.at(text.port(direction, number, p)),
                            "none of " + served.get().workloads() + " has a port named " + Words.of(named)
                                    + instead(served.get(), named));
                }
            }
        }
    }

    private static String instead(Served served, PortMatch.Named named) {
        for (ContainerPort port : served.ports()) {
            if (port.name().equals(named.name())) {
                return "; they have it over " + port.protocol();
            }
        }
        TreeSet<String> names = served.names();
        return names.isEmpty() || names.size() > 5 ? "" : "; they have " + String.join(", ", names);
    }
}
