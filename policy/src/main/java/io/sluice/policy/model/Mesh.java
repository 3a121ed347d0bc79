package io.sluice.policy.model;

import java.util.List;
import java.util.Map;

/**
 * What a service mesh is told about who may ask for what: a second gate behind the network's, at the destination's
 * proxy. Its parts are kept apart from the network's policies, since no packet filter can hold them.
 *
 * @param rootNamespace whose policies are about the whole mesh
 * @param trustDomain what the identities of this mesh begin with
 * @param authentications which destinations demand mutual TLS
 * @param tokens which destinations look at JSON web tokens
 */
public record Mesh(
        String rootNamespace,
        String trustDomain,
        List<GatePolicy> policies,
        List<PeerAuthentication> authentications,
        List<Tokens> tokens) {
    /** Where nobody says otherwise (Istio MeshConfig.rootNamespace). */
    public static final String ROOT_NAMESPACE = "istio-system";

    /** Where nobody says otherwise (Istio MeshConfig.trustDomain). */
    public static final String TRUST_DOMAIN = "cluster.local";

    /** One that says nothing. */
    public static final Mesh NONE = new Mesh(ROOT_NAMESPACE, TRUST_DOMAIN, List.of(), List.of(), List.of());

    public Mesh {
        policies = List.copyOf(policies);
        authentications = List.copyOf(authentications);
        tokens = List.copyOf(tokens);
    }

    /** Whether nothing is said that could keep a request from its destination. */
    public boolean isSilent() {
        return policies.isEmpty() && authentications.isEmpty();
    }

    /**
     * Whom a policy of the mesh is about.
     *
     * @param namespace of the policy
     * @param wholeMesh whether pods of every namespace are meant, as of a policy in the root namespace
     */
    public record Scope(String namespace, boolean wholeMesh, Selector pods) {
        /** The same in a mesh with this root namespace. */
        public Scope under(String rootNamespace) {
            return new Scope(namespace, namespace.equals(rootNamespace), pods);
        }

        public boolean holds(Pod pod) {
            return (wholeMesh || namespace.equals(pod.namespace())) && pods.matches(pod.labels());
        }

        /** Whether it is about some pods only; such a policy counts before those of a namespace or the mesh. */
        public boolean isOfSomePods() {
            return !pods.equals(Selector.ALL);
        }
    }

    /** Whether a destination demands mutual TLS of who connects (PeerAuthentication.mtls.mode). */
    public enum MutualTls {
        /** As the namespace or the mesh has it. */
        UNSET,
        DISABLE,
        /** Takes both. This is what counts where nothing is said. */
        PERMISSIVE,
        STRICT
    }

    /** @param ports the modes of single ports of the pods */
    public record PeerAuthentication(
            PolicyId id, SourcePosition position, Scope scope, MutualTls mode, Map<Integer, MutualTls> ports) {
        public PeerAuthentication {
            ports = Map.copyOf(ports);
        }
    }

    /**
     * Pods whose proxies look at JSON web tokens (RequestAuthentication with rules). Elsewhere no request has an
     * authenticated principal or claims.
     */
    public record Tokens(PolicyId id, Scope scope) {}
}
