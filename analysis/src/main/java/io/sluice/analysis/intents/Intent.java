package io.sluice.analysis.intents;

import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Verdict;
import java.util.List;

/**
 * One sentence of the file.
 *
 * @param why the reason for it; empty where none is given
 * @param position where it begins
 */
public record Intent(String name, String why, Claim claim, SourcePosition position) {
    /** What it says. */
    public sealed interface Claim {
        /** Every source may reach every destination on all of the traffic, or on none of it. */
        record Between(List<Who> from, List<Who> to, Traffic traffic, Verdict expected) implements Claim {
            public Between {
                from = List.copyOf(from);
                to = List.copyOf(to);
            }
        }

        /**
         * Nobody else: beyond what the entries permit, no pod, node or address outside may reach the subject (ingress),
         * or be reached by it (egress). The subject's own node is not asked about: policies cannot refuse it.
         *
         * @param needed whether what the entries permit must be allowed as well
         */
        record Limit(Direction direction, List<Who> subject, List<Permitted> entries, boolean needed) implements Claim {
            public Limit {
                subject = List.copyOf(subject);
                entries = List.copyOf(entries);
            }
        }
    }

    /** One of those that a limit leaves. */
    public record Permitted(List<Who> peers, Traffic traffic) {
        public Permitted {
            peers = List.copyOf(peers);
        }
    }
}
