package io.sluice.policy.model;

/**
 * A rule by its place.
 *
 * @param index from 0, in the order of the text
 */
public record RuleRef(Policy policy, Direction direction, int index) {
    public Rule rule() {
        return policy.section(direction).orElseThrow().rules().get(index);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RuleRef(Policy p, Direction d, int i)
                && i == index
                && d == direction
                && p.id().equals(policy.id());
    }

    @Override
    public int hashCode() {
        return 31 * (31 * policy.id().hashCode() + direction.hashCode()) + index;
    }

    /** {@code Kind namespace/name ingress[0]}. */
    @Override
    public String toString() {
        return policy.id() + " " + direction + "[" + index + "]";
    }
}
