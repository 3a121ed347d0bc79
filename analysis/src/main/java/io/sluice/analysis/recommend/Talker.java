package io.sluice.analysis.recommend;

import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import java.util.Comparator;

/** One end of what was seen. */
public sealed interface Talker extends Comparable<Talker> {
    /** The pods of a workload. */
    record Member(Workload workload) implements Talker {
        @Override
        public String toString() {
            return workload.namespace() + "/" + workload.name();
        }
    }

    /** An address that no pod with a network of its own holds. */
    record Address(Ip ip) implements Talker {
        @Override
        public String toString() {
            return ip.toString();
        }
    }

    /** Anybody outside: of a Service that is reachable from there. */
    record Anywhere() implements Talker {
        @Override
        public String toString() {
            return "anywhere";
        }
    }

    Comparator<Talker> ORDER = Comparator.<Talker>comparingInt(talker -> switch (talker) {
                case Member _ -> 0;
                case Address _ -> 1;
                case Anywhere _ -> 2;
            })
            .thenComparing((one, other) -> one instanceof Member a && other instanceof Member b
                    ? a.workload().compareTo(b.workload())
                    : one instanceof Address a && other instanceof Address b ? a.ip().compareTo(b.ip()) : 0);

    @Override
    default int compareTo(Talker other) {
        return ORDER.compare(this, other);
    }
}
