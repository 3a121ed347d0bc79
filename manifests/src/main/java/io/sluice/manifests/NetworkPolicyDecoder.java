package io.sluice.manifests;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Subject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** networking.k8s.io/v1 NetworkPolicy, whole and strictly. */
final class NetworkPolicyDecoder implements ObjectDecoder {
    private static final List<String> TYPES = List.of("Ingress", "Egress");

    @Override
    public Set<String> kinds() {
        return Set.of("networking.k8s.io/v1 NetworkPolicy");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public Shape shape() {
        return Shape.NETWORK_POLICY;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        Selector subject = spec.child("podSelector").map(Labels::selector).orElse(Selector.ALL);
        cluster.add(Policy.network(
                new PolicyId("NetworkPolicy", object.namespace(), object.name()),
                object.position(),
                new Subject(new NamespaceMatch.Named(object.namespace()), subject),
                sections(spec, object.namespace())));
    }

    /** What a spec says about the directions that it is about. */
    static List<Section> sections(Cursor spec, String namespace) {
        List<Cursor> egressItems = spec.list("egress");
        List<Rule> ingress = rules(spec.list("ingress"), Direction.INGRESS, namespace);
        List<Rule> egress = rules(egressItems, Direction.EGRESS, namespace);
        Set<Direction> types = types(spec, !egressItems.isEmpty());

        List<Section> sections = new ArrayList<>(2);
        if (types.contains(Direction.INGRESS)) {
            sections.add(Section.ofNetworkPolicy(Direction.INGRESS, ingress));
        }
        if (types.contains(Direction.EGRESS)) {
            sections.add(Section.ofNetworkPolicy(Direction.EGRESS, egress));
        }
        return sections;
    }

    /**
     * "If this field is not specified, it will default based on the existence of ingress or egress rules; policies that
     * contain an egress section are assumed to affect egress, and all policies (whether or not they contain an ingress
     * section) are assumed to affect ingress." The API server takes "contain" for "have at least one rule".
     */
    private static Set<Direction> types(Cursor spec, boolean hasEgressRules) {
        List<Cursor> items = spec.list("policyTypes");
        if (items.isEmpty()) {
            return hasEgressRules ? EnumSet.allOf(Direction.class) : EnumSet.of(Direction.INGRESS);
        }
        Set<Direction> types = EnumSet.noneOf(Direction.class);
        if (items.size() > TYPES.size()) {
            String given = items.stream()
                    .map(i -> i.text().map(Quote::text).orElse("?"))
                    .collect(Collectors.joining(",", "[", "]"));
            spec.child("policyTypes")
                    .orElseThrow()
                    .error(
                            "invalid-value",
                            "Invalid value: " + Quote.shortened(given) + ": may not specify more than two policyTypes",
                            "");
            return types;
        }
        for (Cursor item : items) {
            Optional<String> text = item.text();
            if (text.isEmpty()) {
                continue;
            }
            switch (text.get()) {
                case "Ingress" -> types.add(Direction.INGRESS);
                case "Egress" -> types.add(Direction.EGRESS);
                default -> Invalid.notSupported(item, text.get(), TYPES, Spelling.hint(text.get(), TYPES, ""));
            }
        }
        return types;
    }

    private static List<Rule> rules(List<Cursor> items, Direction direction, String namespace) {
        List<Rule> rules = new ArrayList<>(items.size());
        for (Cursor item : items) {
            if (!item.expectMapping()) {
                continue;
            }
            List<PortMatch> ports = ports(item);
            List<Peer> peers = peers(item, direction == Direction.INGRESS ? "from" : "to", namespace);
            rules.add(new Rule("", Action.ALLOW, peers, ports, item.position()));
        }
        return rules;
    }

    /** "If this field is empty or missing, this rule matches all sources" (destinations for {@code to}). */
    private static List<Peer> peers(Cursor rule, String field, String namespace) {
        List<Cursor> items = rule.list(field);
        if (items.isEmpty()) {
            return List.of(Peer.EVERYTHING);
        }
        List<Peer> peers = new ArrayList<>(items.size());
        for (Cursor item : items) {
            if (item.expectMapping()) {
                NetworkPolicyPeer.read(item, namespace).ifPresent(peers::add);
            }
        }
        return peers;
    }

    /** "If this field is empty or missing, this rule matches all ports (traffic not restricted by port)". */
    private static List<PortMatch> ports(Cursor rule) {
        List<Cursor> items = rule.list("ports");
        if (items.isEmpty()) {
            return List.of(PortMatch.EVERYTHING);
        }
        List<PortMatch> ports = new ArrayList<>(items.size());
        for (Cursor item : items) {
            if (item.expectMapping()) {
                NetworkPolicyPort.read(item).ifPresent(ports::add);
            }
        }
        return ports;
    }
}
