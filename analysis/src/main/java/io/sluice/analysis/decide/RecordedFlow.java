package io.sluice.analysis.decide;

import static io.sluice.analysis.decide.LineParser.list;
import static io.sluice.analysis.decide.LineParser.map;
import static io.sluice.analysis.decide.LineParser.text;

import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.Map;
import java.util.Optional;

/**
 * A flow as it was recorded, before anybody asks what it means to these manifests.
 *
 * @param port the destination's; {@code type << 8 | code} for ICMP
 * @param verdict as the recording has it
 */
public record RecordedFlow(Side source, Side destination, Protocol protocol, int port, String verdict, Role role) {
    /** Ports from here on are given to clients by the kernel (Linux, net.ipv4.ip_local_port_range). */
    private static final int FIRST_EPHEMERAL = 32768;

    /** What the packet is to its connection. */
    public enum Role {
        OPENING,
        REPLY
    }

    /**
     * One end as the recording describes it.
     *
     * @param pod empty where the end is no pod
     * @param labels of Kubernetes
     * @param workloadKind of the first workload named; empty where none is
     * @param isHost whether it is the node that recorded the flow
     */
    public record Side(
            String namespace,
            String pod,
            Map<String, String> labels,
            String workloadKind,
            String workloadName,
            boolean isHost,
            Optional<Ip> address) {
        public Side {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * Reads a line.
     *
     * @return empty where it is a flow of another layer
     * @throws BadLine if it is no JSON object, or no flow
     */
    public static Optional<RecordedFlow> read(byte[] line) {
        Map<String, Object> object = LineParser.object(line, 0, line.length);
        Map<?, ?> flow = HubbleFlow.in(object)
                .orElseThrow(() -> new BadLine("not a flow: neither \"flow\" nor \"source\" and \"destination\""));
        Optional<Map<?, ?>> l4 = map(flow, "l4");
        if (l4.isEmpty()) {
            return Optional.empty();
        }
        HubbleFlow.Transport transport = HubbleFlow.transport(l4.get());
        Map<?, ?> ip = map(flow, "IP").orElse(Map.of());
        return Optional.of(new RecordedFlow(
                side(map(flow, "source").orElse(Map.of()), text(ip, "source").orElse("")),
                side(
                        map(flow, "destination").orElse(Map.of()),
                        text(ip, "destination").orElse("")),
                transport.protocol(),
                transport.destinationPort(),
                text(flow, "verdict").orElse(""),
                role(flow, l4.get(), transport)));
    }

    /** Where {@code is_reply} is absent nothing is known: then the flags tell, then the ports. */
    private static Role role(Map<?, ?> flow, Map<?, ?> l4, HubbleFlow.Transport transport) {
        if (flow.get("is_reply") instanceof Boolean known) {
            return known ? Role.REPLY : Role.OPENING;
        }
        Map<?, ?> flags = map(l4, "TCP").flatMap(tcp -> map(tcp, "flags")).orElse(Map.of());
        if (Boolean.TRUE.equals(flags.get("SYN"))) {
            return Boolean.TRUE.equals(flags.get("ACK")) ? Role.REPLY : Role.OPENING;
        }
        boolean backwards = transport.protocol().hasPorts()
                && transport.destinationPort() >= FIRST_EPHEMERAL
                && transport.sourcePort() < FIRST_EPHEMERAL;
        return backwards ? Role.REPLY : Role.OPENING;
    }

    private static Side side(Map<?, ?> end, String address) {
        String kind = "";
        String name = "";
        for (Object item : list(end, "workloads")) {
            if (name.isEmpty() && item instanceof Map<?, ?> workload) {
                kind = text(workload, "kind").orElse("");
                name = text(workload, "name").orElse("");
            }
        }
        String pod = text(end, "pod_name").orElse("");
        return new Side(
                text(end, "namespace").orElse(""),
                pod.substring(pod.indexOf('/') + 1),
                HubbleFlow.labels(end),
                kind,
                name,
                list(end, "labels").contains("reserved:host"),
                Ip.tryParse(address));
    }
}
