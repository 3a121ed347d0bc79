package io.sluice.manifests;

import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code protocol}, {@code notProtocol}, {@code icmp} and {@code notICMP} of a rule. */
final class CalicoProtocol {
    private static final Protocol UDP_LITE = new Protocol(136);
    private static final List<String> NAMES = List.of("TCP", "UDP", "ICMP", "ICMPv6", "SCTP", "UDPLite");
    private static final Map<String, Protocol> NAMED = Map.of(
            "TCP", Protocol.TCP,
            "UDP", Protocol.UDP,
            "ICMP", Protocol.ICMP,
            "ICMPv6", Protocol.ICMPV6,
            "SCTP", Protocol.SCTP,
            "UDPLite", UDP_LITE);

    private static final int LAST_TYPE = 254;
    private static final int LAST_CODE = 255;

    private CalicoProtocol() {}

    /** "Must be one of these string values: TCP, UDP, ICMP, ICMPv6, SCTP, UDPLite or an integer in the range 1-255." */
    static Optional<Protocol> read(Cursor field) {
        boolean number = field.value() instanceof Value.Scalar scalar
                && (scalar.type() == ScalarType.INTEGER || scalar.type() == ScalarType.FLOAT);
        if (number) {
            return CrdRules.between(field, 1, 255).map(Protocol::new);
        }
        Optional<String> text = field.text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.get().matches("[1-9][0-9]{0,2}") && Integer.parseInt(text.get()) <= 255) {
            return Optional.of(new Protocol(Integer.parseInt(text.get())));
        }
        Optional<Protocol> named = Optional.ofNullable(NAMED.get(text.get()));
        if (named.isEmpty()) {
            Invalid.notSupported(
                    field, text.get(), NAMES, Spelling.hint(text.get(), NAMES, "or a number from 1 to 255"));
        }
        return named;
    }

    /** The traffic that the four fields leave. */
    static CalicoTraffic traffic(Cursor rule, Optional<Protocol> protocol, Optional<Protocol> notProtocol) {
        CalicoTraffic traffic =
                protocol.map(p -> CalicoTraffic.of(TrafficRange.of(p))).orElse(CalicoTraffic.ALL);
        if (notProtocol.isPresent()) {
            traffic = traffic.minus(List.of(TrafficRange.of(notProtocol.get())));
        }
        Optional<Cursor> icmp = rule.mapping("icmp");
        if (icmp.isPresent()) {
            if (protocol.filter(Protocol::isIcmp).isEmpty()) {
                Invalid.forbidden(icmp.get(), "ICMP fields require protocol to be ICMP or ICMPv6", "");
            } else {
                traffic = traffic.and(List.of(icmp(icmp.get(), protocol.get())));
            }
        }
        Optional<Cursor> notIcmp = rule.mapping("notICMP");
        if (notIcmp.isPresent()) {
            List<Protocol> meant = protocol.map(List::of).orElse(List.of(Protocol.ICMP, Protocol.ICMPV6));
            for (Protocol one : meant) {
                if (one.isIcmp()) {
                    traffic = traffic.minus(List.of(icmp(notIcmp.get(), one)));
                }
            }
        }
        return traffic;
    }

    private static TrafficRange icmp(Cursor fields, Protocol protocol) {
        Optional<Integer> type = fields.child("type").flatMap(f -> CrdRules.between(f, 0, LAST_TYPE));
        Optional<Integer> code = fields.child("code").flatMap(f -> CrdRules.between(f, 0, LAST_CODE));
        if (fields.child("code").isPresent() && fields.child("type").isEmpty()) {
            Invalid.required(fields, "type", "ICMP code specified without an ICMP type", "");
        }
        return CalicoTraffic.icmp(protocol, type.orElse(-1), code.orElse(-1));
    }
}
