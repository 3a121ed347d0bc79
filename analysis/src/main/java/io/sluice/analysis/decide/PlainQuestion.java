package io.sluice.analysis.decide;

import io.sluice.policy.net.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads {@code {"from":…,"to":…,"protocol":"TCP","port":80}} in its less usual forms. */
final class PlainQuestion {
    /** The members of an answer, which a question that was an answer before has already. */
    private static final Set<String> ANSWER = Set.of("verdict", "ingress", "egress", "decidedBy", "reason", "gate");

    private PlainQuestion() {}

    /** @throws BadLine with what is missing or wrong */
    static Asked.Plain read(Map<String, Object> object, EndpointBook endpoints) {
        Endpoint from = endpoint(object, "from", endpoints);
        Endpoint to = endpoint(object, "to", endpoints);
        Protocol protocol = protocol(object);
        Map<String, Object> members = new LinkedHashMap<>(object);
        members.keySet().removeAll(ANSWER);
        return new Asked.Plain(from, to, protocol, port(object, protocol, to), RequestReader.read(object), members);
    }

    private static Endpoint endpoint(Map<String, Object> object, String name, EndpointBook endpoints) {
        byte[] bytes = LineParser.text(object, name)
                .orElseThrow(() -> new BadLine("\"" + name + "\" must be a string: NAMESPACE/POD or an address"))
                .getBytes(StandardCharsets.UTF_8);
        return endpoints.find(bytes, 0, bytes.length);
    }

    private static Protocol protocol(Map<String, Object> object) {
        if (!object.containsKey("protocol")) {
            return Protocol.TCP;
        }
        String text = LineParser.text(object, "protocol").orElse("");
        String name = text.equalsIgnoreCase("ICMPv6") ? "ICMPv6" : text.toUpperCase(Locale.ROOT);
        return Protocol.named(name)
                .orElseThrow(
                        () -> new BadLine("\"protocol\" must be TCP, UDP, SCTP, ICMP or ICMPv6, not '" + text + "'"));
    }

    private static int port(Map<String, Object> object, Protocol protocol, Endpoint to) {
        Object port = object.get("port");
        if (protocol.isIcmp() && port == null) {
            return (int) (LineParser.number(object, "type").orElse(protocol.equals(Protocol.ICMP) ? 8L : 128L) << 8
                    | LineParser.number(object, "code").orElse(0L));
        }
        if (port instanceof Long number && number >= (protocol.hasPorts() ? 1 : 0) && number <= 0xffff) {
            return number.intValue();
        }
        if (port instanceof String name && to.pod() != null) {
            return to.pod().ports().stream()
                    .filter(p -> p.name().equals(name) && p.protocol().equals(protocol))
                    .findFirst()
                    .orElseThrow(() -> new BadLine(to.text() + " has no " + protocol + " port named '" + name + "'"))
                    .port();
        }
        throw new BadLine("\"port\" must be a number from 1 to 65535" + (port == null ? "" : ", not '" + port + "'"));
    }
}
