package io.sluice.analysis.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.analysis.Yaml;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Protocol;
import io.sluice.testing.Chance;
import io.sluice.testing.RandomCluster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerStreamTest {
    private static final Snapshot SHOP = Yaml.snapshot(
            Yaml.deployment("shop", "web", 8080),
            Yaml.deployment("shop", "db", 5432),
            """
            apiVersion: v1
            kind: Service
            metadata: {name: db, namespace: shop}
            spec: {clusterIP: 10.96.0.7, selector: {app: db}, ports: [{port: 5000, targetPort: main}]}
            """,
            Yaml.policy("shop", "db", """
                    podSelector: {matchLabels: {app: db}}
                    ingress:
                      - from: [{podSelector: {matchLabels: {app: web}}}]
                        ports: [{port: 5432}]
                    """));

    private static String answer(String lines) throws IOException {
        return answer(SHOP, lines, AnswerStream.Format.JSON);
    }

    private static String answer(Snapshot snapshot, String lines, AnswerStream.Format format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new AnswerStream(snapshot, out, format, false)
                .run(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theAnswerIsTheQuestionAndMore() throws IOException {
        assertThat(answer("{\"from\":\"shop/web-1\",\"to\":\"shop/db-1\",\"protocol\":\"TCP\",\"port\":80,\"id\":7}"))
                .isEqualTo(
                        "{\"from\":\"shop/web-1\",\"to\":\"shop/db-1\",\"protocol\":\"TCP\",\"port\":80,\"id\":7,"
                                + "\"verdict\":\"deny\",\"ingress\":\"deny\",\"egress\":\"allow\","
                                + "\"decidedBy\":[{\"direction\":\"ingress\",\"kind\":\"NetworkPolicy\",\"namespace\":\"shop\","
                                + "\"name\":\"db\",\"rule\":null,\"file\":\"<stdin>\",\"line\":27}],"
                                + "\"reason\":\"ingress denied: no rule allows it, and it is isolated by NetworkPolicy shop/db\"}\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"from":"shop/web-1","to":"shop/db-1","port":5432}                                  | allow
            {"from":"shop/web","to":"shop/db","port":5432}                                      | allow
            {"to":"shop/db-1", "port":5432, "from":"shop/web-1", "extra":{"a":[1,null,true]}}   | allow
            {"from":"shop/web-1","to":"shop/db-1","port":"main"}                                | allow
            {"from":"shop/web-1","to":"shop/db-1","protocol":"udp","port":5432}                 | deny
            {"from":"shop/web-1","to":"shop/db-1","protocol":"ICMP"}                            | deny
            {"from":"shop/db-1","to":"shop/db-1","port":5432}                                   | allow
            {"from":"shop/web-1","to":"10.96.0.7","port":5000}                                  | allow
            {"from":"192.0.2.1","to":"10.96.0.7","port":5000}                                   | deny
            {"from":"shop/web-1","to":"2001:db8::1","port":443}                                 | allow
            {"from":"sh\\u006fp/web-1","to":"shop/db-1","port":5432}                            | allow
            {"from":"shop/web-1","to":"shop/db-1","port":80,"verdict":"allow"}                  | deny
            """)
    void everyFormOfAQuestion(String question, String verdict) throws IOException {
        String answer = answer(question);
        assertThat(answer).endsWith("}\n").containsOnlyOnce("\"verdict\"").contains("\"verdict\":\"" + verdict + "\"");
        assertThat(LineParser.object(answer.getBytes(StandardCharsets.UTF_8), 0, answer.length() - 1))
                .containsKeys("from", "to", "verdict", "reason");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"from":"shop/web-1"}                                            | "to" must be a string
            {"from":"shop/web-1","to":"shop/db-1"}                           | "port" must be a number
            {"from":"shop/web-1","to":"shop/db-1","port":0}                  | "port" must be a number
            {"from":"shop/web-1","to":"shop/db-1","port":65536}              | "port" must be a number
            {"from":"shop/web-1","to":"shop/db-1","port":"nope"}             | has no TCP port named 'nope'
            {"from":"shop/web-1","to":"shop/db-1","port":8,"protocol":"XYZ"} | "protocol" must be
            {"from":"shop/wbe","to":"shop/db-1","port":80}                   | did you mean 'shop/web'
            {"from":"web","to":"shop/db-1","port":80}                        | write NAMESPACE/POD
            {"from":"shop/web-1","to":"10.96.0.7","port":1}                  | leads to no pod on TCP 1
            {"from":"shop/web-1","from":"shop/db-1"}                         | not JSON
            [1]                                                              | not a JSON object
            hello                                                            | not JSON
            {"from":"shop/web-1","to":"shop/db-1","port":80} x               | not JSON
            {"from":"shop/web-1","to":"shop/db-1","port":80} {}              | more than one JSON value
            """)
    void aBadLineIsNamedWithItsNumber(String line, String message) {
        String lines = "\n{\"from\":\"shop/web-1\",\"to\":\"shop/db-1\",\"port\":80}\n" + line + "\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AnswerStream stream = new AnswerStream(SHOP, out, AnswerStream.Format.JSON, false);
        assertThatThrownBy(() -> stream.run(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(BadLine.class)
                .hasMessageStartingWith("3: ")
                .hasMessageContaining(message);
        assertThat(out.size()).as("nothing that looks like a result").isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "source":{"namespace":"shop","pod_name":"web-6d4-x2"},"l4":{"TCP":{"source_port":40000,"destination_port":5432}},"verdict":"FORWARDED"                            | unknown
            "source":{"namespace":"shop","pod_name":"web-6d4-x2","workloads":[{"name":"web"}]},"l4":{"TCP":{"destination_port":5432}},"verdict":"FORWARDED"                   | allow
            "source":{"namespace":"shop","pod_name":"web-6d4-x2","labels":["k8s:app=web","k8s:pod-template-hash=6"]},"l4":{"TCP":{"destination_port":80}},"verdict":"FORWARDED" | deny
            "source":{"labels":["reserved:world"]},"IP":{"source":"192.0.2.1","destination":"10.0.0.1"},"l4":{"UDP":{"destination_port":53}},"verdict":"DROPPED"              | deny
            "source":{"labels":["reserved:host"]},"IP":{"source":"192.0.2.1","destination":"10.0.0.1"},"l4":{"TCP":{"destination_port":5432}},"verdict":"FORWARDED"           | allow
            """)
    void aRecordedFlowIsAQuestionToo(String flow, String verdict) throws IOException {
        String line = "{\"flow\":{\"destination\":{\"namespace\":\"shop\",\"pod_name\":\"db-1\"}," + flow + "}}";
        assertThat(answer(line)).contains("\"verdict\":\"" + verdict + "\"");
    }

    @Test
    void aReplyIsJudgedAsItsConnection() throws IOException {
        String reply = """
                {"source":{"namespace":"shop","pod_name":"db-1"},"destination":{"namespace":"shop","pod_name":"web-1"},\
                "l4":{"TCP":{"source_port":5432,"destination_port":40000}},"is_reply":true,"verdict":"FORWARDED"}""";
        assertThat(answer(reply))
                .startsWith(
                        "{\"from\":\"shop/web-1\",\"to\":\"shop/db-1\",\"protocol\":\"TCP\",\"port\":5432,\"reply\":true,"
                                + "\"recorded\":\"FORWARDED\",\"changed\":false,\"verdict\":\"allow\"");
    }

    /** Lines longer than a chunk, and a last line without an end. */
    @Test
    void theFormOfTheInputDoesNotMatter() throws IOException {
        String question =
                "{\"from\":\"shop/web-1\",\"to\":\"shop/db-1\",\"port\":5432,\"x\":\"" + "y".repeat(600_000) + "\"}";
        String out = answer(question + "\r\n\n" + question);
        assertThat(out.lines().count()).isEqualTo(2);
        assertThat(out.lines()).allMatch(line -> line.contains("\"verdict\":\"allow\""));
    }

    /** On random clusters the verdicts are those of the decider. */
    @Test
    void everyVerdictIsTheDeciders() throws IOException {
        long seed = Chance.seed(500);
        for (int i = 0; i < 100; i++) {
            Chance chance = new Chance(seed + i);
            Snapshot snapshot = RandomCluster.of(chance, 8, 8);
            StringBuilder lines = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int n = 0; n < 40; n++) {
                Pod from = chance.among(snapshot.pods());
                Pod to = chance.among(snapshot.pods());
                int port = chance.among(80, 8080, 53, 443);
                if (from.ips().isEmpty() || to.ips().isEmpty()) {
                    continue;
                }
                Connection connection = new Connection(
                        party(snapshot, from), party(snapshot, to), chance.among(Protocol.TCP, Protocol.UDP), port);
                if (from.ips().getFirst().isV4() != to.ips().getFirst().isV4()) {
                    continue;
                }
                Decision decision = Decider.decide(snapshot, connection);
                expected.add(decision.verdict() + " " + decision.ingress().verdict() + " "
                        + decision.egress().verdict());
                lines.append("{\"from\":\"%s\",\"to\":\"%s\",\"protocol\":\"%s\",\"port\":%d}\n"
                        .formatted(from.ips().getFirst(), to.ips().getFirst(), connection.protocol(), port));
            }
            List<String> found = answer(snapshot, lines.toString(), AnswerStream.Format.JSON)
                    .lines()
                    .map(line -> LineParser.object(line.getBytes(StandardCharsets.UTF_8), 0, line.length()))
                    .map(AnswerStreamTest::verdicts)
                    .toList();
            assertThat(found).as("seed %d", seed + i).isEqualTo(expected);
        }
    }

    private static Party party(Snapshot snapshot, Pod pod) {
        return io.sluice.policy.model.AddressBook.of(snapshot).party(pod.ips().getFirst());
    }

    private static String verdicts(Map<String, Object> answer) {
        return answer.get("verdict") + " " + answer.get("ingress") + " " + answer.get("egress");
    }

    @Test
    void textIsALineForAPerson() throws IOException {
        assertThat(answer(
                        SHOP, "{\"from\":\"shop/web-1\",\"to\":\"shop/db-1\",\"port\":5432}", AnswerStream.Format.TEXT))
                .isEqualTo("allow  shop/web-1 => shop/db-1 : TCP 5432  (egress allowed: no policy has a say; "
                        + "ingress allowed by NetworkPolicy shop/db ingress[0])\n");
    }
}
