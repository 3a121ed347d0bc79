package io.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An external program and its arguments, run to its end. */
record Command(List<String> words) {
    static Command of(String... words) {
        return new Command(List.of(words));
    }

    /** The same inside a network namespace, by the path of its handle. */
    Command inside(java.nio.file.Path namespace) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net=" + namespace));
        all.addAll(words);
        return new Command(all);
    }

    /**
     * Runs it and returns what it printed.
     *
     * @throws IllegalStateException with what it said, if it fails
     */
    String run(String standardInput) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            Thread writer = Thread.ofVirtual().start(() -> {
                try (var in = process.getOutputStream()) {
                    in.write(standardInput.getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // The program ended without reading; its exit status says why.
                    Thread.currentThread().interrupt();
                }
            });
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            writer.join();
            if (status != 0) {
                throw new IllegalStateException(
                        String.join(" ", words) + " ended with status " + status + ": " + said.strip());
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + words.getFirst(), e);
        }
    }

    String run() {
        return run("");
    }
}
