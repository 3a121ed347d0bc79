package io.sluice.analysis.redundancy;

import io.sluice.analysis.output.JsonWriter;
import io.sluice.analysis.reason.Reasons;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.net.Ip;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A report as lines, {@code file:line: what: why}, or as JSON. */
public final class CheckText {
    private final CheckReport report;

    public CheckText(CheckReport report) {
        this.report = report;
    }

    public String text() {
        StringBuilder out = new StringBuilder();
        for (Redundancy.Superfluous one : report.redundancy().superfluous()) {
            out.append(position(one).fileLine())
                    .append(": ")
                    .append(subject(one))
                    .append(": ")
                    .append(why(one))
                    .append('\n');
        }
        for (Ambiguities.Ambiguity one : report.ambiguities()) {
            out.append(one.other().rule().position().fileLine())
                    .append(": ")
                    .append(ambiguity(one))
                    .append('\n');
        }
        for (RuleRef rule : report.redundancy().idle()) {
            out.append(rule.rule().position().fileLine())
                    .append(": note: ")
                    .append(idle(rule))
                    .append('\n');
        }
        long rules = report.redundancy().superfluous().stream()
                .filter(s -> s.rule().isPresent())
                .count();
        long policies = report.redundancy().superfluous().size() - rules;
        out.append(
                report.isClean()
                        ? "Nothing superfluous: every policy has an effect, every rule decides, no order is left open.\n"
                        : policies + " without effect, " + rules + " superfluous rules in other policies, "
                                + report.ambiguities().size() + " ambiguous pairs of rules.\n");
        return out.toString();
    }

    public String json() {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out).object().name("superfluous").array();
        for (Redundancy.Superfluous one : report.redundancy().superfluous()) {
            policy(json.object(), one.policy().id());
            json.member("rule", one.rule().map(Reasons::ruleText).orElse(null))
                    .member("why", one.why().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .member("message", subject(one) + ": " + why(one))
                    .name("cover")
                    .array();
            for (String cover : cover(one)) {
                json.value(cover);
            }
            json.endArray();
            position(json, position(one));
            json.endObject();
        }
        json.endArray().name("idle").array();
        for (RuleRef rule : report.redundancy().idle()) {
            policy(json.object(), rule.policy().id());
            json.member("rule", Reasons.ruleText(rule)).member("message", idle(rule));
            position(json, rule.rule().position());
            json.endObject();
        }
        json.endArray().name("ambiguities").array();
        for (Ambiguities.Ambiguity one : report.ambiguities()) {
            json.object()
                    .member("message", ambiguity(one))
                    .member("taken", one.taken().toString())
                    .member("other", one.other().toString())
                    .member("from", name(one.witness().from()))
                    .member("to", name(one.witness().to()))
                    .member("traffic", Traffic.keyText(one.witness().trafficKey()));
            position(json, one.other().rule().position());
            json.endObject();
        }
        json.endArray().endObject();
        return out.append('\n').toString();
    }

    private static String idle(RuleRef rule) {
        return rule.policy().id() + " " + Reasons.ruleText(rule)
                + " is about nobody in these manifests and was not judged";
    }

    private static void policy(JsonWriter json, PolicyId id) {
        json.member("kind", id.kind()).member("namespace", id.namespace()).member("name", id.name());
    }

    private static void position(JsonWriter json, SourcePosition position) {
        json.member("file", position.file()).member("line", position.line());
    }

    private static SourcePosition position(Redundancy.Superfluous one) {
        return one.rule()
                .map(rule -> rule.rule().position())
                .orElse(one.policy().position());
    }

    private static String subject(Redundancy.Superfluous one) {
        return one.rule()
                .map(rule -> one.policy().id() + " " + Reasons.ruleText(rule))
                .orElse(one.policy().id().toString());
    }

    private static String why(Redundancy.Superfluous one) {
        boolean isRule = one.rule().isPresent();
        return switch (one.why()) {
            case SELECTS_NOTHING -> "without effect: it selects no pod of these manifests";
            case COVERED -> (isRule ? "superfluous" : "without effect") + ": the same is decided by " + covers(one);
            case SHADOWED -> (isRule ? "never decides" : "without effect") + ": decided before by " + covers(one);
        };
    }

    private static String covers(Redundancy.Superfluous one) {
        List<String> cover = cover(one);
        return cover.isEmpty() ? "the default" : String.join(", ", cover);
    }

    private static List<String> cover(Redundancy.Superfluous one) {
        Set<String> cover = new LinkedHashSet<>();
        Set<PolicyId> isolating = new LinkedHashSet<>();
        for (Cause cause : one.cover()) {
            switch (cause) {
                case Cause.ByRule(RuleRef rule, var _) ->
                    cover.add(rule.policy().id() + " " + Reasons.ruleText(rule) + " ("
                            + rule.rule().position().fileLine() + ")");
                case Cause.Isolated(var _, List<PolicyId> policies) -> {
                    // One policy that isolates is enough; the fewest that are enough for all.
                    if (policies.stream().noneMatch(isolating::contains)) {
                        policies.stream()
                                .filter(id -> one.rule().isPresent()
                                        || !id.equals(one.policy().id()))
                                .findFirst()
                                .ifPresent(isolating::add);
                    }
                }
                case Cause.NoPolicy() -> cover.add("the default, which allows");
                case Cause.NotASubject(), Cause.Self(), Cause.OwnNode() -> {}
            }
        }
        isolating.forEach(id -> cover.add("the isolation by " + id));
        return List.copyOf(cover);
    }

    private static String ambiguity(Ambiguities.Ambiguity one) {
        return one.other() + " and " + one.taken() + " ("
                + one.taken().rule().position().fileLine()
                + ") have the same priority and disagree about " + text(one.witness())
                + "; the API does not say which counts";
    }

    /** {@code source => destination : TCP 80}. */
    public static String text(Connection connection) {
        return name(connection.from()) + " => " + name(connection.to()) + " : "
                + Traffic.keyText(connection.trafficKey());
    }

    private static String name(Party party) {
        return switch (party) {
            case Party.OfPod(var pod, var _) -> pod.fullName();
            case Party.OfNode(var node, var _) -> "node " + node.name();
            case Party.OfNetwork(Ip ip) -> ip.toString();
        };
    }
}
