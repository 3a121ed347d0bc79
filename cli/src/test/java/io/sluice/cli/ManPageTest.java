package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The manual: whole, and readable by roff without a complaint. */
class ManPageTest {
    @TempDir
    Path folder;

    private void write() {
        assertThat(Main.run("man", folder.toString())).isZero();
    }

    @Test
    void everyVerbHasAPageWithEveryOption() throws Exception {
        write();
        List<CommandLine> commands = ManPage.commands(Main.whole());
        assertThat(commands).hasSizeGreaterThan(15);
        for (CommandLine command : commands) {
            ManPage page = new ManPage(command);
            String text = Files.readString(folder.resolve(page.name() + ".1"));
            for (OptionSpec option : command.getCommandSpec().options()) {
                for (String name : option.names()) {
                    assertThat(text).as(page.name()).contains(name.replace("-", "\\-"));
                }
            }
            assertThat(text)
                    .as(page.name())
                    .contains(".SH \"Name\"", ".SH \"Synopsis\"", ".SH \"Description\"", ".SH \"See also\"")
                    .doesNotContain("${")
                    .matches("\\p{ASCII}*");
        }
    }

    @Test
    void examplesAndExitStatusAreSections() throws Exception {
        write();
        assertThat(Files.readString(folder.resolve("sluice-lint.1")))
                .contains(".SH \"Exit status\"\n0 no error", ".SH \"Examples\"\n", "sluice lint \\-o sarif .");
    }

    /** {@code -ww} turns on every warning that groff has. */
    @Test
    void rendersWithoutAWarning() throws Exception {
        assumeTrue(Tool.find("groff").isPresent(), "groff is not installed");
        write();
        try (Stream<Path> pages = Files.list(folder)) {
            for (Path page : pages.toList()) {
                Tool.Result result = Tool.run(List.of("groff", "-man", "-ww", "-z", "-Tutf8", page.toString()));
                assertThat(result.errors()).as(page.toString()).isEmpty();
                assertThat(result.status()).isZero();
            }
        }
    }
}
