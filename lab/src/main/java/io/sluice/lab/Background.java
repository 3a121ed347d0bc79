package io.sluice.lab;

import io.sluice.lab.net.Commands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that runs for the lab in the background.
 *
 * @param role {@code agent}, {@code host} or {@code dns}
 * @param startTicks when it started, in clock ticks since boot: with the pid it names one process for ever, even
 *     after the pid has been given to another
 * @param command that starts it anew; empty where nobody but the lab's making starts it
 */
public record Background(String role, long pid, long startTicks, List<String> command) {
    public Background {
        command = List.copyOf(command);
    }

    static Background of(String role, long pid, List<String> command) {
        return new Background(role, pid, startTicks(pid).orElse(0L), command);
    }

    public boolean alive() {
        return startTicks(pid).filter(t -> t == startTicks).isPresent();
    }

    /** Ends the process, if it still is that one, and waits until it is gone. */
    void end() {
        if (!alive()) {
            return;
        }
        ProcessHandle.of(pid).ifPresent(process -> {
            process.destroy();
            if (!gone(3_000)) {
                process.destroyForcibly();
                gone(3_000);
            }
        });
    }

    /** Every process on this machine that carries the mark, written down or not. */
    static List<Background> marked() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.map(ProcessHandle::pid)
                    .flatMap(pid -> mark(pid).map(role -> of(role, pid, List.of())).stream())
                    .filter(Background::alive)
                    .toList();
        }
    }

    private boolean gone(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (alive()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private static Optional<String> mark(long pid) {
        try {
            String all = Files.readString(Path.of("/proc/" + pid + "/environ"), StandardCharsets.ISO_8859_1);
            return Stream.of(all.split("\0"))
                    .filter(v -> v.startsWith(Commands.MARK + "="))
                    .map(v -> v.substring(Commands.MARK.length() + 1))
                    .findFirst();
        } catch (IOException e) {
            // It has ended meanwhile, or is not ours to look at.
            return Optional.empty();
        }
    }

    /** Field 22 of proc(5) stat; empty for a process that is gone or only waits to be reaped. */
    private static Optional<Long> startTicks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            // The name in parentheses may hold anything; the fields are counted after it, from the third on.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[0].equals("Z") ? Optional.empty() : Optional.of(Long.parseLong(fields[19]));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
