package io.sluice.analysis.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.analysis.Yaml;
import io.sluice.analysis.decide.BadLine;
import io.sluice.policy.model.Snapshot;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowReaderTest {
    private static final Snapshot CLUSTER =
            Yaml.snapshot(Yaml.deployment("a", "web", 8080), Yaml.deployment("a", "db", 5432), """
            apiVersion: v1
            kind: Service
            metadata: {name: db, namespace: a}
            spec: {clusterIP: 10.96.0.7, selector: {app: db}, ports: [{port: 80, targetPort: main}]}
            """);

    /** Members of the flow, without braces, and what they come to. */
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            "source":{WEB},"destination":{DB},"is_reply":false                          => web>db:5432
            "source":{WEB},"destination":{DB}                                           => web>db:5432
            "source":{DB},"destination":{WEB},"is_reply":true                           => left
            "source":{WEB},"destination":{DB},"is_reply":false,"verdict":"DROPPED"      => left
            "source":{WEB},"destination":{DB},"is_reply":false,"verdict":"AUDIT"        => web>db:5432
            "source":{HOST},"destination":{DB},"is_reply":false                         => left
            "source":{WEB},"destination":{WEB},"is_reply":false                         => nothing
            "source":{WEB},"destination":{WORLD},"is_reply":false                       => web>192.0.2.9:5432
            "source":{WORLD},"destination":{DB},"is_reply":false                        => 192.0.2.8>db:5432
            "source":{OLD},"destination":{DB},"is_reply":false                          => web>db:5432
            "source":{LABELLED},"destination":{DB},"is_reply":false                     => web>db:5432
            "source":{NEW},"destination":{DB},"is_reply":false                          => new>db:5432
            "source":{WEB},"destination":{WORLD},"l4":{"UDP":{"source_port":53,"destination_port":40000}} => left
            "source":{WEB},"destination":{WORLD},"l4":{"TCP":{"source_port":80,"destination_port":40000,"flags":{"SYN":true}}} => web>192.0.2.9:40000
            "source":{WEB},"destination":{WORLD},"l4":{"TCP":{"source_port":80,"destination_port":4000,"flags":{"SYN":true,"ACK":true}}} => left
            "source":{WEB},"destination":{WORLD},"IP":{"destination":"10.96.0.7"},"l4":{"TCP":{"destination_port":80}} => web>db:5432
            """)
    void reads(String members, String talk) throws IOException {
        String flow = members.replace("{WEB}", "{\"namespace\":\"a\",\"pod_name\":\"web-1\"}")
                .replace("{DB}", "{\"namespace\":\"a\",\"pod_name\":\"db-1\"}")
                .replace("{HOST}", "{\"labels\":[\"reserved:host\"]}")
                .replace("{WORLD}", "{\"labels\":[\"reserved:world\"]}")
                .replace(
                        "{OLD}",
                        "{\"namespace\":\"a\",\"pod_name\":\"web-6f-x\",\"workloads\":[{\"kind\":\"Deployment\",\"name\":\"web\"}]}")
                .replace(
                        "{LABELLED}",
                        "{\"namespace\":\"a\",\"pod_name\":\"w\",\"labels\":[\"k8s:app=web\",\"k8s:pod-template-hash=1\"]}")
                .replace("{NEW}", "{\"namespace\":\"a\",\"pod_name\":\"new\",\"labels\":[\"k8s:app=new\"]}");
        if (!flow.contains("\"verdict\"")) {
            flow += ",\"verdict\":\"FORWARDED\"";
        }
        if (!flow.contains("\"l4\"")) {
            flow += ",\"l4\":{\"TCP\":{\"source_port\":40000,\"destination_port\":5432}}";
        }
        if (!flow.contains("\"IP\"")) {
            flow += ",\"IP\":{\"source\":\"192.0.2.8\",\"destination\":\"192.0.2.9\"}";
        }
        for (String line : List.of("{" + flow + "}", "{\"flow\":{" + flow + "},\"node_name\":\"n\"}")) {
            Observed observed = Recording.observed(CLUSTER, List.of(line));
            String found = observed.talks().isEmpty()
                    ? observed.notes().isEmpty() ? "nothing" : "left"
                    : brief(observed.talks().first());
            assertThat(found).isEqualTo(talk);
        }
    }

    private static String brief(Talk talk) {
        return (talk.from() + ">" + talk.to()).replace("a/", "") + ":" + talk.port();
    }

    @Test
    void aLineThatIsNoFlow() {
        assertThatThrownBy(() -> Recording.observed(CLUSTER, List.of("", "{\"a\":1}")))
                .isInstanceOf(BadLine.class)
                .hasMessageStartingWith("2: not a flow");
    }
}
