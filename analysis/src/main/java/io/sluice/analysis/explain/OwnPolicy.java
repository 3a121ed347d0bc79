package io.sluice.analysis.explain;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Subject;
import java.util.List;

/** A NetworkPolicy that selects one workload and isolates it in one direction, with rules to come. */
final class OwnPolicy {
    private OwnPolicy() {}

    static Policy of(Pod subject, Reach reach, Direction direction) {
        return Policy.network(
                new PolicyId("NetworkPolicy", subject.namespace(), name(subject, direction)),
                SourcePosition.NONE,
                new Subject(new NamespaceMatch.Named(subject.namespace()), Selector.labels(reach.labelsOf(subject))),
                List.of(Section.ofNetworkPolicy(direction, List.of())));
    }

    /** Its text up to where the rules of the direction are listed. */
    static String text(Policy policy, Pod subject, Reach reach, Direction direction) {
        return Dialect.defaultDeny(policy.id().namespace(), policy.id().name(), reach.labelsOf(subject), direction)
                + "  " + direction + ":\n";
    }

    static String name(Pod subject, Direction direction) {
        return subject.workload().name() + "-" + direction;
    }
}
