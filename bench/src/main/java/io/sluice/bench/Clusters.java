package io.sluice.bench;

import io.sluice.bench.GeneratedCluster.Shape;
import io.sluice.policy.model.Snapshot;
import io.sluice.testing.LargeCluster;
import java.util.Locale;

/** The clusters that the policy engine is measured on. */
enum Clusters {
    PRODUCTION("production"),
    LARGE("large"),
    /** Dual-stack pods in workloads, and the policies that teams write for their namespaces. */
    WORKLOADS("workloads");

    private static final int PODS = 100_000;
    private static final int POLICIES = 10_000;

    final String word;

    Clusters(String word) {
        this.word = word;
    }

    static Clusters named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    Snapshot make() {
        return switch (this) {
            case PRODUCTION -> GeneratedCluster.of(Shape.PRODUCTION);
            case LARGE -> GeneratedCluster.of(Shape.LARGE);
            case WORKLOADS -> LargeCluster.of(1, PODS, POLICIES);
        };
    }
}
