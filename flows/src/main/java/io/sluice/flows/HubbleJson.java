package io.sluice.flows;

import io.sluice.dataplane.KernelEvent;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.io.StringWriter;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * A flow as one line of Hubble's JSON form: <code>{"flow":{…},"node_name":…,"time":…}</code> with the field names of
 * {@code flow.proto}. Which policies isolate the subject of a default deny, all of them, stands in
 * {@code egress_denied_by} or {@code ingress_denied_by}.
 */
public final class HubbleJson {
    /** DropReason POLICY_DENIED: no rule allowed it. */
    private static final String DEFAULT_DENY = "POLICY_DENIED";
    /** DropReason POLICY_DENY: a rule denied it. */
    private static final String EXPLICIT_DENY = "POLICY_DENY";
    /** DropReason DROP_EP_NOT_READY and its like are for refusals that no policy made; the words are ours. */
    private static final int POLICY_VERDICT_EVENT = 5;

    private static final JsonFactory FACTORY = new JsonFactory();

    private HubbleJson() {}

    /** One line, without its end. */
    public static String line(Flow flow) {
        StringWriter out = new StringWriter(512);
        try (JsonGenerator json = FACTORY.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeName("flow");
            write(flow, json);
            json.writeStringProperty("node_name", flow.node());
            json.writeStringProperty("time", flow.time().toString());
            json.writeEndObject();
        }
        return out.toString();
    }

    private static void write(Flow flow, JsonGenerator json) {
        KernelEvent.Judged event = flow.event();
        json.writeStartObject();
        json.writeStringProperty("time", flow.time().toString());
        json.writeStringProperty("verdict", verdict(event.outcome()));
        addresses(event, json);
        layer4(event, json);
        endpoint("source", flow.source(), json);
        endpoint("destination", flow.destination(), json);
        json.writeStringProperty("Type", "L3_L4");
        json.writeStringProperty("node_name", flow.node());
        json.writeName("event_type");
        json.writeStartObject();
        json.writeNumberProperty("type", POLICY_VERDICT_EVENT);
        json.writeEndObject();
        json.writeBooleanProperty("is_reply", false);
        json.writeStringProperty("traffic_direction", direction(event));
        policies("egress", event.egress(), json);
        policies("ingress", event.ingress(), json);
        if (flow.refused()) {
            json.writeStringProperty("drop_reason_desc", dropReason(flow));
        }
        json.writeEndObject();
    }

    private static String verdict(KernelEvent.Outcome outcome) {
        return switch (outcome) {
            case FORWARDED -> "FORWARDED";
            case DROPPED -> "DROPPED";
            case AUDITED -> "AUDIT";
        };
    }

    private static void addresses(KernelEvent.Judged event, JsonGenerator json) {
        json.writeName("IP");
        json.writeStartObject();
        json.writeStringProperty("source", event.source().toString());
        json.writeStringProperty("destination", event.destination().toString());
        json.writeStringProperty("ipVersion", event.source().isV4() ? "IPv4" : "IPv6");
        json.writeEndObject();
    }

    private static void layer4(KernelEvent.Judged event, JsonGenerator json) {
        Protocol protocol = event.protocol();
        if (!protocol.hasPorts() && !protocol.isIcmp()) {
            return;
        }
        json.writeName("l4");
        json.writeStartObject();
        json.writeName(protocol.equals(Protocol.ICMP) ? "ICMPv4" : protocol.toString());
        json.writeStartObject();
        if (protocol.hasPorts()) {
            json.writeNumberProperty("source_port", event.sourcePort());
            json.writeNumberProperty("destination_port", event.destinationPort());
        } else {
            json.writeNumberProperty("type", event.destinationPort() >> 8);
            json.writeNumberProperty("code", event.destinationPort() & 0xff);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void endpoint(String field, Party party, JsonGenerator json) {
        json.writeName(field);
        json.writeStartObject();
        switch (party) {
            case Party.OfPod(var pod, var _) -> {
                json.writeStringProperty("namespace", pod.namespace());
                labels(
                        new TreeMap<>(pod.labels())
                                .entrySet().stream()
                                        .map(e -> "k8s:" + e.getKey() + "=" + e.getValue())
                                        .toList(),
                        json);
                json.writeStringProperty("pod_name", pod.name());
                json.writeName("workloads");
                json.writeStartArray();
                json.writeStartObject();
                json.writeStringProperty("name", pod.workload().name());
                json.writeStringProperty("kind", pod.workload().kind());
                json.writeEndObject();
                json.writeEndArray();
            }
            case Party.OfNode _ -> labels(List.of("reserved:host"), json);
            case Party.OfNetwork(Ip _) -> labels(List.of("reserved:world"), json);
        }
        json.writeEndObject();
    }

    private static void labels(List<String> labels, JsonGenerator json) {
        json.writeName("labels");
        json.writeStartArray();
        labels.forEach(json::writeString);
        json.writeEndArray();
    }

    /** The side that decided: egress where the source refused or alone was judged. */
    private static String direction(KernelEvent.Judged event) {
        Cause egress = event.egress();
        boolean atSource = event.ingress() == null || egress != null && egress.verdict() == Verdict.DENY;
        return atSource && egress != null ? "EGRESS" : "INGRESS";
    }

    private static void policies(String direction, @Nullable Cause cause, JsonGenerator json) {
        List<PolicyId> policies = switch (cause) {
            case null -> List.of();
            case Cause.ByRule(var rule, var _) -> List.of(rule.policy().id());
            case Cause.Isolated(var _, var isolating) -> isolating;
            case Cause.NoPolicy _, Cause.NotASubject _, Cause.Self _, Cause.OwnNode _ -> List.of();
        };
        if (cause == null || policies.isEmpty()) {
            return;
        }
        json.writeName(direction + (cause.verdict() == Verdict.ALLOW ? "_allowed_by" : "_denied_by"));
        json.writeStartArray();
        for (PolicyId policy : policies) {
            json.writeStartObject();
            json.writeStringProperty("name", policy.name());
            json.writeStringProperty("namespace", policy.namespace());
            json.writeStringProperty("kind", policy.kind());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String dropReason(Flow flow) {
        return switch (flow.refusedBy().orElse(null)) {
            case null -> flow.event().dropReason();
            case Cause.ByRule _ -> EXPLICIT_DENY;
            case Cause.Isolated _ -> DEFAULT_DENY;
            case Cause.NoPolicy _, Cause.NotASubject _, Cause.Self _, Cause.OwnNode _ ->
                flow.event().dropReason();
        };
    }
}
