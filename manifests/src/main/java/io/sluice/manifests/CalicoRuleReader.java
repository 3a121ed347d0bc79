package io.sluice.manifests;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the rules of a policy or profile with the rules of Calico's CRDs (api/pkg/apis/projectcalico/v3/policy_common.go)
 * and those that its API server adds (libcalico-go/lib/validator/v3).
 *
 * @param global whether the policy lies in no namespace
 */
record CalicoRuleReader(boolean global) {
    /** How many rules a direction may have. */
    static final int MOST = 1024;

    private static final List<String> ACTIONS = List.of("Allow", "Deny", "Log", "Pass");

    List<CalicoRule> rules(Cursor spec, Direction direction) {
        Optional<Cursor> field = spec.child(direction == Direction.INGRESS ? "ingress" : "egress");
        List<Cursor> items = field.map(Cursor::items).orElse(List.of());
        field.ifPresent(f -> CrdRules.atMost(f, items.size(), MOST, "split the policy"));
        List<CalicoRule> rules = new ArrayList<>(items.size());
        for (Cursor item : items) {
            if (item.expectMapping()) {
                rules.add(rule(item, direction));
            }
        }
        return rules;
    }

    private CalicoRule rule(Cursor item, Direction direction) {
        Optional<String> written = CrdRules.required(item, "action").flatMap(f -> CrdRules.oneOf(f, ACTIONS));
        Action action = written.map(CalicoRuleReader::action).orElse(Action.DENY);
        int version = item.child("ipVersion").map(CalicoRuleReader::version).orElse(0);
        Optional<Protocol> protocol = item.child("protocol").flatMap(CalicoProtocol::read);
        Optional<Protocol> notProtocol = item.child("notProtocol").flatMap(CalicoProtocol::read);
        CalicoEntity source = CalicoEntityReader.read(item, "source", global);
        CalicoEntity destination = CalicoEntityReader.read(item, "destination", global);
        families(item, version, protocol, notProtocol, List.of(source, destination));
        ports(source.at(), destination.at(), protocol);
        services(direction == Direction.INGRESS ? destination : source, destination, direction);
        metadata(item);
        return new CalicoRule(
                item,
                action,
                version,
                CalicoProtocol.traffic(item, protocol, notProtocol),
                protocol,
                source,
                destination,
                CalicoHttp.read(item, written.orElse("Deny"), protocol, direction));
    }

    private static Action action(String written) {
        return switch (written) {
            case "Allow" -> Action.ALLOW;
            case "Pass" -> Action.PASS;
            case "Log" -> Action.LOG;
            default -> Action.DENY;
        };
    }

    private static int version(Cursor field) {
        Optional<Integer> version = field.whole();
        if (version.isPresent() && version.get() != 4 && version.get() != 6) {
            Invalid.notSupported(field, version.get().toString(), List.of("4", "6"), "");
            return 0;
        }
        return version.orElse(0);
    }

    private static void families(
            Cursor item,
            int version,
            Optional<Protocol> protocol,
            Optional<Protocol> notProtocol,
            List<CalicoEntity> ends) {
        Cursor field = item.child("ipVersion").orElse(item);
        Stream.of(protocol, notProtocol).flatMap(Optional::stream).forEach(p -> {
            if (p.equals(Protocol.ICMP) && version == 6) {
                Invalid.number(field, version, List.of("protocol ICMP requires ipVersion 4"));
            }
            if (p.equals(Protocol.ICMPV6) && version == 4) {
                Invalid.number(field, version, List.of("protocol ICMPv6 requires ipVersion 6"));
            }
        });
        boolean v4 = version == 4;
        boolean v6 = version == 6;
        for (CalicoEntity end : ends) {
            for (String name : List.of("nets", "notNets")) {
                List<Cidr> nets = name.equals("nets") ? end.nets() : end.notNets();
                boolean has4 = nets.stream().anyMatch(Cidr::isV4);
                boolean has6 = nets.stream().anyMatch(c -> !c.isV4());
                if (version != 0 && (has4 && v6 || has6 && v4)) {
                    end.field(name).error("invalid-value", "rule IP version doesn't match CIDR version", "");
                } else if (has4 && v6 || has6 && v4 || has4 && has6) {
                    end.field(name)
                            .error("invalid-value", "rule contains both IPv4 and IPv6 CIDRs", "make it two rules");
                }
                v4 |= has4;
                v6 |= has6;
            }
        }
    }

    private static void ports(Cursor source, Cursor destination, Optional<Protocol> protocol) {
        if (protocol.filter(Protocol::hasPorts).isPresent()) {
            return;
        }
        for (Cursor end : List.of(source, destination)) {
            for (String name : List.of("ports", "notPorts")) {
                end.child(name)
                        .filter(CalicoEntityReader::saysSomething)
                        .ifPresent(f -> Invalid.forbidden(
                                f, "rules that specify ports must set protocol to TCP or UDP or SCTP", ""));
            }
        }
    }

    /** @param local the end at which the policy's pods are */
    private static void services(CalicoEntity local, CalicoEntity destination, Direction direction) {
        local.at()
                .child("services")
                .ifPresent(f -> Invalid.forbidden(
                        f,
                        direction == Direction.INGRESS
                                ? "not allowed in ingress rule destination"
                                : "not allowed in egress rule source",
                        ""));
        if (destination.at().child("services").isPresent()) {
            for (String name : List.of("ports", "notPorts")) {
                destination
                        .at()
                        .child(name)
                        .filter(CalicoEntityReader::saysSomething)
                        .ifPresent(f -> Invalid.forbidden(
                                f,
                                "ports and notPorts cannot be specified with services",
                                "those of the Service count"));
            }
        }
    }

    private static void metadata(Cursor item) {
        item.mapping("metadata").ifPresent(Metadata::check);
    }
}
