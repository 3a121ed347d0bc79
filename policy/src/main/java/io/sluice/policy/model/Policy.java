package io.sluice.policy.model;

import java.util.List;
import java.util.Optional;

/**
 * A policy of any dialect.
 *
 * @param position where its document begins
 * @param priority within the tier, lower first; 0 where the tier has no order
 * @param sections at most one a direction; a direction without one is not touched by the policy
 */
public record Policy(
        PolicyId id, SourcePosition position, Tier tier, double priority, Subject subject, List<Section> sections) {
    public Policy {
        sections = List.copyOf(sections);
    }

    public Optional<Section> section(Direction direction) {
        return sections.stream().filter(s -> s.direction() == direction).findFirst();
    }
}
