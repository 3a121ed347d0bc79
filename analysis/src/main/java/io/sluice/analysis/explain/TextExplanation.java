package io.sluice.analysis.explain;

import io.sluice.analysis.reason.Reasons;
import io.sluice.analysis.reason.RuleWords;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.decide.DirectionDecision;
import io.sluice.policy.decide.Step;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.TrafficRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An explanation as a page to read. */
public final class TextExplanation {
    private final Snapshot snapshot;
    private final Reasons reasons;
    private final Paint paint;
    private final Map<PolicyId, Policy> policies = new LinkedHashMap<>();

    /** How the words are emphasised; each leaves the text as it is where there is no colour. */
    public record Paint(UnaryOperator<String> good, UnaryOperator<String> bad, UnaryOperator<String> faint) {
        public static final Paint NONE =
                new Paint(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());
    }

    public TextExplanation(Snapshot snapshot, Paint paint) {
        this.snapshot = snapshot;
        this.reasons = new Reasons(snapshot);
        this.paint = paint;
        snapshot.policies().forEach(p -> policies.putIfAbsent(p.id(), p));
    }

    public String of(Explanation explanation) {
        StringBuilder out = new StringBuilder();
        String traffic = Traffic.keyText(TrafficRange.key(explanation.protocol(), explanation.port()));
        String pair = explanation.from().text() + " => " + explanation.to().text() + " : " + traffic;
        if (explanation.cases().isEmpty()) {
            out.append(pair).append(": nothing to decide\n");
        }
        for (Explanation.Case one : explanation.cases()) {
            boolean allowed = one.verdict() == Verdict.ALLOW;
            out.append(pair)
                    .append(one.targetPort() == explanation.port() ? "" : " (port " + one.targetPort() + " of the pod)")
                    .append(": ")
                    .append(
                            one.isOpen()
                                    ? "DEPENDS ON THE REQUEST"
                                    : allowed ? paint.good.apply("ALLOWED") : paint.bad.apply("DENIED"))
                    .append('\n');
            if (explanation.cases().size() > 1) {
                out.append("for ")
                        .append(one.pairs())
                        .append(one.pairs() == 1 ? " pair" : " pairs")
                        .append(" of pods, as ")
                        .append(name(one.from()))
                        .append(" => ")
                        .append(name(one.to()))
                        .append('\n');
            }
            direction(out, one.decision().egress(), one.from());
            direction(out, one.decision().ingress(), one.to());
            if (one.gate() != null) {
                out.append(GateExplanation.text(one.gate(), name(one.to()), paint));
            }
            if (one.isDeniedByGate()) {
                out.append("\nNo change of the network's policies would allow it: the gate denies it.\n");
            } else {
                changes(out, one);
            }
        }
        explanation.notes().forEach(note -> out.append("\nNote: ").append(note).append(".\n"));
        return out.toString();
    }

    static String name(Party party) {
        return switch (party) {
            case Party.OfPod(var pod, Ip ip) -> pod.fullName() + (ip == null ? "" : " (" + ip + ")");
            case Party.OfNode(var node, Ip ip) -> "node " + node.name() + (ip == null ? "" : " (" + ip + ")");
            case Party.OfNetwork(Ip ip) -> ip.toString();
        };
    }

    private void direction(StringBuilder out, DirectionDecision decision, Party subject) {
        boolean allowed = decision.verdict() == Verdict.ALLOW;
        out.append('\n')
                .append(decision.direction() == Direction.EGRESS ? "Egress of " : "Ingress of ")
                .append(name(subject))
                .append(": ")
                .append(allowed ? paint.good.apply("allowed") : paint.bad.apply("denied"))
                .append('\n');
        TraceTree.of(decision.trace(), policies, snapshot).tiers().forEach(tier -> tier(out, tier));
        out.append("  => ")
                .append(reasons.sentence(decision.direction(), decision.cause()))
                .append('\n');
        Misses.nearest(decision).ifPresent(miss -> nearest(out, miss));
    }

