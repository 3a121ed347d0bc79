package io.sluice.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program of the user's, run to its end but not longer than a minute. */
final class Tool {
    private static final long SECONDS = 60;

    private Tool() {}

    /** What it left. */
    record Result(int status, String output, String errors) {}

    /** Where a program lies on the PATH. */
    static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(File.pathSeparator)) {
            Path file = Path.of(folder.isEmpty() ? "." : folder, name);
            if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** @throws Refusal if it cannot be started, or is not done in time */
    static Result run(List<String> command) {
        List<Path> written = new ArrayList<>();
        try {
            Path output = temporary(".out", written);
            Path errors = temporary(".err", written);
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            try {
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    throw new Refusal("sluice: not done after " + SECONDS + " s: " + String.join(" ", command));
                }
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
        } catch (IOException e) {
            throw new Refusal("sluice: cannot run " + command.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("sluice: interrupted", e);
        } finally {
            written.forEach(Tool::delete);
        }
    }

    private static Path temporary(String suffix, List<Path> written) throws IOException {
        Path file = Files.createTempFile("sluice-", suffix);
        written.add(file);
        return file;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // A file left in the temporary folder is no reason to lose the answer.
        }
    }
}
