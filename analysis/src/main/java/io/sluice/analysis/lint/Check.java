package io.sluice.analysis.lint;

/** One question to what was read. Stateless. */
public interface Check {
    About about();

    void inspect(Cluster cluster, Findings findings);

    default String id() {
        return about().id();
    }
}