    private void tier(StringBuilder out, TraceTree.OfTier tier) {
        out.append("  tier ").append(tier.name());
        if (tier.policies().isEmpty()) {
            out.append(tier.asked() ? ": no policy selects it" : ": not asked").append('\n');
            return;
        }
        out.append('\n');
        for (TraceTree.OfPolicy policy : tier.policies()) {
            out.append("    ")
                    .append(policy.policy().id())
                    .append(priority(policy.policy()))
                    .append("  ")
                    .append(paint.faint.apply(policy.policy().position().fileLine()))
                    .append('\n');
            if (policy.tried().isEmpty()) {
                out.append("      no rules in this direction\n");
            }
            policy.tried().forEach(tried -> rule(out, tried));
        }
        tier.remarks().forEach(remark -> out.append("    ").append(remark).append('\n'));
        if (tier.silent()) {
            out.append("    none of these decides\n");
        }
    }

    private static String priority(Policy policy) {
        return policy.combining().isOrdered() ? " (priority " + (long) policy.priority() + ")" : "";
    }

    private void rule(StringBuilder out, Step.RuleTried tried) {
        Rule rule = tried.rule().rule();
        out.append("      ")
                .append(tried.matches() ? mark(rule.action()) : " ")
                .append(' ')
                .append(Reasons.ruleText(tried.rule()))
                .append(' ')
                .append(verb(rule.action()))
                .append(' ')
                .append(tried.rule().direction() == Direction.INGRESS ? "from " : "to ")
                .append(RuleWords.peers(rule.peers()))
                .append(" on ")
                .append(RuleWords.ports(rule.ports()))
                .append(": ")
                .append(outcome(tried))
                .append("  ")
                .append(paint.faint.apply(rule.position().fileLine()))
                .append('\n');
    }

    private String mark(Action action) {
        return switch (action) {
            case ALLOW -> paint.good.apply("+");
            case DENY -> paint.bad.apply("-");
            case PASS -> ">";
            case LOG -> " ";
        };
    }

    private static String verb(Action action) {
        return switch (action) {
            case ALLOW -> "allows";
            case DENY -> "denies";
            case PASS -> "passes";
            case LOG -> "logs";
        };
    }

    static String outcome(Step.RuleTried tried) {
        if (tried.matches()) {
            return "matches";
        }
        Rule rule = tried.rule().rule();
        if (tried.peerMatches() && tried.portMatches()) {
            return rule.application()
                    .map(demand -> "peer and port match, but it allows only " + demand + ", which is not seen here")
                    .orElse("matches, and decides nothing");
        }
        if (tried.peerMatches()) {
            return "peer matches, port does not";
        }
        return tried.portMatches() ? "port matches, peer does not" : "neither peer nor port matches";
    }

    private static void nearest(StringBuilder out, Step.RuleTried miss) {
        Rule rule = miss.rule().rule();
        out.append("  nearest miss: ")
                .append(miss.rule())
                .append(
                        miss.peerMatches()
                                ? " allows this peer, but on " + RuleWords.ports(rule.ports())
                                : " allows this port, but "
                                        + (miss.rule().direction() == Direction.INGRESS ? "from " : "to ")
                                        + RuleWords.peers(rule.peers()))
                .append(" (")
                .append(rule.position().fileLine())
                .append(")\n");
    }

    private void changes(StringBuilder out, Explanation.Case one) {
        boolean allowed = one.decision().verdict() == Verdict.ALLOW;
        List<Change> changes = one.changes();
        if (changes.isEmpty()) {
            out.append("\nNo change of one policy is known that would ")
                    .append(allowed ? "deny" : "allow")
                    .append(" it.\n");
            return;
        }
        out.append("\nSmallest change that would ")
                .append(allowed ? "deny" : "allow")
                .append(" it (tried: it does):\n");
        for (Change change : changes) {
            out.append("  ").append(change.direction()).append(": ").append(change.summary());
            if (change.position().line() > 0) {
                out.append("  ").append(paint.faint.apply(change.position().fileLine()));
            }
            out.append('\n');
            if (!change.patch().isEmpty()) {
                out.append(change.patch().indent(6));
            }
            if (!change.reach().isEmpty()) {
                out.append("    (").append(change.reach()).append(")\n");
            }
        }
    }
}
