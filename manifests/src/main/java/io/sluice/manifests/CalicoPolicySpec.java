package io.sluice.manifests;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Selector;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The spec of a policy of Calico's, read and checked, before what it refers to is looked up.
 *
 * @param types the directions it is about
 * @param hostsOnly whether it is about the interfaces of hosts alone (doNotTrack, preDNAT)
 */
record CalicoPolicySpec(
        double order,
        NamespaceMatch namespaces,
        Selector pods,
        Set<Direction> types,
        Map<Direction, List<CalicoRule>> rules,
        boolean hostsOnly) {
    private static final List<String> TYPES = List.of("Ingress", "Egress");
    private static final List<String> HINTS = List.of("AssumeNeededOnEveryNode");

    CalicoPolicySpec {
        types = Set.copyOf(types);
        rules = Map.copyOf(rules);
    }

    /** @param namespace the policy's, empty if it lies in none */
    static CalicoPolicySpec read(Cursor spec, String namespace) {
        boolean global = namespace.isEmpty();
        // NetworkPolicy's CRD sets no limit.
        int longest = global ? CalicoEntityReader.LONGEST : Integer.MAX_VALUE;
        List<Selector> pods = new ArrayList<>(2);
        CalicoEntityReader.selector(spec, "selector", longest, false)
                .map(CalicoKeys::ofPods)
                .ifPresent(pods::add);
        CalicoEntityReader.selector(spec, "serviceAccountSelector", longest, false)
                .map(CalicoKeys::ofAccounts)
                .ifPresent(pods::add);
        NamespaceMatch namespaces = new NamespaceMatch.Named(namespace);
        if (global) {
            namespaces = CalicoEntityReader.selector(spec, "namespaceSelector", longest, false)
                    .map(CalicoKeys::ofNamespaces)
                    .<NamespaceMatch>map(NamespaceMatch.Labelled::new)
                    .orElse(NamespaceMatch.EVERY);
        }
        Map<Direction, List<CalicoRule>> rules = new EnumMap<>(Direction.class);
        for (Direction direction : Direction.values()) {
            rules.put(direction, new CalicoRuleReader(global).rules(spec, direction));
        }
        hints(spec);
        Set<Direction> types = types(spec, rules);
        return new CalicoPolicySpec(
                CalicoNumbers.order(spec), namespaces, CalicoPeers.all(pods), types, rules, hostsOnly(spec, rules));
    }

    /**
     * "[Ingress], if there are no Egress rules (including the case where there are also no Ingress rules); [Egress], if
     * there are Egress rules but no Ingress rules; [Ingress, Egress], if there are both."
     */
    private static Set<Direction> types(Cursor spec, Map<Direction, List<CalicoRule>> rules) {
        Optional<Cursor> field = spec.child("types");
        Set<Direction> types = EnumSet.noneOf(Direction.class);
        if (field.isEmpty()) {
            boolean egress = !rules.getOrDefault(Direction.EGRESS, List.of()).isEmpty();
            boolean ingress = !rules.getOrDefault(Direction.INGRESS, List.of()).isEmpty();
            if (egress) {
                types.add(Direction.EGRESS);
            }
            if (ingress || !egress) {
                types.add(Direction.INGRESS);
            }
            return types;
        }
        List<Cursor> items = CrdRules.items(field.get(), TYPES.size());
        CrdRules.distinct(items);
        for (Cursor item : items) {
            CrdRules.oneOf(item, TYPES)
                    .ifPresent(text -> types.add(text.equals("Ingress") ? Direction.INGRESS : Direction.EGRESS));
        }
        return types;
    }

    private static void hints(Cursor spec) {
        List<Cursor> items = spec.list("performanceHints");
        CrdRules.distinct(items);
        items.forEach(item -> CrdRules.oneOf(item, HINTS));
    }

    /** The rules of GlobalNetworkPolicy's CRD on doNotTrack, preDNAT and applyOnForward. */
    private static boolean hostsOnly(Cursor spec, Map<Direction, List<CalicoRule>> rules) {
        boolean untracked = spec.flag("doNotTrack").orElse(false);
        boolean early = spec.flag("preDNAT").orElse(false);
        boolean forwarded = spec.flag("applyOnForward").orElse(false);
        if (untracked && early) {
            Invalid.forbidden(field(spec, "preDNAT"), "preDNAT and doNotTrack cannot both be true", "");
        }
        if (early && !rules.getOrDefault(Direction.EGRESS, List.of()).isEmpty()) {
            Invalid.forbidden(field(spec, "egress"), "preDNAT policy cannot have any egress rules", "");
        }
        if (early) {
            spec.list("types").stream()
                    .filter(item ->
                            item.value() instanceof Value.Scalar s && s.text().equals("Egress"))
                    .forEach(item -> Invalid.forbidden(item, "preDNAT policy cannot have 'Egress' type", ""));
        }
        if (!forwarded && (untracked || early)) {
            Invalid.forbidden(
                    field(spec, untracked ? "doNotTrack" : "preDNAT"),
                    "applyOnForward must be true if either preDNAT or doNotTrack is true",
                    "");
        }
        return untracked || early;
    }

    private static Cursor field(Cursor spec, String name) {
        return spec.child(name).orElse(spec);
    }
}
