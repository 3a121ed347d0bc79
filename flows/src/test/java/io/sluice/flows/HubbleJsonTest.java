package io.sluice.flows;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dataplane.KernelEvent;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class HubbleJsonTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Ip WEB = Ip.parse("10.244.0.5");
    private static final Ip DB = Ip.parse("10.244.0.6");
    private static final Cause OPEN = new Cause.NoPolicy();
    private static final Cause CLOSED = new Cause.Isolated(
            "NetworkPolicy",
            List.of(new PolicyId("NetworkPolicy", "data", "db"), new PolicyId("NetworkPolicy", "data", "deny")));

    @Test
    void defaultDenyNamesEveryIsolatingPolicy() {
        JsonNode flow = flow(new KernelEvent.Judged(
                NOW, KernelEvent.Outcome.DROPPED, WEB, 40000, DB, 5432, Protocol.TCP, OPEN, CLOSED, ""));

        assertThat(flow.at("/verdict").asString()).isEqualTo("DROPPED");
        assertThat(flow.at("/drop_reason_desc").asString()).isEqualTo("POLICY_DENIED");
        assertThat(flow.at("/traffic_direction").asString()).isEqualTo("INGRESS");
        assertThat(flow.at("/ingress_denied_by").toString())
                .isEqualTo("[{\"name\":\"db\",\"namespace\":\"data\",\"kind\":\"NetworkPolicy\"},"
                        + "{\"name\":\"deny\",\"namespace\":\"data\",\"kind\":\"NetworkPolicy\"}]");
        assertThat(flow.at("/l4/TCP/destination_port").asInt()).isEqualTo(5432);
        assertThat(flow.at("/source/pod_name").asString()).isEqualTo("web-1");
        assertThat(flow.at("/source/labels/0").asString()).isEqualTo("k8s:app=web");
        assertThat(flow.at("/destination/labels/0").asString()).isEqualTo("reserved:world");
    }

    @Test
    void icmpHasTypeAndCode() {
        JsonNode flow = flow(new KernelEvent.Judged(
                NOW, KernelEvent.Outcome.FORWARDED, WEB, 0, DB, 8 << 8, Protocol.ICMP, OPEN, null, ""));

        assertThat(flow.at("/l4/ICMPv4").toString()).isEqualTo("{\"type\":8,\"code\":0}");
        assertThat(flow.at("/traffic_direction").asString()).isEqualTo("EGRESS");
        assertThat(flow.has("drop_reason_desc")).isFalse();
    }

    @Test
    void refusalWithoutPolicySaysWhy() {
        JsonNode flow = flow(new KernelEvent.Judged(
                NOW, KernelEvent.Outcome.DROPPED, WEB, 1, DB, 2, Protocol.UDP, null, null, "unknown pod"));

        assertThat(flow.at("/drop_reason_desc").asString()).isEqualTo("unknown pod");
    }

    private static JsonNode flow(KernelEvent.Judged event) {
        Pod web = new Pod(
                "shop",
                "web-1",
                Map.of("app", "web"),
                List.of(WEB),
                "node-1",
                false,
                List.of(),
                new Workload("Deployment", "shop", "web"),
                SourcePosition.NONE);
        Node node = new Node("node-1", Map.of(), List.of(Ip.parse("172.18.0.2")));
        Flow flow =
                Flow.of(node.name(), event, ip -> ip.equals(WEB) ? new Party.OfPod(web, ip) : new Party.OfNetwork(ip));
        return new ObjectMapper().readTree(HubbleJson.line(flow)).get("flow");
    }
}
