package io.sluice.lab.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How many questions at a time, and how long silence must last to count.
 *
 * @param outstanding sockets at most
 * @param first patience of the first attempt
 * @param confirm patience of the attempt that confirms silence; it should hold a retransmission of the kernel's, which
 *     comes after one second
 */
public record Pace(int outstanding, Duration first, Duration confirm) {
    /** As many sockets as this process may have beside what else it opens, and patience for a busy machine. */
    public static Pace normal() {
        int outstanding = (int) Math.clamp(descriptors() / 3, 64, 6_000);
        return new Pace(outstanding, Duration.ofMillis(300), Duration.ofMillis(1_500));
    }

    /** The soft limit of open descriptors (proc(5) limits); the JVM has raised it to the hard one. */
    private static long descriptors() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/limits"))) {
            return lines.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.substring(25).strip().split("\\s+")[0])
                    .mapToLong(n -> n.equals("unlimited") ? Integer.MAX_VALUE : Long.parseLong(n))
                    .findFirst()
                    .orElse(1_024);
        } catch (IOException e) {
            return 1_024;
        }
    }
}
