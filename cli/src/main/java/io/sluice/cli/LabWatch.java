package io.sluice.cli;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Follows the manifests of a lab and enforces what they say, as soon as they are saved. What cannot be read is said, and
 * the last good policies stay in force.
 */
final class LabWatch {
    private static final long LOOK_MILLIS = 250;

    private final List<String> paths;
    private final boolean withoutPolicies;
    private final Console console;

    LabWatch(List<String> paths, boolean withoutPolicies, Console console) {
        this.paths = List.copyOf(paths);
        this.withoutPolicies = withoutPolicies;
        this.console = console;
    }

    /** Until the process is told to end. */
    void run() {
        console.out()
                .println("watching " + String.join(", ", paths)
                        + "; Ctrl-C ends the watching, 'sluice lab down' takes the lab away");
        Map<Path, FileTime> seen = times();
        while (pause()) {
            Map<Path, FileTime> now = times();
            if (!now.equals(seen)) {
                seen = now;
                take();
            }
        }
    }

    private void take() {
        String time = LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  ";
        try {
            console.out().println(time + LabSession.apply(Inputs.snapshot(paths, console.err()), withoutPolicies));
        } catch (Refusal e) {
            console.err().println(e.getMessage());
            console.err().println(time + "not applied: the policies from before stay in force");
        }
    }

    private Map<Path, FileTime> times() {
        Map<Path, FileTime> times = new TreeMap<>();
        for (String path : paths) {
            try (Stream<Path> files = Files.walk(Path.of(path), FileVisitOption.FOLLOW_LINKS)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    times.put(file, Files.getLastModifiedTime(file));
                }
            } catch (IOException e) {
                // A file that is being replaced: the next look sees it whole.
                continue;
            }
        }
        return times;
    }

    private static boolean pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
