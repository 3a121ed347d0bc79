package io.sluice.manifests;

import io.sluice.policy.model.Mesh;
import io.sluice.policy.model.Mesh.MutualTls;
import io.sluice.policy.model.Mesh.PeerAuthentication;
import io.sluice.policy.model.PolicyId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** security.istio.io PeerAuthentication: whether a destination takes, or demands, identities by mutual TLS. */
final class IstioPeerAuthenticationDecoder implements ObjectDecoder {
    private static final List<String> MODES =
            Stream.of(MutualTls.values()).map(MutualTls::name).toList();

    @Override
    public Set<String> kinds() {
        return Set.of("security.istio.io/v1 PeerAuthentication", "security.istio.io/v1beta1 PeerAuthentication");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public Shape shape() {
        return IstioShapes.PEER_AUTHENTICATION;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        Mesh.Scope scope = IstioScope.read(object, spec).scope();
        MutualTls mode =
                spec.mapping("mtls").map(IstioPeerAuthenticationDecoder::mode).orElse(MutualTls.UNSET);
        Map<Integer, MutualTls> ports = new HashMap<>();
        Optional<Cursor> byPort = spec.mapping("portLevelMtls");
        if (byPort.isPresent() && byPort.get().value() instanceof Value.Mapping mapping) {
            if (!scope.isOfSomePods()) {
                Invalid.forbidden(byPort.get(), "mesh/namespace peer authentication cannot have port level mTLS", "");
            }
            if (mapping.entries().isEmpty()) {
                byPort.get().error("invalid-value", "Invalid value: {}: must have at least one element", "");
            }
            for (Value.Entry entry : mapping.entries()) {
                String key = entry.key().text();
                Cursor field = byPort.get().child(key).orElse(byPort.get().missing(key));
                if (!key.matches("[1-9][0-9]{0,4}") || Integer.parseInt(key) > 0xffff) {
                    Invalid.text(field, key, "must be a port from 1 to 65535", "");
                } else if (field.expectMapping()) {
                    ports.put(Integer.parseInt(key), mode(field));
                }
            }
        }
        cluster.note(new PeerAuthentication(
                new PolicyId("PeerAuthentication", object.namespace(), object.name()),
                object.position(),
                scope,
                mode,
                ports));
    }

    private static MutualTls mode(Cursor mtls) {
        return mtls.child("mode")
                .flatMap(field -> CrdRules.oneOf(field, MODES))
                .map(MutualTls::valueOf)
                .orElse(MutualTls.UNSET);
    }
}
