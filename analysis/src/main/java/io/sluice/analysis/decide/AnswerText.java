package io.sluice.analysis.decide;

import io.sluice.analysis.output.JsonWriter;
import io.sluice.analysis.reason.Reasons;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers as text, each pair of causes written once. The table has one object for a cause, so that a cause is known by
 * its identity: hashing one would read all of its policies.
 */
final class AnswerText {
    private static final int MOST = 1 << 16;

    private final Reasons reasons;
    private final Map<Cause, Integer> numbers = new IdentityHashMap<>();
    private final Map<Long, byte[]> members = new HashMap<>();

    AnswerText(Snapshot snapshot) {
        reasons = new Reasons(snapshot);
    }

    /** The members to append to a question: from {@code "verdict"} to {@code "reason"}, without braces. */
    byte[] members(Answer answer) {
        long key = (long) number(answer.egress()) << 32 | number(answer.ingress());
        byte[] known = members.get(key);
        if (known == null) {
            if (members.size() >= MOST) {
                members.clear();
            }
            known = write(answer).getBytes(StandardCharsets.UTF_8);
            members.put(key, known);
        }
        return known;
    }

    private int number(Cause cause) {
        Integer known = numbers.get(cause);
        if (known == null) {
            known = numbers.size();
            numbers.put(cause, known);
        }
        return known;
    }

    private String write(Answer answer) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.compact(out)
                .object()
                .member("verdict", answer.verdict().toString())
                .member("ingress", answer.ingress().verdict().toString())
                .member("egress", answer.egress().verdict().toString())
                .name("decidedBy")
                .array();
        for (Reasons.Bearer bearer : bearers(answer)) {
            json.object()
                    .member("direction", bearer.direction().toString())
                    .member("kind", bearer.policy().kind())
                    .member("namespace", bearer.policy().namespace())
                    .member("name", bearer.policy().name())
                    .member("rule", bearer.rule().isEmpty() ? null : bearer.rule())
                    .member("file", bearer.position().file())
                    .member("line", bearer.position().line())
                    .endObject();
        }
        json.endArray().member("reason", reason(answer)).endObject();
        return out.substring(1, out.length() - 1);
    }

    /** Those that bear the verdict: of a denial, the directions that deny. */
    private List<Reasons.Bearer> bearers(Answer answer) {
        List<Reasons.Bearer> all = new ArrayList<>();
        if (answer.egress().verdict() == answer.verdict()) {
            all.addAll(reasons.bearers(Direction.EGRESS, answer.egress()));
        }
        if (answer.ingress().verdict() == answer.verdict()) {
            all.addAll(reasons.bearers(Direction.INGRESS, answer.ingress()));
        }
        return all;
    }

    String reason(Answer answer) {
        String egress = reasons.sentence(Direction.EGRESS, answer.egress());
        String ingress = reasons.sentence(Direction.INGRESS, answer.ingress());
        if (answer.verdict() == Verdict.ALLOW
                || answer.egress().verdict() == answer.ingress().verdict()) {
            return egress + "; " + ingress;
        }
        return answer.egress().verdict() == Verdict.DENY ? egress : ingress;
    }
}
