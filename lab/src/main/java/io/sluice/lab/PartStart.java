package io.sluice.lab;

import io.sluice.lab.net.Commands;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts the parts of a lab and waits until they are ready. */
final class PartStart {
    private static final long LIMIT_SECONDS = 60;

    private PartStart() {}

    /**
     * Policies before ports, so that no pod answers before it is protected.
     *
     * @return the state with the parts' processes among its own, written
     */
    static LabState start(LabState state, LabParts parts) {
        return switch (parts) {
            case LabParts.InProcess(NodeRuntime.Factory runtimes) -> {
                LabAgent.open(runtimes);
                LabHost.open();
                yield state;
            }
            case LabParts.Background(List<String> agent, List<String> host) ->
                background(background(state, LabAgent.ROLE, agent), LabHost.ROLE, host);
        };
    }

    /** Starts those parts anew that have died. */
    static LabState revive(LabState state) {
        LabState now = state;
        for (Background process : state.processes()) {
            if (!process.command().isEmpty() && !process.alive()) {
                now = background(now.without(process), process.role(), process.command());
            }
        }
        return now;
    }

    private static LabState background(LabState state, String role, List<String> command) {
        // A session of its own: Ctrl-C at the terminal that built the lab is not meant for its parts.
        List<String> detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(detached)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(LabFiles.log(role).toFile()));
        builder.environment().put(Commands.MARK, role);
        try {
            Files.deleteIfExists(LabFiles.socket(role));
            Process process = builder.start();
            LabState written = state.with(Background.of(role, process.pid(), command));
            written.write();
            awaitReady(role, process);
            return written;
        } catch (IOException e) {
            throw new LabException("cannot start the lab's " + role + ": " + e.getMessage(), e);
        }
    }

    private static void awaitReady(String role, Process process) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        try {
            while (PartControl.status(role).isEmpty()) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw new LabException("the lab's " + role + " cannot run: " + log(role));
                }
                if (System.nanoTime() > end) {
                    process.destroyForcibly();
                    throw new LabException(
                            "the lab's " + role + " is not ready after " + LIMIT_SECONDS + " seconds: " + log(role));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while the lab's " + role + " was starting", e);
        }
    }

    /** Its last words. */
    private static String log(String role) {
        try (Stream<String> lines = Files.lines(LabFiles.log(role))) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 20), all.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
