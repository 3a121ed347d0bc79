package io.sluice.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command as a user runs it: a process of its own. */
final class Sluice {
    /** What a run left: its exit status and what it printed. */
    record Run(int status, String out, String err) {}

    private Sluice() {}

    static Run run(String... arguments) throws IOException, InterruptedException {
        return run(List.of(), arguments);
    }

    /** Run by a wrapper, such as one that takes privileges away. */
    static Run run(List<String> wrapper, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("sluice", ".out");
        Path err = Files.createTempFile("sluice", ".err");
        try {
            Process process = start(wrapper, out.toFile(), err.toFile(), arguments);
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("not done after 120 s: " + String.join(" ", arguments));
            }
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    static Process start(List<String> wrapper, File out, File err, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(command());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out)
                .redirectError(err)
                .start();
    }

    /** What starts it, before its arguments. */
    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
    }

    /** What a program of the machine prints. */
    static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
