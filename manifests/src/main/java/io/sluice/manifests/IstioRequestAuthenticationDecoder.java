package io.sluice.manifests;

import io.sluice.policy.model.Mesh.Scope;
import io.sluice.policy.model.Mesh.Tokens;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Selector;
import java.util.Set;

/**
 * security.istio.io RequestAuthentication, as far as it says where tokens are looked at. Which tokens are good is not
 * looked into: a request is told with the claims of a good one.
 */
final class IstioRequestAuthenticationDecoder implements ObjectDecoder {
    @Override
    public Set<String> kinds() {
        return Set.of("security.istio.io/v1 RequestAuthentication", "security.istio.io/v1beta1 RequestAuthentication");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public Shape shape() {
        return IstioShapes.REQUEST_AUTHENTICATION;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        IstioScope scope = IstioScope.read(object, spec);
        for (Cursor rule : spec.list("jwtRules")) {
            if (rule.expectMapping()
                    && rule.child("issuer").isEmpty()
                    && rule.child("jwksUri").isEmpty()) {
                Invalid.required(rule, "issuer", "issuer or jwksUri must be set", "");
            }
        }
        if (!spec.list("jwtRules").isEmpty()) {
            // A waypoint's policy may be about any pod of the namespace.
            Scope whose =
                    scope.targets().isEmpty() ? scope.scope() : new Scope(object.namespace(), false, Selector.ALL);
            cluster.note(new Tokens(new PolicyId("RequestAuthentication", object.namespace(), object.name()), whose));
        }
    }
}
