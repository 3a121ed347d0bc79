package io.sluice.lab;

/** Hears what the lab is doing, for whoever waits. Called on the thread that called the lab. */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress SILENT = step -> {};

    /** @param step a short phrase in the present, such as {@code linking 200 pods} */
    void report(String step);
}
