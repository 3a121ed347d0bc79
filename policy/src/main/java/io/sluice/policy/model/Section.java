package io.sluice.policy.model;

import java.util.List;

/**
 * What a policy says about one direction.
 *
 * @param isolates whether being selected is enough to deny what no rule allows (NetworkPolicy policyTypes)
 * @param rules in the order of the text
 */
public record Section(Direction direction, boolean isolates, List<Rule> rules) {
    public Section {
        rules = List.copyOf(rules);
    }
}
