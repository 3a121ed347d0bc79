package io.sluice.cli;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.decide.DirectionDecision;
import io.sluice.policy.decide.Step;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A cause in a line a person reads once: which policies and rules, and where they are written. */
final class CauseText {
    private final Map<PolicyId, Policy> policies = new HashMap<>();
    private final String folder;

    private CauseText(Snapshot snapshot, String folder) {
        snapshot.policies().forEach(p -> policies.put(p.id(), p));
        this.folder = folder;
    }

    /** With the files as the user named them. */
    static CauseText of(Snapshot snapshot) {
        return new CauseText(snapshot, "");
    }

    /** With the files as they are called in the folder that holds all policies, {@link #folder}; for long lists. */
    static CauseText shortened(Snapshot snapshot) {
        String common = snapshot.policies().stream()
                .map(p -> p.position().file())
                .map(file -> file.substring(0, file.lastIndexOf('/') + 1))
                .reduce(CauseText::commonFolder)
                .orElse("");
        return new CauseText(snapshot, common);
    }

    /** What is left out before each file; empty if nothing is. */
    String folder() {
        return folder;
    }

    private static String commonFolder(String a, String b) {
        int end = 0;
        for (int i = 0; i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i); i++) {
            if (a.charAt(i) == '/') {
                end = i + 1;
            }
        }
        return a.substring(0, end);
    }

    private String place(SourcePosition position) {
        String text = position.fileLine();
        return text.startsWith(folder) ? text.substring(folder.length()) : text;
    }

    String of(Cause cause) {
        return switch (cause) {
            case Cause.ByRule(RuleRef rule, var _) ->
                "rule " + rule + " at " + place(rule.rule().position());
            case Cause.Isolated(var _, List<PolicyId> isolating) ->
                "no rule of " + isolating.stream().map(this::place).collect(Collectors.joining(", "));
            case Cause.NoPolicy() -> "no policy";
            case Cause.NotASubject() -> "not a pod with a network of its own";
            case Cause.Self() -> "a pod and itself";
            case Cause.OwnNode() -> "a pod and its own node";
        };
    }

    /** The rule that came nearest to allowing it: its peer matched and its port did not, or the other way round. */
    Optional<String> nearestMiss(DirectionDecision decision) {
        List<Step.RuleTried> tried = Step.tried(decision.trace());
        return tried.stream()
                .filter(t -> t.peerMatches() && !t.portMatches())
                .findFirst()
                .map(t -> "allows this peer on other ports: " + place(t.rule()))
                .or(() -> tried.stream()
                        .filter(t -> t.portMatches()
                                && !t.peerMatches()
                                && !t.rule().rule().ports().isEmpty())
                        .findFirst()
                        .map(t -> "allows this port from other peers: " + place(t.rule())));
    }

    private String place(RuleRef rule) {
        return rule.policy().id().namespace() + "/" + rule.policy().id().name() + " " + rule.direction() + "["
                + rule.index() + "] " + place(rule.rule().position());
    }

    private String place(PolicyId id) {
        Policy policy = policies.get(id);
        String name = id.namespace().isEmpty() ? id.name() : id.namespace() + "/" + id.name();
        return policy == null ? name : name + " (" + place(policy.position()) + ")";
    }
}
