package io.sluice.analysis.explain;

import io.sluice.analysis.output.JsonWriter;
import io.sluice.analysis.reason.Reasons;
import io.sluice.analysis.reason.RuleWords;
import io.sluice.policy.decide.DirectionDecision;
import io.sluice.policy.decide.Step;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Explanations as JSON: what {@link TextExplanation} says, for programs. */
public final class JsonExplanation {
    private final Snapshot snapshot;
    private final Reasons reasons;
    private final Map<PolicyId, Policy> policies = new LinkedHashMap<>();

    public JsonExplanation(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.reasons = new Reasons(snapshot);
        snapshot.policies().forEach(p -> policies.putIfAbsent(p.id(), p));
    }

    /** {@code {"explanations":[…]}}, one for each port. */
    public String of(List<Explanation> explanations) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out).object().name("explanations").array();
        explanations.forEach(explanation -> write(json, explanation));
        json.endArray().endObject();
        return out.append('\n').toString();
    }

    private void write(JsonWriter json, Explanation explanation) {
        json.object()
                .member("from", explanation.from().text())
                .member("to", explanation.to().text())
                .member("protocol", explanation.protocol().toString())
                .member("port", explanation.port());
        if (!explanation.cases().isEmpty()) {
            json.member("verdict", explanation.verdict().toString());
        }
        json.name("cases").array();
        for (Explanation.Case one : explanation.cases()) {
            json.object()
                    .member("from", TextExplanation.name(one.from()))
                    .member("to", TextExplanation.name(one.to()))
                    .member("targetPort", one.targetPort())
                    .member("pairs", one.pairs())
                    .member("verdict", one.isOpen() ? "depends" : one.verdict().toString());
            direction(json, one.decision().egress());
            direction(json, one.decision().ingress());
            if (one.gate() != null) {
                GateExplanation.json(json.name("gate"), one.gate());
            }
            json.name("changes").array();
            one.changes().forEach(change -> change(json, change));
            json.endArray().endObject();
        }
        json.endArray().name("notes").array();
        explanation.notes().forEach(json::value);
        json.endArray().endObject();
    }

    private void direction(JsonWriter json, DirectionDecision decision) {
        json.name(decision.direction().toString())
                .object()
                .member("verdict", decision.verdict().toString())
                .member("reason", reasons.sentence(decision.direction(), decision.cause()))
                .name("decidedBy")
                .array();
        for (Reasons.Bearer bearer : reasons.bearers(decision.direction(), decision.cause())) {
            policy(json.object(), bearer.policy());
            json.member("rule", bearer.rule().isEmpty() ? null : bearer.rule());
            position(json, bearer.position());
            json.endObject();
        }
        json.endArray().name("tiers").array();
        for (TraceTree.OfTier tier :
                TraceTree.of(decision.trace(), policies, snapshot).tiers()) {
            json.object().member("tier", tier.name()).member("asked", tier.asked());
            json.name("policies").array();
            for (TraceTree.OfPolicy one : tier.policies()) {
                policy(json.object(), one.policy().id());
                position(json, one.policy().position());
                json.name("rules").array();
                one.tried().forEach(tried -> rule(json, tried));
                json.endArray().endObject();
            }
            json.endArray().name("remarks").array();
            tier.remarks().forEach(json::value);
            json.endArray().endObject();
        }
        json.endArray();
        Misses.nearest(decision).ifPresent(miss -> rule(json.name("nearestMiss"), miss));
        json.endObject();
    }

    private static void rule(JsonWriter json, Step.RuleTried tried) {
        Rule rule = tried.rule().rule();
        policy(json.object(), tried.rule().policy().id());
        json.member("rule", Reasons.ruleText(tried.rule()))
                .member("action", rule.action().name().toLowerCase(Locale.ROOT))
                .member("peers", RuleWords.peers(rule.peers()))
                .member("ports", RuleWords.ports(rule.ports()))
                .member("peerMatches", tried.peerMatches())
                .member("portMatches", tried.portMatches())
                .member("outcome", TextExplanation.outcome(tried));
        position(json, rule.position());
        json.endObject();
    }

    private static void change(JsonWriter json, Change change) {
        json.object()
                .member("direction", change.direction().toString())
                .member("summary", change.summary())
                .member("patch", change.patch())
                .member("reach", change.reach());
        position(json, change.position());
        json.endObject();
    }

    private static void policy(JsonWriter json, PolicyId id) {
        json.member("kind", id.kind()).member("namespace", id.namespace()).member("name", id.name());
    }

    private static void position(JsonWriter json, SourcePosition position) {
        json.member("file", position.file()).member("line", position.line());
    }
}
