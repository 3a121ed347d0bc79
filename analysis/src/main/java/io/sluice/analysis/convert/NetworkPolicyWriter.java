package io.sluice.analysis.convert;

import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** networking.k8s.io/v1 NetworkPolicy. */
final class NetworkPolicyWriter implements Writer {
    @Override
    public List<Document> write(Policy policy, ObjectText text) {
        String namespace = Namespaced.namespace(policy);
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("podSelector", LabelSelectors.of(policy.subject().pods(), policy.position()));
        List<String> types = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            if (policy.section(direction).isPresent()) {
                types.add(direction == Direction.INGRESS ? "Ingress" : "Egress");
            }
        }
        spec.put("policyTypes", types);
        for (Section section : policy.sections()) {
            List<Object> rules = new ArrayList<>();
            section.rules().forEach(rule -> rule(rule, section.direction(), namespace, rules));
            if (!rules.isEmpty()) {
                spec.put(section.direction().toString(), rules);
            }
        }
        Map<String, Object> fields = Head.of("networking.k8s.io/v1", "NetworkPolicy", policy, text);
        fields.put("spec", spec);
        return List.of(new Document(policy.id(), policy.position(), fields));
    }

    private static void rule(Rule rule, Direction direction, String namespace, List<Object> rules) {
        Map<String, Object> out = new LinkedHashMap<>();
        if (!rule.peers().contains(Peer.EVERYTHING)) {
            List<Object> peers = new ArrayList<>();
            // The own node is always allowed by a NetworkPolicy.
            rule.peers().stream()
                    .filter(peer -> !(peer instanceof Peer.OwnNode))
                    .forEach(peer -> peer(peer, namespace, rule, peers));
            if (peers.isEmpty()) {
                return;
            }
            out.put(direction == Direction.INGRESS ? "from" : "to", peers);
        }
        if (!Ports.isEverything(rule.ports())) {
            List<Object> ports = new ArrayList<>();
            Ports.of(rule.ports(), rule.position()).forEach(port -> ports.add(port(port, rule)));
            if (ports.isEmpty()) {
                return;
            }
            out.put("ports", ports);
        }
        rules.add(out);
    }

    private static void peer(Peer peer, String namespace, Rule rule, List<Object> peers) {
        if (peer instanceof Peer.Pods(NamespaceMatch namespaces, Selector pods)) {
            Map<String, Object> out = new LinkedHashMap<>();
            switch (namespaces) {
                case NamespaceMatch.Named(String name) -> {
                    if (!name.equals(namespace)) {
                        out.put(
                                "namespaceSelector",
                                Document.of(
                                        "matchLabels", Document.of(io.sluice.policy.model.Namespace.NAME_LABEL, name)));
                    }
                    out.put("podSelector", LabelSelectors.of(pods, rule.position()));
                }
                case NamespaceMatch.Labelled(Selector selector) -> {
                    out.put("namespaceSelector", LabelSelectors.of(selector, rule.position()));
                    if (!pods.equals(Selector.ALL)) {
                        out.put("podSelector", LabelSelectors.of(pods, rule.position()));
                    }
                }
            }
            peers.add(out);
            return;
        }
        if (peer instanceof Peer.Any(List<Peer> parts)) {
            parts.forEach(part -> peer(part, namespace, rule, peers));
            return;
        }
        List<Namespaced.Block> blocks = Namespaced.blocks(peer);
        if (blocks.isEmpty()) {
            throw new Unsayable("a NetworkPolicy cannot name " + Writer.words(peer), rule.position());
        }
        blocks.forEach(block -> peers.add(Document.of("ipBlock", Writer.cidr(block, "except"))));
    }

    private static Map<String, Object> port(Ports port, Rule rule) {
        if (!port.protocol().hasPorts()) {
            throw new Unsayable("a NetworkPolicy cannot name " + port.protocol(), rule.position());
        }
        Map<String, Object> out = Document.of("protocol", port.protocol().toString());
        switch (port) {
            case Ports.Whole _ -> {}
            case Ports.Name(var _, String name) -> out.put("port", name);
            case Ports.Numbers(var _, int first, int last) -> {
                out.put("port", first);
                if (last > first) {
                    out.put("endPort", last);
                }
            }
        }
        return out;
    }
}
