package io.sluice.policy.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * Matches a request that comes from one of the sources, asks for one of the operations and fulfils every condition.
 *
 * @param sources each with terms of which every one holds; no source at all is everybody
 * @param operations the same of what is asked for
 */
public record GateRule(
        List<List<GateTerm>> sources,
        List<List<GateTerm>> operations,
        List<GateTerm> conditions,
        SourcePosition position) {
    public GateRule {
        sources = sources.stream().map(List::copyOf).toList();
        operations = operations.stream().map(List::copyOf).toList();
        conditions = List.copyOf(conditions);
    }

    /** Everything that it asks, wherever it stands. */
    public Stream<GateTerm> terms() {
        return Stream.concat(
                Stream.concat(sources.stream(), operations.stream()).flatMap(List::stream), conditions.stream());
    }
}
