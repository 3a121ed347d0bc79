package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.Tutorial.Command;
import io.sluice.cli.Tutorial.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does what docs/tutorial.md says, on a copy of the example, and compares what is printed with the page. */
class TutorialTest {
    /** Ends what a command has printed; the number is its place on the page. */
    private static final String END = "\u0001end of ";

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private boolean labIsUp;

    @AfterEach
    void down() throws Exception {
        if (labIsUp) {
            Sluice.run("lab", "down");
        }
    }

    @Test
    void everyCommandPrintsWhatThePageSays() throws Exception {
        Path shop = copy(REPOSITORY.resolve("examples/shop"), folder.resolve("shop"));
        Path launcher = launcher(folder.resolve("bin"));
        boolean root = "root".equals(System.getProperty("user.name"));
        List<String> differences = new ArrayList<>();
        int commands = 0;
        for (Step step : Tutorial.read(Files.readString(REPOSITORY.resolve("docs/tutorial.md")))
                .steps()) {
            switch (step) {
                case Step.Save(String name, String text) -> Files.writeString(shop.resolve(name), text);
                case Step.Console console
                when console.root() && !root ->
                    System.out.println("docs/tutorial.md:" + console.line() + ": skipped, the lab needs root");
                case Step.Console console -> {
                    labIsUp |= console.root();
                    commands += console.commands().size();
                    differences.addAll(run(console, shop, launcher));
                }
            }
        }
        assertThat(String.join("\n", differences)).isEmpty();
        assertThat(commands).isGreaterThan(15);
    }

    /** @return what is printed otherwise than the page says */
    private List<String> run(Step.Console console, Path shop, Path launcher) throws Exception {
        StringBuilder script = new StringBuilder("exec 2>&1\n");
        for (Command command : console.commands()) {
            script.append(command.text()).append('\n');
            // The next command is to find this one's exit status.
            script.append("status=$?; echo; echo \"").append(END).append(command.line());
            script.append("\"; (exit $status)\n");
        }
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script.toString())
                .directory(shop.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(folder.resolve("printed").toFile());
        Map<String, String> environment = builder.environment();
        Path bin = Objects.requireNonNull(launcher.getParent());
        environment.merge("PATH", bin.toString(), (path, first) -> first + ":" + path);
        environment.put("NO_COLOR", "1");
        for (String who : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + who + "_NAME", "reader");
            environment.put("GIT_" + who + "_EMAIL", "reader@example.org");
        }
        Process process = builder.start();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("docs/tutorial.md:" + console.line() + ": not done after 180 s");
        }
        return compare(console, Files.readString(folder.resolve("printed")));
    }

    private static List<String> compare(Step.Console console, String printed) {
        List<String> differences = new ArrayList<>();
        int from = 0;
        for (Command command : console.commands()) {
            String end = "\n" + END + command.line() + "\n";
            int to = printed.indexOf(end, from);
            if (to < 0) {
                differences.add("docs/tutorial.md:" + command.line() + ": was not run: " + command.text());
                break;
            }
            // What takes over a second says so, which a slow machine does where a fast one does not.
            List<String> lines = printed.substring(from, to)
                    .lines()
                    .filter(line -> !line.matches("sluice: .* \\.\\.\\."))
                    .toList();
            from = to + end.length();
            if (!command.matches(lines)) {
                differences.add("docs/tutorial.md:" + command.line() + ": $ " + command.text() + "\nprints\n"
                        + String.join("\n", lines) + "\nand the page says\n" + String.join("\n", command.printed()));
            }
        }
        return differences;
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    /** The command by its name, of the classes under test. */
    private static Path launcher(Path bin) throws IOException {
        Files.createDirectories(bin);
        Path launcher = Files.writeString(
                bin.resolve("sluice"), "#!/bin/sh\nexec '" + String.join("' '", Sluice.command()) + "' \"$@\"\n");
        return Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a       | a     | true
            a       | b     | false
            ...     |       | true
            ...     | a;b   | true
            ...;b   | a;b   | true
            ...;b   | a;c   | false
            a;...   | a     | true
            a;...;c | a;b;c | true
            a;...;c | a;b   | false
            x ... y | x 1 y | true
            x ... y | x 1 z | false
            a.c     | abc   | false
            """)
    void dotsStandForWhatIsLeftOut(String page, String printed, boolean same) {
        List<String> lines = printed == null ? List.of() : List.of(printed.split(";"));
        assertThat(new Command(1, "x", List.of(page.split(";"))).matches(lines)).isEqualTo(same);
    }
}
