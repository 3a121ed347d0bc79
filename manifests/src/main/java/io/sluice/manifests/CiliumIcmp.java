package io.sluice.manifests;

import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code icmps}: types of ICMP by number or by name, of any code. */
final class CiliumIcmp {
    private static final int MOST = 40;
    private static final int LAST_TYPE = 255;

    private static final Map<String, Integer> V4 = Map.ofEntries(
            Map.entry("EchoReply", 0),
            Map.entry("DestinationUnreachable", 3),
            Map.entry("Redirect", 5),
            Map.entry("Echo", 8),
            Map.entry("EchoRequest", 8),
            Map.entry("RouterAdvertisement", 9),
            Map.entry("RouterSelection", 10),
            Map.entry("TimeExceeded", 11),
            Map.entry("ParameterProblem", 12),
            Map.entry("Timestamp", 13),
            Map.entry("TimestampReply", 14),
            Map.entry("Photuris", 40),
            Map.entry("ExtendedEchoRequest", 42),
            Map.entry("ExtendedEchoReply", 43));

    private static final Map<String, Integer> V6 = Map.ofEntries(
            Map.entry("DestinationUnreachable", 1),
            Map.entry("PacketTooBig", 2),
            Map.entry("TimeExceeded", 3),
            Map.entry("ParameterProblem", 4),
            Map.entry("EchoRequest", 128),
            Map.entry("EchoReply", 129),
            Map.entry("MulticastListenerQuery", 130),
            Map.entry("MulticastListenerReport", 131),
            Map.entry("MulticastListenerDone", 132),
            Map.entry("RouterSolicitation", 133),
            Map.entry("RouterAdvertisement", 134),
            Map.entry("NeighborSolicitation", 135),
            Map.entry("NeighborAdvertisement", 136),
            Map.entry("RedirectMessage", 137),
            Map.entry("RouterRenumbering", 138),
            Map.entry("ICMPNodeInformationQuery", 139),
            Map.entry("ICMPNodeInformationResponse", 140),
            Map.entry("InverseNeighborDiscoverySolicitation", 141),
            Map.entry("InverseNeighborDiscoveryAdvertisement", 142),
            Map.entry("HomeAgentAddressDiscoveryRequest", 144),
            Map.entry("HomeAgentAddressDiscoveryReply", 145),
            Map.entry("MobilePrefixSolicitation", 146),
            Map.entry("MobilePrefixAdvertisement", 147),
            Map.entry("DuplicateAddressRequestCodeSuffix", 157),
            Map.entry("DuplicateAddressConfirmationCodeSuffix", 158),
            Map.entry("ExtendedEchoRequest", 160),
            Map.entry("ExtendedEchoReply", 161));

    private CiliumIcmp() {}

    /** The traffic of all items of {@code icmps}. */
    static List<PortMatch> read(Cursor list) {
        List<PortMatch> matches = new ArrayList<>();
        for (Cursor item : list.items()) {
            if (!item.expectMapping()) {
                continue;
            }
            List<Cursor> fields = item.list("fields");
            item.child("fields").ifPresent(f -> CrdRules.atMost(f, fields.size(), MOST, "split the rule"));
            for (Cursor field : fields) {
                if (field.expectMapping()) {
                    match(field).ifPresent(matches::add);
                }
            }
        }
        return matches;
    }

    private static Optional<PortMatch> match(Cursor field) {
        boolean six = field.child("family")
                .flatMap(f -> CrdRules.oneOf(f, List.of("IPv4", "IPv6")))
                .filter("IPv6"::equals)
                .isPresent();
        Protocol protocol = six ? Protocol.ICMPV6 : Protocol.ICMP;
        return CrdRules.required(field, "type")
                .flatMap(t -> type(t, six ? V6 : V4))
                .map(n -> new PortMatch.Range(TrafficRange.ports(protocol, n << 8, n << 8 | 0xff)));
    }

    private static Optional<Integer> type(Cursor field, Map<String, Integer> names) {
        boolean number = field.value() instanceof Value.Scalar scalar && scalar.type() != ScalarType.STRING;
        if (number) {
            return CrdRules.between(field, 0, LAST_TYPE);
        }
        Optional<String> text = field.text();
        if (text.filter(t -> t.matches("0|[1-9][0-9]{0,2}")).isPresent()) {
            int value = Integer.parseInt(text.get());
            Invalid.number(
                    field, value, value > LAST_TYPE ? List.of("must be between 0 and 255, inclusive") : List.of());
            return text.map(Integer::valueOf).filter(v -> v <= LAST_TYPE);
        }
        if (text.isPresent() && !names.containsKey(text.get())) {
            List<String> known = names.keySet().stream().sorted().toList();
            Invalid.notSupported(field, text.get(), known, Spelling.hint(text.get(), known, ""));
        }
        return text.map(names::get);
    }
}
