package io.sluice.analysis.decide;

import static io.sluice.analysis.decide.LineParser.list;
import static io.sluice.analysis.decide.LineParser.map;
import static io.sluice.analysis.decide.LineParser.number;
import static io.sluice.analysis.decide.LineParser.text;

import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a flow as Hubble writes it, alone or under {@code "flow"} (flow.proto in its JSON form).
 *
 * <p>{@code is_reply} is a wrapper: where it is absent nothing is known, and only SYN+ACK tells a reply. The ends of a
 * reply are swapped, so that what is judged is the connection it belongs to.
 */
final class HubbleFlow {
    private final EndpointBook endpoints;

    HubbleFlow(EndpointBook endpoints) {
        this.endpoints = endpoints;
    }

    /** The flow in a line, if the line is one. */
    static Optional<Map<?, ?>> in(Map<String, Object> object) {
        return map(object, "flow")
                .or(() -> object.containsKey("source") && object.containsKey("destination") || object.containsKey("l4")
                        ? Optional.of(object)
                        : Optional.empty());
    }

    /** @throws BadLine if it is no flow of layer 3 or 4 */
    Asked.Flow read(Map<?, ?> flow) {
        Map<?, ?> l4 = map(flow, "l4").orElseThrow(() -> new BadLine("a flow without \"l4\" is no connection"));
        Transport transport = transport(l4);
        boolean reply = flow.get("is_reply") instanceof Boolean known ? known : transport.synAck;
        Map<?, ?> source = map(flow, "source").orElse(Map.of());
        Map<?, ?> destination = map(flow, "destination").orElse(Map.of());
        Map<?, ?> ip = map(flow, "IP").orElse(Map.of());
        String sourceIp = text(ip, "source").orElse("");
        String destinationIp = text(ip, "destination").orElse("");
        boolean ownNode = isHost(source) || isHost(destination);
        Optional<Endpoint> one = endpoint(source, sourceIp);
        Optional<Endpoint> other = endpoint(destination, destinationIp);
        String oneText = nameOf(source, sourceIp, one);
        String otherText = nameOf(destination, destinationIp, other);
        String recorded = text(flow, "verdict").orElse("");
        return reply
                ? new Asked.Flow(
                        otherText,
                        oneText,
                        other,
                        one,
                        transport.protocol,
                        transport.sourcePort,
                        true,
                        ownNode,
                        recorded,
                        wasAllowed(flow, recorded))
                : new Asked.Flow(
                        oneText,
                        otherText,
                        one,
                        other,
                        transport.protocol,
                        transport.destinationPort,
                        false,
                        ownNode,
                        recorded,
                        wasAllowed(flow, recorded));
    }

    record Transport(Protocol protocol, int sourcePort, int destinationPort, boolean synAck) {}

    static Transport transport(Map<?, ?> l4) {
        for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)) {
            Optional<Map<?, ?>> found = map(l4, protocol.toString());
            if (found.isPresent()) {
                Map<?, ?> flags = map(found.get(), "flags").orElse(Map.of());
                return new Transport(
                        protocol,
                        port(found.get(), "source_port"),
                        port(found.get(), "destination_port"),
                        Boolean.TRUE.equals(flags.get("SYN")) && Boolean.TRUE.equals(flags.get("ACK")));
            }
        }
        for (Protocol protocol : List.of(Protocol.ICMP, Protocol.ICMPV6)) {
            Optional<Map<?, ?>> found = map(l4, protocol.equals(Protocol.ICMP) ? "ICMPv4" : "ICMPv6");
            if (found.isPresent()) {
                long type = number(found.get(), "type").orElse(0L) & 255;
                int key = (int) (type << 8 | number(found.get(), "code").orElse(0L) & 255);
                return new Transport(protocol, key, key, false);
            }
        }
        throw new BadLine("a flow whose \"l4\" is none of TCP, UDP, SCTP, ICMPv4, ICMPv6");
    }

    private static int port(Map<?, ?> transport, String name) {
        long port = number(transport, name).orElse(0L);
        if (port < 0 || port > 0xffff) {
            throw new BadLine("\"" + name + "\" is outside of 0-65535");
        }
        return (int) port;
    }

    /** By name, by workload, by labels, by address: a recording rarely names the very pods of a manifest. */
    private Optional<Endpoint> endpoint(Map<?, ?> end, String address) {
        String namespace = text(end, "namespace").orElse("");
        String pod = text(end, "pod_name").orElse("");
        if (!pod.isEmpty()) {
            String plain = pod.substring(pod.indexOf('/') + 1);
            return endpoints
                    .named(namespace + "/" + plain)
                    .or(() -> ofWorkload(end, namespace))
                    .or(() -> endpoints.labelled(namespace, labels(end)));
        }
        return Ip.tryParse(address).map(ip -> endpoints.at(address, ip));
    }

    private Optional<Endpoint> ofWorkload(Map<?, ?> end, String namespace) {
        return list(end, "workloads").stream()
                .filter(Map.class::isInstance)
                .map(w -> (Map<?, ?>) w)
                .flatMap(w -> text(w, "name").stream())
                .flatMap(name -> endpoints.named(namespace + "/" + name).stream())
                .findFirst();
    }

    /** Kubernetes labels, without the source prefix and without those that Cilium derives. */
    static Map<String, String> labels(Map<?, ?> end) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (Object label : list(end, "labels")) {
            if (label instanceof String text && text.startsWith("k8s:") && !text.startsWith("k8s:io.")) {
                int equals = text.indexOf('=');
                if (equals > 0) {
                    labels.put(text.substring(4, equals), text.substring(equals + 1));
                }
            }
        }
        return labels;
    }

    private static boolean isHost(Map<?, ?> end) {
        return list(end, "labels").contains("reserved:host");
    }

    private static String nameOf(Map<?, ?> end, String address, Optional<Endpoint> known) {
        String pod = text(end, "pod_name").orElse("");
        return pod.isEmpty()
                ? address
                : known.map(Endpoint::text).orElse(text(end, "namespace").orElse("") + "/" + pod);
    }

    /** Drops for other reasons than policy say nothing about policies. */
    private static Optional<Boolean> wasAllowed(Map<?, ?> flow, String recorded) {
        return switch (recorded) {
            case "FORWARDED", "REDIRECTED", "TRACED", "TRANSLATED", "AUDIT" -> Optional.of(true);
            case "DROPPED" -> {
                String reason = text(flow, "drop_reason_desc").orElse("POLICY_DENIED");
                yield reason.startsWith("POLICY_DEN") ? Optional.of(false) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }
}
