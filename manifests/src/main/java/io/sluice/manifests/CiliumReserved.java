package io.sluice.manifests;

import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Selector;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Identities that are no pods: entities, and the reserved labels that selectors find them by. Their meaning is that of
 * Cilium's EntitySelectorMapping.
 */
final class CiliumReserved {
    static final Peer NODES = new Peer.Nodes(Selector.ALL);
    static final Peer HOST = new Peer.OwnNode();
    static final Peer REMOTE_NODES = new Peer.All(List.of(NODES, new Peer.Not(HOST)));
    static final Peer WORLD = new Peer.World();
    static final Peer NOBODY = new Peer.Any(List.of());

    private static final Peer PODS = new Peer.Pods(NamespaceMatch.EVERY, Selector.ALL);
    private static final String API_SERVER = "kube-apiserver";

    private static final List<String> ENTITIES = List.of(
            "all",
            "world",
            "cluster",
            "host",
            "init",
            "ingress",
            "unmanaged",
            "remote-node",
            "health",
            "none",
            API_SERVER,
            "cluster-mesh",
            "world-ipv4",
            "world-ipv6");

    private CiliumReserved() {}

    /** What an entity stands for; empty, and reported, where there is none of the name. */
    static Optional<Peer> entity(Cursor field, CiliumScope scope) {
        Optional<String> text = field.text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return switch (text.get()) {
            case "all" -> Optional.of(Peer.EVERYTHING);
            case "world" -> Optional.of(WORLD);
            case "world-ipv4" -> Optional.of(inWorld("0.0.0.0/0"));
            case "world-ipv6" -> Optional.of(inWorld("::/0"));
            case "host" -> Optional.of(HOST);
            case "remote-node" -> Optional.of(REMOTE_NODES);
            case "none" -> Optional.of(NOBODY);
            // "kube-apiserver is also part of the cluster entity", be it a node or not.
            case "cluster" -> {
                List<Peer> parts = new ArrayList<>(List.of(PODS, NODES));
                scope.references().apiServer().ifPresent(parts::add);
                yield Optional.of(new Peer.Any(parts));
            }
            case API_SERVER -> Optional.of(apiServer(field, scope));
            case "health", "init", "ingress", "unmanaged", "cluster-mesh" -> {
                scope.warn(
                        field,
                        "cilium-unknown-peer",
                        "who belongs to the entity " + text.get() + " is not known here; it matches nobody",
                        "");
                yield Optional.of(NOBODY);
            }
            default -> {
                Invalid.notSupported(field, text.get(), ENTITIES, Spelling.hint(text.get(), ENTITIES, ""));
                yield Optional.empty();
            }
        };
    }

    private static Peer inWorld(String cidr) {
        return new Peer.All(List.of(WORLD, new Peer.Network(Cidr.parse(cidr), List.of())));
    }

    /**
     * The nodes and outside addresses that a selector finds by their reserved labels.
     *
     * @param holds whether an identity with these reserved labels, and no others, is found
     */
    static List<Peer> selected(Predicate<Set<String>> holds, CiliumScope scope, List<CiliumRequirement> requirements) {
        Optional<Peer> apiServer = scope.references().apiServer();
        List<Peer> peers = new ArrayList<>();
        boolean guessed = false;
        for (Identity identity : List.of(
                new Identity("host", HOST), new Identity("remote-node", REMOTE_NODES), new Identity("world", WORLD))) {
            boolean plain = holds.test(Set.of(identity.label()));
            boolean serving = holds.test(Set.of(identity.label(), API_SERVER));
            if (plain && serving) {
                peers.add(identity.peer());
            } else if (plain != serving && apiServer.isPresent()) {
                Peer part = plain ? new Peer.Not(apiServer.get()) : apiServer.get();
                peers.add(new Peer.All(List.of(identity.peer(), part)));
            } else if (plain != serving) {
                guessed = true;
                if (scope.denies()) {
                    peers.add(identity.peer());
                }
            }
        }
        if (guessed) {
            requirements.stream()
                    .filter(r -> r.key().equals(API_SERVER))
                    .findFirst()
                    .ifPresent(r -> unknownApiServer(r.place(), scope));
        }
        return peers;
    }

    private record Identity(String label, Peer peer) {}

    private static Peer apiServer(Cursor field, CiliumScope scope) {
        return scope.references().apiServer().orElseGet(() -> {
            unknownApiServer(field, scope);
            return scope.denies() ? new Peer.Any(List.of(NODES, WORLD)) : NOBODY;
        });
    }

    private static void unknownApiServer(Cursor field, CiliumScope scope) {
        scope.warn(
                field,
                "cilium-unknown-peer",
                "the addresses of the API server are not known here; "
                        + (scope.denies() ? "the rule denies every node and outside address" : "it matches nobody"),
                "add the EndpointSlice of default/kubernetes");
    }
}
