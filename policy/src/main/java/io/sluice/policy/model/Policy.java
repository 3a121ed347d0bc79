package io.sluice.policy.model;

import java.util.Comparator;
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
    /**
     * The order of evaluation: by tier; in a first-match tier by priority; then by id, so that every answer is the same
     * one whatever order the policies came in.
     */
    public static final Comparator<Policy> EVALUATION_ORDER = Comparator.comparing(Policy::tier)
            .thenComparingDouble(p -> p.tier().combining() == Tier.Combining.FIRST_MATCH ? p.priority() : 0)
            .thenComparing(Policy::id);

    public Policy {
        sections = List.copyOf(sections);
    }

    public Optional<Section> section(Direction direction) {
        return sections.stream().filter(s -> s.direction() == direction).findFirst();
    }
}
