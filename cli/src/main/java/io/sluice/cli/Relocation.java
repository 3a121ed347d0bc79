package io.sluice.cli;

import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;

/**
 * Positions in files that lie elsewhere for the time being, such as those of a revision.
 *
 * @param prefix what every path begins with
 * @param shown what a person knows in its place
 */
record Relocation(String prefix, String shown) {
    static final Relocation NONE = new Relocation("", "");

    String text(String message) {
        return prefix.isEmpty() ? message : message.replace(prefix, shown);
    }

    Snapshot snapshot(Snapshot snapshot) {
        return prefix.isEmpty()
                ? snapshot
                : snapshot.withPolicies(
                        snapshot.policies().stream().map(this::policy).toList());
    }

    private Policy policy(Policy policy) {
        return new Policy(
                policy.id(),
                position(policy.position()),
                policy.tier(),
                policy.priority(),
                policy.combining(),
                policy.subject(),
                policy.sections().stream().map(this::section).toList());
    }

    private Section section(Section section) {
        return section.with(section.rules().stream()
                .map(rule -> rule.at(position(rule.position())))
                .toList());
    }

    private SourcePosition position(SourcePosition position) {
        return position.file().startsWith(prefix)
                ? new SourcePosition(
                        shown + position.file().substring(prefix.length()), position.line(), position.column())
                : position;
    }
}
