package io.sluice.manifests;

import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.Mesh;
import io.sluice.policy.model.Mesh.PeerAuthentication;
import io.sluice.policy.model.Mesh.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is said about the mesh as a whole, once everything is read.
 *
 * <p>Root namespace and trust domain stand in the mesh's configuration, the text {@code data.mesh} of a ConfigMap named
 * {@code istio} (or {@code istio-REVISION}); where it is not among the manifests they are istio-system and cluster.local.
 */
final class IstioMesh {
    private IstioMesh() {}

    /** Fields of MeshConfig; empty where they are not given. */
    record Config(Optional<String> rootNamespace, Optional<String> trustDomain) {}

    /** Notes the mesh's configuration, if the ConfigMap is that. */
    static void readConfig(KubeObject object, ClusterBuilder cluster) {
        if (!object.name().equals("istio") && !object.name().startsWith("istio-")) {
            return;
        }
        object.root().mapping("data").flatMap(data -> data.child("mesh")).ifPresent(field -> {
            Optional<String> text = field.value() instanceof Value.Scalar s ? Optional.of(s.text()) : Optional.empty();
            List<Value> documents = new ArrayList<>();
            try {
                text.ifPresent(t -> YamlReader.readAll(t, 1, documents));
            } catch (SyntaxException e) {
                field.problems()
                        .warning(
                                "mesh-config",
                                field.place(),
                                field.path() + ": cannot be read: " + e.getMessage() + "; defaults are used",
                                "");
            }
            documents.stream()
                    .findFirst()
                    .map(root -> Cursor.root(root, Problems.start()))
                    .ifPresent(root -> cluster.note(new Config(root.text("rootNamespace"), root.text("trustDomain"))));
        });
    }

    static Mesh of(ClusterBuilder cluster) {
        List<Config> configs = cluster.noted(Config.class);
        String root = configs.stream()
                .flatMap(c -> c.rootNamespace().stream())
                .findFirst()
                .orElse(Mesh.ROOT_NAMESPACE);
        String domain = configs.stream()
                .flatMap(c -> c.trustDomain().stream())
                .findFirst()
                .orElse(Mesh.TRUST_DOMAIN);
        return new Mesh(
                root,
                domain,
                cluster.noted(GatePolicy.class).stream()
                        .map(p -> under(p, root))
                        .toList(),
                cluster.noted(PeerAuthentication.class).stream()
                        .map(a -> under(a, root))
                        .toList(),
                cluster.noted(Tokens.class).stream()
                        .map(t -> new Tokens(t.id(), t.scope().under(root)))
                        .toList());
    }

    private static GatePolicy under(GatePolicy p, String root) {
        return new GatePolicy(
                p.id(),
                p.position(),
                p.scope().under(root),
                p.targets(),
                p.action(),
                p.provider(),
                p.dryRun(),
                p.rules());
    }

    /** One with a selector is about pods of its own namespace, even in the root namespace. */
    private static PeerAuthentication under(PeerAuthentication a, String root) {
        return a.scope().isOfSomePods()
                ? a
                : new PeerAuthentication(a.id(), a.position(), a.scope().under(root), a.mode(), a.ports());
    }
}
