package io.sluice.manifests;

import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The items of {@code ports}. No protocol, or ANY, is every protocol that has ports: TCP, UDP and SCTP. Port 0 is every
 * port of the protocol.
 */
final class CiliumPorts {
    static final int MOST = 40;

    private static final int LAST_PORT = 65_535;
    private static final List<Protocol> WITH_PORTS = List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP);

    /** Numbers of IANA's registry of protocols. */
    private static final Map<String, Integer> WITHOUT_PORTS = Map.of(
            "VRRP", 112,
            "IGMP", 2,
            "GRE", 47,
            "IPIP", 4,
            "IPV6", 41,
            "ESP", 50,
            "AH", 51);

    private static final List<String> PROTOCOLS =
            List.of("TCP", "UDP", "SCTP", "VRRP", "IGMP", "GRE", "IPIP", "IPV6", "ESP", "AH", "ANY");

    private CiliumPorts() {}

    /** The traffic of the ports of one item of {@code toPorts}; an item without ports matches none. */
    static List<PortMatch> read(Cursor toPorts) {
        List<Cursor> items = toPorts.list("ports");
        toPorts.child("ports").ifPresent(f -> CrdRules.atMost(f, items.size(), MOST, "split the rule"));
        List<PortMatch> matches = new ArrayList<>();
        for (Cursor item : items) {
            if (item.expectMapping()) {
                matches.addAll(matches(item));
            }
        }
        return matches;
    }

    /** The name of the protocol of an item, ANY where it has none; empty, and reported, where there is no such. */
    private static Optional<String> protocol(Cursor item) {
        Optional<Cursor> field = item.child("protocol");
        return field.isEmpty() ? Optional.of("ANY") : CrdRules.oneOf(field.get(), PROTOCOLS);
    }

    private static List<PortMatch> matches(Cursor item) {
        Optional<String> protocol = protocol(item);
        Optional<Cursor> field = item.child("port");
        Optional<Cursor> endField = item.child("endPort");
        Optional<Integer> end = endField.flatMap(f -> CrdRules.between(f, 0, LAST_PORT));
        Optional<String> text = field.flatMap(Cursor::text).filter(t -> !t.isEmpty());
        if (protocol.isEmpty()) {
            return List.of();
        }
        if (WITHOUT_PORTS.containsKey(protocol.get())) {
            if (text.filter(t -> !t.equals("0")).isPresent()) {
                Invalid.text(field.get(), text.get(), "port must be empty or 0", protocol.get() + " has no ports");
            }
            return List.of(new PortMatch.Range(TrafficRange.of(new Protocol(WITHOUT_PORTS.get(protocol.get())))));
        }
        List<Protocol> protocols = protocol.get().equals("ANY")
                ? WITH_PORTS
                : Protocol.named(protocol.get()).stream().toList();
        if (text.isEmpty()) {
            if (field.isEmpty()
                    || field.get().value() instanceof Value.Scalar s && s.text().isEmpty()) {
                Invalid.required(item, "port", "", "\"0\" is every port");
            }
            return List.of();
        }
        if (isName(text.get())) {
            if (end.filter(e -> e > 0).isPresent()) {
                item.problems()
                        .warning(
                                "cilium-end-port",
                                endField.get().keyPlace(),
                                endField.get().path() + ": a port that is a name has no range; only the name counts",
                                "remove it");
            }
            String name = text.get().toLowerCase(Locale.ROOT);
            return List.of(new PortMatch.Named(name, protocols.size() == 1 ? protocols.getFirst() : null));
        }
        return number(field.get(), text.get())
                .map(first -> ranges(protocols, first, last(endField, end, first)))
                .orElse(List.of());
    }

    private static int last(Optional<Cursor> endField, Optional<Integer> end, int first) {
        // 0 is how clients that know no absence write that there is none.
        if (end.isEmpty() || end.get() == 0) {
            return first;
        }
        if (end.get() < first) {
            Invalid.number(endField.orElseThrow(), end.get(), List.of("must be greater than or equal to `port`"));
            return first;
        }
        return end.get();
    }

    private static List<PortMatch> ranges(List<Protocol> protocols, int first, int last) {
        return protocols.stream()
                .<PortMatch>map(
                        p -> new PortMatch.Range(first == 0 ? TrafficRange.of(p) : TrafficRange.ports(p, first, last)))
                .toList();
    }

    /** An IANA service name, in any case: "0x10 is now considered a name rather than number 16". */
    private static boolean isName(String text) {
        return NameRules.portName(text.toLowerCase(Locale.ROOT)).isEmpty();
    }

    private static Optional<Integer> number(Cursor field, String text) {
        boolean digits = text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || (text.length() > 1 && text.startsWith("0")) || Integer.parseInt(text) > LAST_PORT) {
            Invalid.text(field, text, "must be a number from 0 to 65535 or the name of a port", "");
            return Optional.empty();
        }
        return Optional.of(Integer.parseInt(text));
    }

    /** The items whose protocol is none of these, for rules that speak of TCP only. */
    static Optional<Cursor> firstNot(Cursor toPorts, Predicate<String> allowed) {
        return toPorts.list("ports").stream()
                .filter(item -> protocol(item).filter(allowed.negate()).isPresent())
                .findFirst();
    }

    /** The first item for which every port is meant. */
    static Optional<Cursor> firstZero(Cursor toPorts) {
        return toPorts.list("ports").stream()
                .filter(item -> item.child("port")
                        .filter(p ->
                                p.value() instanceof Value.Scalar s && s.text().equals("0"))
                        .isPresent())
                .findFirst();
    }
}
