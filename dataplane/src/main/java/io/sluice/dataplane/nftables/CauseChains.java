package io.sluice.dataplane.nftables;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The ends of every path: a chain for each cause and direction. An allowing one counts and returns to the base rules, a
 * denying one counts, logs within a rate, and drops; in audit mode it logs and accepts.
 */
final class CauseChains {
    private final Ruleset.Pool pool;
    private final NftOptions options;
    private final boolean enforce;
    private final Map<String, Cause> causes = new HashMap<>();
    private final Map<Key, String> names = new HashMap<>();

    private record Key(Direction direction, Cause cause) {}

    CauseChains(Ruleset.Pool pool, NftOptions options, boolean enforce) {
        this.pool = pool;
        this.options = options;
        this.enforce = enforce;
    }

    /** The causes that were asked for, by their id. */
    Map<String, Cause> causes() {
        return Map.copyOf(causes);
    }

    String chain(Direction direction, Cause cause) {
        return names.computeIfAbsent(new Key(direction, cause), _ -> make(direction, cause));
    }

    private String make(Direction direction, Cause cause) {
        String id = CauseIds.of(cause);
        Cause other = causes.putIfAbsent(id, cause);
        if (other != null && !other.equals(cause)) {
            throw new IllegalStateException("two causes with one id: " + cause + " and " + other);
        }
        String count = "counter name \"" + pool.counter(LogPrefix.counter(direction, id)) + "\"";
        return cause.verdict() == Verdict.ALLOW
                ? pool.chain("allow_", List.of(count))
                : pool.chain("deny_", List.of(count, log(LogPrefix.refused(enforce, direction, id)), end()));
    }

    /** The end of a packet that is refused for a reason that is no policy. */
    String refuse(Refusal reason) {
        return pool.chain("refuse_", List.of(log(LogPrefix.refused(enforce, reason)), end()));
    }

    private String end() {
        return enforce ? "drop" : "accept";
    }

    private String log(String prefix) {
        return options.denialLog(prefix);
    }
}
