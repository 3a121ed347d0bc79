package io.sluice.analysis.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of a mesh: what the gate makes of its requests. */
class IstioExampleTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "istio");

    private static Manifests read() {
        return ManifestReader.read(
                List.of(
                        EXAMPLE.resolve("shop.yaml").toString(),
                        EXAMPLE.resolve("policies.yaml").toString()),
                InputStream.nullInputStream());
    }

    private static String answers(String questions, AnswerStream.Format format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new AnswerStream(read().snapshot(), out, format, false)
                .run(new ByteArrayInputStream(questions.getBytes(StandardCharsets.UTF_8)));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void decisionsAreThoseExpected() throws IOException {
        List<String> lines = answers(Files.readString(EXAMPLE.resolve("requests.jsonl")), AnswerStream.Format.TEXT)
                .lines()
                .map(line -> line.replaceFirst("  \\(.*", ""))
                .toList();
        assertThat(lines).isEqualTo(Files.readAllLines(EXAMPLE.resolve("expected-decisions.txt")));
    }

    @Test
    void whatDependsOnTheRequestIsCountedNeitherAsAllowedNorAsDenied() throws IOException {
        assertThat(tally(Files.readString(EXAMPLE.resolve("requests.jsonl")))).isEqualTo(new Tally(2, 3, 2, 0, 0, 0));
    }

    /** Whether what was recorded would change is not known where it depends on the request. */
    @Test
    void aRecordedFlowThatDependsOnTheRequestIsNoChange() throws IOException {
        String flow = """
                {"source":{"namespace":"shop","pod_name":"pages"},"destination":{"namespace":"shop","pod_name":"cart"},\
                "l4":{"TCP":{"destination_port":8080}},"verdict":"DROPPED"}
                """;
        assertThat(tally(flow)).isEqualTo(new Tally(0, 0, 1, 0, 0, 0));
        assertThat(answers(flow, AnswerStream.Format.JSON))
                .contains("\"verdict\":\"depends\"")
                .doesNotContain("changed");
        String denied = flow.replace("pages", "db").replace("DROPPED", "FORWARDED");
        assertThat(tally(denied)).isEqualTo(new Tally(0, 1, 0, 0, 0, 1));
    }

    private static Tally tally(String questions) throws IOException {
        return new AnswerStream(read().snapshot(), OutputStream.nullOutputStream(), AnswerStream.Format.JSON, false)
                .run(new ByteArrayInputStream(questions.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theTrapIsWarnedOf() {
        assertThat(read().diagnostics())
                .singleElement()
                .satisfies(d -> assertThat(d.code()).isEqualTo("deny-without-port"));
    }

    @Test
    void anAnswerHasTheGatesPart() throws IOException {
        String answer =
                answers("{\"from\":\"shop/cart\",\"to\":\"shop/db\",\"port\":5432}\n", AnswerStream.Format.JSON);
        assertThat(answer)
                .contains("\"verdict\":\"deny\",\"ingress\":\"allow\",\"egress\":\"allow\"")
                .contains("\"direction\":\"gate\",\"kind\":\"AuthorizationPolicy\"")
                .contains(
                        ",\"gate\":{\"verdict\":\"deny\",\"reason\":\"AuthorizationPolicy shop/db-console rules[0] denies");
        assertThat(answers(answer, AnswerStream.Format.JSON)).isEqualTo(answer);
    }

    @Test
    void whereNoPolicySpeaksOfTheDestinationThereIsNoSuchPart() throws IOException {
        assertThat(answers("{\"from\":\"shop/cart\",\"to\":\"shop/pages\",\"port\":8080}\n", AnswerStream.Format.JSON))
                .doesNotContain("gate");
    }

    @Test
    void anUnknownMemberOfARequestIsAnError() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> answers(
                        "{\"from\":\"shop/cart\",\"to\":\"shop/db\",\"port\":1,\"request\":{\"verb\":\"GET\"}}\n",
                        AnswerStream.Format.JSON))
                .isInstanceOf(BadLine.class)
                .hasMessageContaining("no member \"verb\"");
    }
}
