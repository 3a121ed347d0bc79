package io.sluice.analysis.explain;

import io.sluice.analysis.output.JsonWriter;
import io.sluice.policy.gate.GateDecision;
import io.sluice.policy.gate.GateStep;
import io.sluice.policy.gate.Truth;
import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.GateRule;
import io.sluice.policy.model.GateTerm;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.SourcePosition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the gate at the destination made of a request, with every rule it looked at. */
final class GateExplanation {
    private GateExplanation() {}

    static String text(GateDecision gate, String destination, TextExplanation.Paint paint) {
        StringBuilder out = new StringBuilder("\nGate of " + destination + ": ");
        out.append(
                        switch (gate.outcome()) {
                            case ALLOW -> paint.good().apply("allowed");
                            case DENY -> paint.bad().apply("denied");
                            case ASK -> "somebody else is asked";
                            case DEPENDS -> "depends on the request";
                        })
                .append('\n');
        Optional<PolicyId> last = Optional.empty();
        for (GateStep step : gate.trace()) {
            GatePolicy policy = step.policy();
            if (!last.equals(Optional.of(policy.id()))) {
                out.append("    ")
                        .append(policy.id())
                        .append(" (")
                        .append(policy.action())
                        .append(step.enforced() ? ")  " : ", not enforced here)  ")
                        .append(paint.faint().apply(policy.position().fileLine()))
                        .append('\n');
            }
            last = Optional.of(policy.id());
            rule(out, step, paint);
        }
        return out.append("  => ").append(gate.cause()).append('\n').toString();
    }

    private static void rule(StringBuilder out, GateStep step, TextExplanation.Paint paint) {
        if (step.rule() < 0) {
            out.append("        no rules: matches nothing\n");
            return;
        }
        GateRule rule = step.policy().rules().get(step.rule());
        out.append("      ")
                .append(step.matches().isTrue() ? "*" : " ")
                .append(" rules[")
                .append(step.rule())
                .append("] ")
                .append(words(rule))
                .append(": ")
                .append(outcome(step.matches()))
                .append("  ")
                .append(paint.faint().apply(rule.position().fileLine()))
                .append('\n');
    }

    private static String outcome(Truth matches) {
        if (matches.isUnknown()) {
            return "depends on " + String.join(", ", matches.on());
        }
        return matches.isTrue() ? "matches" : "does not match";
    }

    private static String words(GateRule rule) {
        List<String> parts = java.util.stream.Stream.of(
                        alternatives(rule.sources()), alternatives(rule.operations()), terms(rule.conditions()))
                .filter(text -> !text.isEmpty())
                .toList();
        return parts.isEmpty() ? "everything" : String.join("; ", parts);
    }

    private static String alternatives(List<List<GateTerm>> alternatives) {
        return alternatives.stream().map(GateExplanation::terms).collect(Collectors.joining(", or "));
    }

    private static String terms(List<GateTerm> terms) {
        return terms.stream().map(GateTerm::toString).collect(Collectors.joining(", "));
    }

    static void json(JsonWriter json, GateDecision gate) {
        json.object()
                .member("verdict", gate.outcome().toString())
                .member("reason", gate.cause().toString())
                .name("dependsOn")
                .array();
        gate.dependsOn().forEach(json::value);
        json.endArray().name("rules").array();
        for (GateStep step : gate.trace()) {
            GatePolicy policy = step.policy();
            SourcePosition position = step.rule() < 0
                    ? policy.position()
                    : policy.rules().get(step.rule()).position();
            json.object()
                    .member("kind", policy.id().kind())
                    .member("namespace", policy.id().namespace())
                    .member("name", policy.id().name())
                    .member("action", policy.action().name())
                    .member("rule", step.rule() < 0 ? null : "rules[" + step.rule() + "]")
                    .member("enforced", step.enforced())
                    .member("outcome", step.rule() < 0 ? "no rules" : outcome(step.matches()))
                    .member("file", position.file())
                    .member("line", position.line())
                    .endObject();
        }
        json.endArray().endObject();
    }
}
