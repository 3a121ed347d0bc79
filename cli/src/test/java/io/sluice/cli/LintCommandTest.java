package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.lint.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit status, streams and files of sluice lint. */
class LintCommandTest {
    @TempDir
    Path folder;

    private String firing = "";
    private String quiet = "";

    @BeforeEach
    void examples() throws IOException {
        firing = write("firing.yaml", Examples.firing("egress-to-world").orElseThrow());
        quiet = write("quiet.yaml", Examples.quiet("egress-to-world").orElseThrow());
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void aWarningFails() throws Exception {
        Sluice.Run run = Sluice.run("lint", firing);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains(firing + ":", ": warning: ", "[egress-to-world]", "1 warning");
        assertThat(run.err()).isEmpty();
    }

    /** A pull request may hold a file of that name; nothing in it is an option. */
    @Test
    void anAtSignBeginsAPathLikeAnyOther() throws Exception {
        String path = "@" + write("arguments", "--version");
        Sluice.Run run = Sluice.run("lint", path);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(path + ": error: no such file or folder");
    }

    @Test
    void nothingToSayIsGood() throws Exception {
        Sluice.Run run = Sluice.run("lint", "-o", "json", quiet);
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualToIgnoringWhitespace("{\"findings\":[]}");
    }

    @Test
    void unreadableInputIsNoResult() throws Exception {
        String broken = write("broken.yaml", "apiVersion: v1\nkind: Pod\nmetadata:\n   name: a\n  labels: {}\n");
        Sluice.Run run = Sluice.run("lint", "-o", "json", broken);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(broken + ":5:").doesNotContain("\tat ");
    }

    @Test
    void whatTheBaselineKnowsDoesNotFail() throws Exception {
        String known = folder.resolve("known.json").toString();
        assertThat(Sluice.run("lint", "--write-baseline", known, firing).status())
                .isZero();
        Sluice.Run run = Sluice.run("lint", "--baseline", known, firing);
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("1 in the baseline");
    }

    @Test
    void aConfigurationThatIsWrongIsRefusedWithItsPlace() throws Exception {
        String config = write("config.yaml", "checks:\n  egress-to-wrld: off\n");
        Sluice.Run run = Sluice.run("lint", "--config", config, firing);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(config + ":2:3", "did you mean egress-to-world?");
    }

    @Test
    void anUnknownCheckIsAnsweredWithTheNearestOne() throws Exception {
        Sluice.Run run = Sluice.run("lint", "--explain", "dns-blockd");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("did you mean dns-blocked?");
    }

    @Test
    void explainShowsBothExamples() throws Exception {
        Sluice.Run run = Sluice.run("lint", "--explain", "egress-to-world");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("cidr: 0.0.0.0/0", "It fires here:", "And not here:", "Fix: ");
    }
}
