package io.sluice.policy.gate;

import io.sluice.policy.model.GateMatch;
import io.sluice.policy.model.GatePolicy.Action;
import io.sluice.policy.model.GateRule;
import io.sluice.policy.model.GateTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether rules match.
 *
 * <p>On a port of plain TCP nothing is known of HTTP. A rule that allows and asks for it matches nothing there, as a
 * whole; of other rules what asks for it is dropped, so that they match more ("resulting in a wider deny", Istio
 * pilot/pkg/security/authz/model, checkError).
 *
 * @param http whether the proxy reads HTTP on this port
 */
record Matching(Facts facts, boolean http) {
    Truth rule(GateRule rule, Action action) {
        if (!http
                && action == Action.ALLOW
                && rule.terms().anyMatch(t -> t.attribute().httpOnly())) {
            return Truth.FALSE;
        }
        return Truth.all(
                List.of(alternatives(rule.sources()), alternatives(rule.operations()), every(rule.conditions())));
    }

    private Truth alternatives(List<List<GateTerm>> alternatives) {
        return alternatives.isEmpty()
                ? Truth.TRUE
                : Truth.any(alternatives.stream().map(this::every).toList());
    }

    private Truth every(List<GateTerm> terms) {
        return Truth.all(terms.stream()
                .filter(t -> http || !t.attribute().httpOnly())
                .map(this::term)
                .toList());
    }

    Truth term(GateTerm term) {
        List<Truth> parts = new ArrayList<>(2);
        if (!term.values().isEmpty()) {
            parts.add(one(term, term.values()));
        }
        if (!term.notValues().isEmpty()) {
            parts.add(one(term, term.notValues()).not());
        }
        return Truth.all(parts);
    }

    private Truth one(GateTerm term, List<GateMatch> matches) {
        Optional<List<String>> values = facts.values(term.attribute(), term.key(), http);
        if (values.isEmpty()) {
            boolean certain =
                    Facts.isAlwaysThere(term.attribute()) && matches.stream().anyMatch(GateMatch::isPresence);
            return certain ? Truth.TRUE : Truth.unknown(term.attribute().words(term.key()));
        }
        return Truth.of(
                values.get().stream().anyMatch(value -> matches.stream().anyMatch(match -> match.matches(value))));
    }
}
