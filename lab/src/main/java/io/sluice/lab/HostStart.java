package io.sluice.lab;

import io.sluice.lab.net.Commands;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts the lab's host and waits until it is ready. */
final class HostStart {
    static final String ROLE = "host";
    private static final long LIMIT_SECONDS = 60;

    private HostStart() {}

    /** @return the state with the host's process among its own, written */
    static LabState start(LabState state, HostMode mode) {
        return switch (mode) {
            case HostMode.InProcess(NodeRuntime.Factory runtimes) -> {
                LabHost.open(runtimes);
                yield state;
            }
            case HostMode.Background(List<String> command) -> background(state, command);
        };
    }

    private static LabState background(LabState state, List<String> command) {
        // A session of its own: Ctrl-C at the terminal that built the lab is not meant for its host.
        List<String> detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(detached)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(LabFiles.LOG.toFile());
        builder.environment().put(Commands.MARK, ROLE);
        try {
            Process process = builder.start();
            List<Background> processes = new ArrayList<>(state.processes());
            processes.add(Background.of(ROLE, process.pid()));
            LabState written = new LabState(state.since(), state.snapshot(), state.world(), processes);
            written.write();
            awaitReady(process);
            return written;
        } catch (IOException e) {
            throw new LabException("cannot start the lab's host: " + e.getMessage(), e);
        }
    }

    private static void awaitReady(Process process) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        try {
            while (!HostControl.answers()) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw new LabException("the lab's host ended with status " + process.exitValue() + ":\n" + log());
                }
                if (System.nanoTime() > end) {
                    throw new LabException(
                            "the lab's host is not ready after " + LIMIT_SECONDS + " seconds:\n" + log());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while the lab's host was starting", e);
        }
    }

    private static String log() {
        try (Stream<String> lines = Files.lines(LabFiles.LOG)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - 20), all.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }
}
