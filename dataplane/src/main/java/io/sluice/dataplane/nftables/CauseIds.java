package io.sluice.dataplane.nftables;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.PolicyId;
import java.util.stream.Collectors;

/**
 * The name of a cause in the kernel: a digest of what it says. Equal causes have equal names in every process, so
 * counters and log lines of a table that an earlier process left keep their meaning.
 */
final class CauseIds {
    private CauseIds() {}

    static String of(Cause cause) {
        return Digest.of(text(cause));
    }

    private static String text(Cause cause) {
        return switch (cause) {
            case Cause.ByRule(var rule, var verdict) -> "rule " + rule + " " + verdict;
            case Cause.Isolated(var tier, var policies) ->
                "isolated " + tier + " "
                        + policies.stream().map(PolicyId::toString).collect(Collectors.joining(", "));
            case Cause.NoPolicy() -> "no policy";
            case Cause.NotASubject() -> "not a subject";
            case Cause.Self() -> "self";
            case Cause.OwnNode() -> "own node";
        };
    }
}
