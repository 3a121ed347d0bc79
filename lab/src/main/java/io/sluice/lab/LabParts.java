package io.sluice.lab;

import java.util.List;

/** Where the parts of a lab run: the agent that enforces, and the host that answers on the pods' ports. */
public sealed interface LabParts {
    /** In this process, until it ends or the lab is taken down. */
    record InProcess(NodeRuntime.Factory runtimes) implements LabParts {}

    /**
     * In two processes of their own that outlive this one. They are apart so that the one that enforces can die while
     * the pods go on.
     *
     * @param agent a command that calls {@link LabAgent#open} and {@link LabAgent#awaitStop}
     * @param host a command that calls {@link LabHost#open} and {@link LabHost#awaitStop}
     */
    record Background(List<String> agent, List<String> host) implements LabParts {
        public Background {
            agent = List.copyOf(agent);
            host = List.copyOf(host);
        }
    }
}
