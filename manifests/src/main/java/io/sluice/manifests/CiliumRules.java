package io.sluice.manifests;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Application;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules of one list: {@code ingress}, {@code ingressDeny}, {@code egress} or {@code egressDeny}. */
final class CiliumRules {
    private final Direction direction;
    private final CiliumScope scope;
    private final boolean host;

    /** @param host whether the policy is one of nodes, which know no application rules */
    CiliumRules(Direction direction, CiliumScope scope, boolean host) {
        this.direction = direction;
        this.scope = scope;
        this.host = host;
    }

    /** @param field the name of the list, which the rules are called by */
    List<Rule> read(Cursor spec, String field) {
        List<Cursor> items = spec.list(field);
        List<Rule> rules = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).expectMapping()) {
                rules.addAll(rule(items.get(i), field + "[" + i + "]"));
            }
        }
        return rules;
    }

    /**
     * The rules that one stands for: one for all its ports, and one for each item of {@code toPorts} that demands
     * something of the application. "If multiple members of the structure are specified, then all members must match";
     * a rule that says neither who nor which ports matches nothing, and serves to isolate.
     */
    private List<Rule> rule(Cursor item, String name) {
        Optional<List<Peer>> given = CiliumPeers.read(item, direction, scope);
        List<Cursor> toPorts = item.list("toPorts");
        List<Cursor> icmps = item.list("icmps");
        if (!toPorts.isEmpty() && !icmps.isEmpty()) {
            item.child("icmps")
                    .orElse(item)
                    .error(
                            "invalid-value",
                            "the ICMPs block may only be present without ToPorts. Define a separate rule to use ToPorts",
                            "");
        }
        boolean anyTraffic = toPorts.isEmpty() && icmps.isEmpty();
        List<Peer> peers = given.orElse(anyTraffic ? List.of() : List.of(Peer.EVERYTHING));
        Optional<Application> authentication = CiliumApplication.authentication(item);

        List<Rule> rules = new ArrayList<>();
        List<PortMatch> plain = new ArrayList<>();
        if (anyTraffic) {
            plain.add(PortMatch.EVERYTHING);
        }
        item.child("icmps").ifPresent(f -> plain.addAll(CiliumIcmp.read(f)));
        for (int i = 0; i < toPorts.size(); i++) {
            Cursor entry = toPorts.get(i);
            if (!entry.expectMapping()) {
                continue;
            }
            List<PortMatch> ports = CiliumPorts.read(entry);
            Optional<Application> demand = demand(entry);
            if (demand.isEmpty()) {
                plain.addAll(ports);
            } else {
                kept(entry, demand.get());
                rules.add(new Rule(
                        name + ".toPorts[" + i + "]",
                        scope.action(),
                        peers,
                        ports,
                        entry.position(),
                        Optional.empty(),
                        CiliumApplication.together(Stream.concat(demand.stream(), authentication.stream())
                                .toList())));
            }
        }
        if (rules.isEmpty() || !plain.isEmpty()) {
            authentication.ifPresent(a -> kept(item.child("authentication").orElse(item), a));
            rules.addFirst(
                    new Rule(name, scope.action(), peers, plain, item.position(), Optional.empty(), authentication));
        }
        return rules;
    }

    private Optional<Application> demand(Cursor entry) {
        if (scope.action() == Action.DENY) {
            return Optional.empty();
        }
        Optional<Cursor> rules = entry.mapping("rules");
        if (host
                && rules.filter(r ->
                                direction == Direction.INGRESS || r.child("dns").isEmpty())
                        .isPresent()) {
            rules.get().error("invalid-value", "L7 policy is not supported on host " + direction + " yet", "");
        }
        return CiliumApplication.read(entry, direction == Direction.INGRESS, scope);
    }

    private void kept(Cursor place, Application demand) {
        scope.warn(
                place,
                "cilium-application",
                "the rule allows only " + Quote.shortened(demand.toString())
                        + ", which is not seen at the layer of addresses and ports; here it allows nothing",
                "");
    }
}
