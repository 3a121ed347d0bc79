package io.sluice.analysis.decide;

import io.sluice.analysis.output.Bytes;
import io.sluice.analysis.output.JsonWriter;
import io.sluice.analysis.reason.Reasons;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Answers as text. What is said of a cause is written once and copied from then on: an answer is a few pieces of it. The
 * table has one object for a cause, so that a cause is known by its identity: hashing one would read all its policies.
 */
final class AnswerText {
    private static final byte[] SEPARATOR = bytes("; ");
    private static final byte[] REASON = bytes("],\"reason\":\"");

    private final Reasons reasons;
    private final Map<Cause, Piece> egress = new IdentityHashMap<>();
    private final Map<Cause, Piece> ingress = new IdentityHashMap<>();

    /**
     * @param bearers items of {@code decidedBy}, separated by commas
     * @param sentence as the content of a JSON string
     */
    private record Piece(byte[] bearers, byte[] sentence, String plain) {}

    AnswerText(Snapshot snapshot) {
        reasons = new Reasons(snapshot);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The head of each answer: the verdicts, up to the list of what bears them. */
    private enum Head {
        BOTH(Verdict.ALLOW, Verdict.ALLOW),
        INGRESS_DENIES(Verdict.ALLOW, Verdict.DENY),
        EGRESS_DENIES(Verdict.DENY, Verdict.ALLOW),
        NEITHER(Verdict.DENY, Verdict.DENY);

        private final byte[] text;

        Head(Verdict egress, Verdict ingress) {
            Verdict both = egress == Verdict.ALLOW ? ingress : egress;
            text = bytes("\"verdict\":\"" + both + "\",\"ingress\":\"" + ingress + "\",\"egress\":\"" + egress
                    + "\",\"decidedBy\":[");
        }

        static Head of(Answer answer) {
            boolean out = answer.egress().verdict() == Verdict.ALLOW;
            boolean in = answer.ingress().verdict() == Verdict.ALLOW;
            return out ? in ? BOTH : INGRESS_DENIES : in ? EGRESS_DENIES : NEITHER;
        }
    }

    /** Appends the members of an answer, from {@code "verdict"} to {@code "reason"}, without braces. */
    void write(Answer answer, Bytes out) {
        Head head = Head.of(answer);
        // What bears the verdict: of a denial, the directions that deny.
        boolean byGate = answer.networkAllows() && answer.gateDenies();
        boolean ofEgress = head != Head.INGRESS_DENIES && !byGate;
        boolean ofIngress = head != Head.EGRESS_DENIES && !byGate;
        Piece one = piece(Direction.EGRESS, answer.egress());
        Piece other = piece(Direction.INGRESS, answer.ingress());
        out.add(answer.gate() == null ? head.text : GateText.head(answer));
        if (byGate) {
            out.add(GateText.bearer(answer));
        }
        if (ofEgress) {
            out.add(one.bearers);
        }
        if (ofEgress && ofIngress && one.bearers.length > 0 && other.bearers.length > 0) {
            out.add(',');
        }
        if (ofIngress) {
            out.add(other.bearers);
        }
        out.add(REASON);
        if (ofEgress) {
            out.add(one.sentence);
        }
        if (ofEgress && ofIngress) {
            out.add(SEPARATOR);
        }
        if (ofIngress) {
            out.add(other.sentence);
        }
        if (byGate) {
            out.add(GateText.quotedReason(answer));
        }
        out.add('"');
        if (answer.gate() != null) {
            out.add(GateText.member(answer));
        }
    }

    /** The same reason as a plain sentence. */
    String reason(Answer answer) {
        String one = piece(Direction.EGRESS, answer.egress()).plain;
        String other = piece(Direction.INGRESS, answer.ingress()).plain;
        if (answer.networkAllows() && answer.gate() != null) {
            return answer.gateDenies() ? GateText.reason(answer) : one + "; " + other + "; " + GateText.reason(answer);
        }
        return switch (Head.of(answer)) {
            case BOTH, NEITHER -> one + "; " + other;
            case EGRESS_DENIES -> one;
            case INGRESS_DENIES -> other;
        };
    }

    private Piece piece(Direction direction, Cause cause) {
        Map<Cause, Piece> pieces = direction == Direction.EGRESS ? egress : ingress;
        Piece known = pieces.get(cause);
        if (known == null) {
            known = write(direction, cause);
            pieces.put(cause, known);
        }
        return known;
    }

    private Piece write(Direction direction, Cause cause) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.compact(out).array();
        for (Reasons.Bearer bearer : reasons.bearers(direction, cause)) {
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
        json.endArray();
        String plain = reasons.sentence(direction, cause);
        StringBuilder quoted = new StringBuilder();
        JsonWriter.string(quoted, plain);
        return new Piece(
                bytes(out.substring(1, out.length() - 1)), bytes(quoted.substring(1, quoted.length() - 1)), plain);
    }
}
