package io.sluice.manifests;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The fields of a rule that say who the other end is, of which a rule has at most one. */
final class CiliumPeers {
    private static final List<String> INGRESS =
            List.of("fromEndpoints", "fromCIDR", "fromCIDRSet", "fromEntities", "fromGroups", "fromNodes");

    private static final List<String> EGRESS =
            List.of("toEndpoints", "toCIDR", "toCIDRSet", "toEntities", "toServices", "toFQDNs", "toGroups", "toNodes");

    private CiliumPeers() {}

    /**
     * The peers of a rule.
     *
     * @return empty where no field says anything of them; an empty list where one does and finds nobody
     */
    static Optional<List<Peer>> read(Cursor rule, Direction direction, CiliumScope scope) {
        boolean ingress = direction == Direction.INGRESS;
        requires(rule, ingress ? "fromRequires" : "toRequires");
        List<Cursor> given = (ingress ? INGRESS : EGRESS)
                .stream().flatMap(name -> rule.child(name).stream()).toList();
        List<Cursor> filled = given.stream().filter(f -> !isEmpty(f)).toList();
        if (filled.size() > 1) {
            rule.error(
                    "invalid-value",
                    "combining " + filled.get(0).path().lastName() + " and "
                            + filled.get(1).path().lastName() + " is not supported yet",
                    "make them two rules");
        }
        if (given.isEmpty()) {
            return Optional.empty();
        }
        List<Peer> peers = new ArrayList<>();
        boolean nobody = false;
        for (Cursor field : given) {
            if (isEmpty(field)) {
                // "Explicitly check for empty non-nil slices, it should not result in any identity being selected."
                nobody = true;
                scope.warn(
                        field,
                        "cilium-empty-list",
                        "an empty list selects nobody, so the rule matches nothing",
                        "leave the field out for everybody; write [{}] for every endpoint");
            } else {
                peers.addAll(peers(field, scope));
            }
        }
        return Optional.of(nobody ? List.of() : peers);
    }

    private static boolean isEmpty(Cursor field) {
        return field.value() instanceof Value.Sequence sequence
                && sequence.items().isEmpty();
    }

    /** "Deprecated": the schema of today allows no item. */
    private static void requires(Cursor rule, String name) {
        rule.child(name)
                .ifPresent(f -> CrdRules.atMost(
                        f, f.items().size(), 0, "it is no longer supported; add the condition to every peer"));
    }

    private static List<Peer> peers(Cursor field, CiliumScope scope) {
        return switch (field.path().lastName()) {
            case "fromEndpoints", "toEndpoints" ->
                field.items().stream()
                        .map(item -> CiliumSelector.read(item).peer(scope))
                        .toList();
            case "fromCIDR", "toCIDR" -> CiliumCidrs.list(field);
            case "fromCIDRSet", "toCIDRSet" -> CiliumCidrs.set(field, scope);
            case "fromEntities", "toEntities" ->
                field.items().stream()
                        .flatMap(item -> CiliumReserved.entity(item, scope).stream())
                        .toList();
            case "fromNodes", "toNodes" ->
                field.items().stream().<Peer>map(CiliumPeers::nodes).toList();
            case "toServices" -> CiliumServices.read(field, scope);
            case "toFQDNs" -> CiliumNames.peers(field, scope);
            default -> groups(field, scope);
        };
    }

    /** Nodes by their labels; a source before the key says nothing of a node. */
    private static Peer nodes(Cursor item) {
        List<Selector> conditions = CiliumSelector.read(item).requirements().stream()
                .map(r -> r.on(r.key()))
                .toList();
        return new Peer.Nodes(conditions.isEmpty() ? Selector.ALL : new Selector.All(conditions));
    }

    private static List<Peer> groups(Cursor field, CiliumScope scope) {
        for (Cursor item : field.items()) {
            item.mapping("aws").ifPresent(aws -> {
                Map<String, Cursor> labels = new TreeMap<>(aws.texts("labels"));
                labels.values().forEach(Cursor::text);
                aws.text("region");
                aws.list("securityGroupsIds").forEach(Cursor::text);
                aws.list("securityGroupsNames").forEach(Cursor::text);
            });
        }
        scope.warn(
                field,
                "cilium-unknown-peer",
                "the addresses of a cloud provider's groups are not known here; "
                        + (scope.denies() ? "the rule denies every outside address" : "it matches nobody"),
                "");
        return scope.denies() ? List.of(CiliumReserved.WORLD) : List.of();
    }
}
