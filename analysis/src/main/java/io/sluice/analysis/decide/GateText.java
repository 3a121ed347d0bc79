package io.sluice.analysis.decide;

import io.sluice.analysis.output.JsonWriter;
import io.sluice.policy.gate.GateCause;
import io.sluice.policy.gate.GateDecision;
import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.SourcePosition;
import java.nio.charset.StandardCharsets;

/** The gate's part of an answer. */
final class GateText {
    private GateText() {}

    private static GateDecision gate(Answer answer) {
        GateDecision gate = answer.gate();
        if (gate == null) {
            throw new IllegalStateException("no gate speaks of the destination");
        }
        return gate;
    }

    /** From {@code "verdict"} up to the list of what bears it. */
    static byte[] head(Answer answer) {
        return bytes("\"verdict\":\"" + answer.word() + "\",\"ingress\":\""
                + answer.ingress().verdict() + "\",\"egress\":\""
                + answer.egress().verdict() + "\",\"decidedBy\":[");
    }

    /** What bears the gate's verdict, as an item of {@code decidedBy}; nothing where it is no rule. */
    static byte[] bearer(Answer answer) {
        return bytes(
                switch (gate(answer).cause()) {
                    case GateCause.ByRule by -> bearer(by.policy(), by.rule(), by.position());
                    case GateCause.SeveralProviders(GatePolicy policy, int rule, var _) ->
                        bearer(policy, rule, policy.rules().get(rule).position());
                    case GateCause.NoAllowRule _,
                            GateCause.NoAllowPolicy _,
                            GateCause.Plaintext _,
                            GateCause.Open _,
                            GateCause.NotGuarded _ -> "";
                });
    }

    private static String bearer(GatePolicy policy, int rule, SourcePosition position) {
        StringBuilder out = new StringBuilder();
        JsonWriter.compact(out)
                .object()
                .member("direction", "gate")
                .member("kind", policy.id().kind())
                .member("namespace", policy.id().namespace())
                .member("name", policy.id().name())
                .member("rule", "rules[" + rule + "]")
                .member("file", position.file())
                .member("line", position.line())
                .endObject();
        return out.toString();
    }

    /** The member {@code gate} with the comma before it. */
    static byte[] member(Answer answer) {
        GateDecision gate = gate(answer);
        StringBuilder out = new StringBuilder(",\"gate\":");
        JsonWriter json = JsonWriter.compact(out)
                .object()
                .member("verdict", gate.outcome().toString())
                .member("reason", gate.cause().toString());
        if (!gate.dependsOn().isEmpty()) {
            json.name("dependsOn").array();
            gate.dependsOn().forEach(json::value);
            json.endArray();
        }
        json.endObject();
        return bytes(out.toString());
    }

    static String reason(Answer answer) {
        return "gate: " + gate(answer).cause();
    }

    /** The same as the content of a JSON string. */
    static byte[] quotedReason(Answer answer) {
        StringBuilder quoted = new StringBuilder();
        JsonWriter.string(quoted, reason(answer));
        return bytes(quoted.substring(1, quoted.length() - 1));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
