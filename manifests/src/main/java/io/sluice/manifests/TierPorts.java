package io.sluice.manifests;

import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The traffic of a rule of the policy.networking.k8s.io kinds: {@code protocols} or {@code ports}. */
enum TierPorts {
    /** ClusterNetworkPolicy: {@code protocols[].tcp.destinationPort}. */
    PROTOCOLS("protocols", "destinationNamedPort", "tcp, udp, sctp or destinationNamedPort") {
        @Override
        Optional<PortMatch> match(Cursor field) {
            Optional<Protocol> protocol = switch (field.path().lastName()) {
                case "tcp" -> Optional.of(Protocol.TCP);
                case "udp" -> Optional.of(Protocol.UDP);
                case "sctp" -> Optional.of(Protocol.SCTP);
                default -> Optional.empty();
            };
            return protocol.flatMap(p -> CrdRules.exactlyOne(field, "destinationPort")
                    .filter(f -> f.path().lastName().equals("destinationPort"))
                    .flatMap(f -> CrdRules.exactlyOne(f, "number or range"))
                    .flatMap(f -> destination(f, p)));
        }

        private Optional<PortMatch> destination(Cursor field, Protocol protocol) {
            return switch (field.path().lastName()) {
                case "number" -> CrdRules.between(field, 1, MOST).map(n -> PortMatch.port(protocol, n));
                case "range" -> range(field, protocol, true);
                default -> Optional.empty();
            };
        }
    },

    /** AdminNetworkPolicy and BaselineAdminNetworkPolicy: {@code ports[].portNumber}. */
    PORTS("ports", "namedPort", "portNumber, namedPort or portRange") {
        @Override
        Optional<PortMatch> match(Cursor field) {
            return switch (field.path().lastName()) {
                case "portNumber" -> {
                    Protocol protocol = PodReader.protocol(field);
                    yield CrdRules.required(field, "port")
                            .flatMap(f -> CrdRules.between(f, 1, MOST))
                            .map(n -> PortMatch.port(protocol, n));
                }
                case "portRange" -> range(field, PodReader.protocol(field), false);
                default -> Optional.empty();
            };
        }
    };

    private static final int MOST = 65535;

    private final String field;
    private final String named;
    private final String known;

    TierPorts(String field, String named, String known) {
        this.field = field;
        this.named = named;
        this.known = known;
    }

    /** What a field other than a named port stands for; empty where it is not valid or not known. */
    abstract Optional<PortMatch> match(Cursor field);

    /**
     * The traffic of a rule: "If unspecified, protocol-specific attributes will not be used to match traffic".
     *
     * @param addresses whether a peer of the rule has no named ports
     */
    List<PortMatch> read(Cursor rule, int most, boolean addresses) {
        Optional<Cursor> list = rule.child(field);
        if (list.isEmpty()) {
            return List.of(PortMatch.EVERYTHING);
        }
        List<PortMatch> matches = new ArrayList<>();
        for (Cursor item : CrdRules.items(list.get(), most)) {
            Optional<Cursor> found = CrdRules.exactlyOne(item, known);
            if (found.isEmpty()) {
                continue;
            }
            if (found.get().path().lastName().equals(named)) {
                found.get().text().ifPresent(name -> matches.add(new PortMatch.Named(name, null)));
                if (addresses) {
                    found.get()
                            .problems()
                            .warning(
                                    "named-port-of-address",
                                    found.get().keyPlace(),
                                    found.get().path() + ": networks, nodes and domainNames have no named ports; the"
                                            + " experimental channel refuses this rule",
                                    "give them a rule of their own with a number");
                }
            } else {
                match(found.get()).ifPresent(matches::add);
            }
        }
        return matches;
    }

    /** @param strict whether the schema demands that start is below end */
    static Optional<PortMatch> range(Cursor field, Protocol protocol, boolean strict) {
        if (!field.expectMapping()) {
            return Optional.empty();
        }
        Optional<Integer> start = CrdRules.required(field, "start").flatMap(f -> CrdRules.between(f, 1, MOST));
        Optional<Integer> end = CrdRules.required(field, "end").flatMap(f -> CrdRules.between(f, 1, MOST));
        if (start.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        if (strict && start.get() >= end.get()) {
            field.error(
                    "invalid-value",
                    "Invalid value: \"object\": Start port must be less than End port",
                    start.get().equals(end.get()) ? "write number: " + start.get() : "");
            return Optional.empty();
        }
        if (start.get() > end.get()) {
            field.problems()
                    .warning(
                            "empty-range",
                            field.place(),
                            field.path() + ": start is above end, so no port matches",
                            "exchange them");
            return Optional.empty();
        }
        return Optional.of(new PortMatch.Range(TrafficRange.ports(protocol, start.get(), end.get())));
    }
}
