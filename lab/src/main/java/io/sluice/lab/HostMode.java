package io.sluice.lab;

import java.util.List;

/** Where the lab's host runs. */
public sealed interface HostMode {
    /** In this process, until it ends or the lab is taken down. */
    record InProcess(NodeRuntime.Factory runtimes) implements HostMode {}

    /**
     * In a process of its own that outlives this one.
     *
     * @param command that calls {@link LabHost#open} and {@link LabHost#awaitStop}
     */
    record Background(List<String> command) implements HostMode {
        public Background {
            command = List.copyOf(command);
        }
    }
}
