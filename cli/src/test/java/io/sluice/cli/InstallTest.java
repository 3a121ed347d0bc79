package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is installed runs from where it is, as a command and as a plugin of kubectl, and can be removed again. */
class InstallTest {
    private static final Path TOOLS = Path.of("..", "tools");

    @TempDir
    Path folder = Path.of("");

    private Path root = Path.of("");

    /** A build of one jar, and a Java that prints what it is asked to run. */
    @BeforeEach
    void build() throws IOException {
        root = folder.resolve("root");
        write("root/bin/other", "not ours");
        write("root/share/man/man1/other.1", "not ours");
        write("built/lib/sluice.jar", "");
        write("built/share/man/man1/sluice.1", "");
        write("built/share/man/man1/sluice-lint.1", "");
        write("built/share/bash-completion/completions/sluice", "");
        Path java = write("java/bin/java", "#!/bin/sh\necho \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    private String install() throws Exception {
        return Sluice.output(
                TOOLS.resolve("install").toString(),
                root.toString(),
                folder.resolve("built").toString(),
                folder.resolve("java").toString());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> !Files.isDirectory(file) || Files.isSymbolicLink(file))
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theCommandRunsFromWhereItIs() throws Exception {
        assertThat(install()).isEqualTo("installed " + root.resolve("bin/sluice") + "\n");
        Path lib = root.resolve("lib/sluice/lib").toRealPath();
        for (String command : List.of("sluice", "kubectl-sluice")) {
            String ran = Sluice.output(
                    "env",
                    "-u",
                    "JAVA_HOME",
                    "PATH=" + root.resolve("bin") + ":" + System.getenv("PATH"),
                    command,
                    "lint",
                    "a b");
            assertThat(ran).endsWith(" -cp " + lib + "/* io.sluice.cli.Main lint a b\n");
        }
    }

    @Test
    void whatWasInstalledIsRemovedAndNothingElse() throws Exception {
        install();
        install();
        assertThat(files())
                .contains(
                        "bin/kubectl-sluice",
                        "bin/sluice",
                        "lib/sluice/lib/sluice.jar",
                        "lib/sluice/tools/find-jdk",
                        "share/bash-completion/completions/sluice",
                        "share/man/man1/sluice-lint.1",
                        "share/man/man1/sluice.1");
        assertThat(Sluice.output(TOOLS.resolve("uninstall").toString(), root.toString()))
                .isEqualTo("removed sluice from " + root + "\n");
        assertThat(files()).containsExactly("bin/other", "share/man/man1/other.1");
    }
}
