package io.sluice.analysis.lint.check;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Subject;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What rules and policies say, without their names, places and the order of what has none. */
final class Sameness {
    private Sameness() {}

    record SameRule(Action action, Set<Peer> peers, Set<PortMatch> ports) {}

    record SameSection(Direction direction, boolean isolates, Object rules) {}

    record SamePolicy(Subject subject, String tier, double priority, Set<SameSection> sections) {}

    static SameRule of(Rule rule) {
        return new SameRule(rule.action(), new HashSet<>(rule.peers()), new HashSet<>(rule.ports()));
    }

    static SamePolicy of(Policy policy) {
        Set<SameSection> sections = new HashSet<>();
        for (Section section : policy.sections()) {
            List<SameRule> rules = section.rules().stream().map(Sameness::of).toList();
            sections.add(new SameSection(
                    section.direction(),
                    section.isolates(),
                    switch (policy.combining()) {
                        case FIRST_MATCH, FIRST_MATCH_BY_NAME -> rules;
                        case DENY_OVERRIDES -> new LinkedHashSet<>(rules);
                    }));
        }
        return new SamePolicy(policy.subject(), policy.tier().name(), policy.priority(), sections);
    }
}
