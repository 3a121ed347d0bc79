package io.sluice.manifests;

import io.sluice.manifests.Value.Scalar;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One item of {@code ports}: protocol (TCP by default), port by number or name, endPort. */
final class NetworkPolicyPort {
    static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");

    private NetworkPolicyPort() {}

    /** Empty, and reported, where it is not valid. */
    static Optional<PortMatch> read(Cursor item) {
        int before = item.problems().errors();
        Protocol protocol = PodReader.protocol(item);
        Optional<Cursor> port = item.child("port");
        Optional<Cursor> endField = item.child("endPort");
        Optional<Integer> end = endField.flatMap(Cursor::whole);
        PortMatch match;
        if (port.isEmpty()) {
            endField.ifPresent(e -> badEnd(e, end, "may not be specified when `port` is not specified"));
            match = new PortMatch.Range(TrafficRange.of(protocol));
        } else if (isNumber(port.get())) {
            match = numbered(port.get(), protocol, endField, end);
        } else {
            Optional<String> name = name(port.get());
            endField.ifPresent(e -> badEnd(e, end, "may not be specified when `port` is non-numeric"));
            name.ifPresent(n -> portName(port.get(), n));
            match = new PortMatch.Named(name.orElse(""), protocol);
        }
        return item.problems().errors() == before ? Optional.of(match) : Optional.empty();
    }

    private static PortMatch numbered(
            Cursor port, Protocol protocol, Optional<Cursor> endField, Optional<Integer> end) {
        Optional<Integer> number = port.whole();
        number.ifPresent(n -> Invalid.number(port, n, NameRules.portNumber(n)));
        if (endField.isPresent() && end.isPresent()) {
            List<String> reasons = new ArrayList<>();
            if (number.isPresent() && end.get() < number.get()) {
                reasons.add("must be greater than or equal to `port`");
            }
            reasons.addAll(NameRules.portNumber(end.get()));
            Invalid.number(endField.get(), end.get(), reasons);
        }
        int first = number.filter(n -> NameRules.portNumber(n).isEmpty()).orElse(1);
        int last = end.filter(e -> e >= first && e <= 0xffff).orElse(first);
        return new PortMatch.Range(TrafficRange.ports(protocol, first, last));
    }

    private static Optional<String> name(Cursor port) {
        if (port.value() instanceof Scalar scalar && scalar.type() == ScalarType.STRING) {
            return Optional.of(scalar.text());
        }
        port.wrongType("the number or the name of a port", "");
        return Optional.empty();
    }

    private static void portName(Cursor port, String name) {
        boolean digits = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
        for (String reason : NameRules.portName(name)) {
            Invalid.text(port, name, reason, digits ? "a text is the name of a port; remove the quotes" : "");
        }
    }

    private static void badEnd(Cursor field, Optional<Integer> end, String reason) {
        end.ifPresent(e -> Invalid.number(field, e, List.of(reason)));
    }

    private static boolean isNumber(Cursor field) {
        return field.value() instanceof Scalar scalar
                && (scalar.type() == ScalarType.INTEGER || scalar.type() == ScalarType.FLOAT);
    }
}
