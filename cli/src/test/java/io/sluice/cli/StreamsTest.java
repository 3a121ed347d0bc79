package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an answer whose way out is closed, full, cut short or no terminal. */
class StreamsTest {
    private static final int MANY = 20_000;

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void files() throws IOException {
        Files.writeString(folder.resolve("pods.yaml"), """
                apiVersion: v1
                kind: Pod
                metadata: {name: web, namespace: shop, labels: {app: web}}
                spec: {containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: none, namespace: shop}
                spec: {podSelector: {matchLabels: {app: gone}}}
                """);
        Files.writeString(
                folder.resolve("many.jsonl"),
                "{\"from\":\"shop/web\",\"to\":\"192.0.2.1\",\"port\":80}\n".repeat(MANY));
        Files.writeString(
                folder.resolve("tests.yaml"),
                "tests:\n  - {name: out, from: shop/web, to: 192.0.2.1, ports: [TCP 80], expect: allow}\n");
    }

    private static Sluice.Run shell(String script, String... arguments) throws Exception {
        return Sluice.run(List.of("sh", "-c", "cd \"$0\" && " + script, folder.toString()), arguments);
    }

    /** Half a report with the exit status of a whole one would be believed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "connectivity pods.yaml",
                "connectivity pods.yaml -o html",
                "lint pods.yaml",
                "check pods.yaml",
                "explain pods.yaml --from shop/web --to 192.0.2.1 -p 80",
                "decide pods.yaml -c many.jsonl",
                "diff pods.yaml pods.yaml",
                "generate pods.yaml --static",
                "test pods.yaml -t tests.yaml",
                "--help"
            })
    void aFullDiskIsNoSuccess(String line) throws Exception {
        Sluice.Run run = shell("exec \"$@\" > /dev/full", line.split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("sluice: the output cannot be written: No space left on device");
        assertThat(run.err()).doesNotContain("\tat ");
    }

    /** As {@code | head -1} closes it: nobody wants more, and nothing is said. */
    @Test
    void aClosedPipeEndsItQuietly() throws Exception {
        Sluice.Run run = shell(
                "{ \"$@\"; echo $? > status; } | head -n 1", "decide", "pods.yaml", "-c", "many.jsonl", "-o", "text");
        assertThat(run.out())
                .startsWith("allow  shop/web => 192.0.2.1 : TCP 80  (")
                .endsWith(")\n");
        assertThat(run.err()).isEmpty();
        assertThat(Files.readString(folder.resolve("status"))).isEqualTo("141\n");
    }

    /** The signal is put back to its default, which a build in the background may have taken away. */
    @Test
    void interruptedItEndsAtOnce() throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> waiting = List.of("sh", "-c", "sleep 60 | exec env --default-signal=INT \"$@\"", "sh");
        Process shell = Sluice.start(
                waiting,
                out.toFile(),
                err.toFile(),
                "decide",
                folder.resolve("pods.yaml").toString(),
                "-c",
                "-");
        ProcessHandle java = child(shell);
        TimeUnit.SECONDS.sleep(2);
        Sluice.output("kill", "-INT", Long.toString(java.pid()));
        assertThat(java.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
        shell.descendants().forEach(ProcessHandle::destroy);
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as("128 and SIGINT").isEqualTo(130);
        assertThat(Files.readString(out)).isEmpty();
        assertThat(Files.readString(err)).doesNotContain("\tat ");
    }

    private static ProcessHandle child(Process shell) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            for (ProcessHandle one : shell.descendants().toList()) {
                if (one.info().command().orElse("").endsWith("/java")) {
                    return one;
                }
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError("it did not start");
    }

    @Test
    void coloursAreForTerminalsThatWantThem() throws Exception {
        String[] explain = "explain pods.yaml --from shop/web --to 192.0.2.1 -p 80".split(" ");
        assertThat(shell("exec \"$@\"", explain).out()).doesNotContain("\u001b");
        assertThat(shell("exec env CLICOLOR_FORCE=1 \"$@\"", explain).out()).contains("\u001b[32mALLOWED\u001b[0m");
        assertThat(shell("exec env CLICOLOR_FORCE=1 NO_COLOR=1 \"$@\"", explain).out())
                .doesNotContain("\u001b");
    }
}
