package io.sluice.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures whole processes, through measure.c, compiled for this run. */
final class Meter {
    private static final Pattern RESULT = Pattern.compile("status (\\d+) wall ([\\d.]+) cpu ([\\d.]+) rss (\\d+)\\s*");

    private final Path program;

    private Meter(Path program) {
        this.program = program;
    }

    /**
     * What one run took.
     *
     * @param status 137 if it was not done in time
     * @param wall seconds
     * @param cpu user and system time, seconds
     * @param rssKib the largest resident size
     */
    record Cost(int status, double wall, double cpu, long rssKib) {
        static final int NOT_DONE = 137;

        boolean isDone() {
            return status != NOT_DONE;
        }
    }

    /** @param folder where the program is put */
    static Meter compile(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("measure.c");
        Path program = folder.resolve("measure");
        try (InputStream in = Meter.class.getResourceAsStream("measure.c")) {
            if (in == null) {
                throw new IOException("measure.c is missing from the class path");
            }
            Files.write(source, in.readAllBytes());
        }
        said(List.of("gcc", "-O2", "-Wall", "-o", program.toString(), source.toString()));
        return new Meter(program);
    }

    /**
     * Runs a program to its end; what it prints is thrown away.
     *
     * @throws IOException if it cannot be run at all
     */
    Cost run(List<String> words, Duration most) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(program.toString(), Long.toString(most.toSeconds())));
        all.addAll(words);
        String said = said(all);
        Matcher matcher = RESULT.matcher(said);
        if (!matcher.matches()) {
            throw new IOException(String.join(" ", words) + ": " + said.strip());
        }
        Cost cost = new Cost(
                Integer.parseInt(matcher.group(1)),
                Double.parseDouble(matcher.group(2)),
                Double.parseDouble(matcher.group(3)),
                Long.parseLong(matcher.group(4)));
        if (cost.status() == 127) {
            throw new IOException(words.getFirst() + " cannot be run");
        }
        return cost;
    }

    private static String said(List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + " failed: " + said.strip());
        }
        return said;
    }
}
