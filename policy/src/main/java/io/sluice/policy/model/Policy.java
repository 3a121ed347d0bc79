package io.sluice.policy.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A policy of any dialect.
 *
 * @param position where its document begins
 * @param priority within the tier, lower first
 * @param sections at most one a direction; a direction without one is not touched by the policy
 */
public record Policy(
        PolicyId id,
        SourcePosition position,
        Tier tier,
        double priority,
        Combining combining,
        Subject subject,
        List<Section> sections) {
    /** Where NetworkPolicies stand among the ordered policies of their tier (Calico's order of a Kubernetes policy). */
    public static final double NETWORK_POLICY_PRIORITY = 1_000;

    /**
     * The order of evaluation: by tier, then by priority; then the ordered ones first; then by name where that counts,
     * and by id, so that every answer is the same one whatever order the policies came in.
     */
    public static final Comparator<Policy> EVALUATION_ORDER = Comparator.comparing(Policy::tier)
            .thenComparingDouble(Policy::priority)
            .thenComparing(p -> !p.combining().isOrdered())
            .thenComparing(Policy::byName)
            .thenComparing(Policy::id);

    public Policy {
        sections = List.copyOf(sections);
    }

    /**
     * Calico compares the texts {@code name/namespace}, so that a hyphen or a dot comes before the end of a name:
     * {@code web-old} before {@code web} (felix/calc/policy_sorter.go since v3.31).
     */
    private static int byName(Policy a, Policy b) {
        boolean named = a.combining == Combining.FIRST_MATCH_BY_NAME;
        boolean otherNamed = b.combining == Combining.FIRST_MATCH_BY_NAME;
        return named && otherNamed
                ? (a.id.name() + "/" + a.id.namespace()).compareTo(b.id.name() + "/" + b.id.namespace())
                : Boolean.compare(named, otherNamed);
    }

    /** A NetworkPolicy. */
    public static Policy network(PolicyId id, SourcePosition position, Subject subject, List<Section> sections) {
        return new Policy(
                id,
                position,
                Tier.NETWORK_POLICY,
                NETWORK_POLICY_PRIORITY,
                Combining.DENY_OVERRIDES,
                subject,
                sections);
    }

    public Optional<Section> section(Direction direction) {
        return sections.stream().filter(s -> s.direction() == direction).findFirst();
    }

    /** Whether the other is decided together with this one: same tier, same priority, no order between them. */
    public boolean isCombinedWith(Policy other) {
        return combining == Combining.DENY_OVERRIDES
                && other.combining == Combining.DENY_OVERRIDES
                && priority == other.priority
                && tier.equals(other.tier);
    }

    /** The same with other sections. */
    public Policy with(List<Section> others) {
        return new Policy(id, position, tier, priority, combining, subject, others);
    }
}
