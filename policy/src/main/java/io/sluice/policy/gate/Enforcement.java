package io.sluice.policy.gate;

import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.GatePolicy.Target;
import io.sluice.policy.model.Mesh;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;

/** Where a policy is enforced on what is sent to a pod. */
enum Enforcement {
    NOWHERE,
    /** At the pod's own proxy, or the pod is the gateway that the policy is bound to. */
    BY_ITSELF,
    /** At a waypoint in front of the pod. */
    ELSEWHERE;

    /** Whose name a gateway's pods bear (Gateway API, GEP-1762). */
    private static final String GATEWAY = "gateway.networking.k8s.io/gateway-name";

    private static final String GATEWAY_CLASS = "gateway.networking.k8s.io/gateway-class-name";
    private static final String WAYPOINT = "istio.io/use-waypoint";

    static Enforcement of(Snapshot snapshot, GatePolicy policy, Pod pod) {
        if (policy.targets().isEmpty()) {
            return policy.scope().holds(pod) ? BY_ITSELF : NOWHERE;
        }
        Enforcement most = NOWHERE;
        for (Target target : policy.targets()) {
            Enforcement here = of(snapshot, policy.scope(), target, pod);
            most = here == BY_ITSELF || most == NOWHERE ? here : most;
        }
        return most;
    }

    private static Enforcement of(Snapshot snapshot, Mesh.Scope scope, Target target, Pod pod) {
        String namespace = scope.namespace();
        boolean own = namespace.equals(pod.namespace());
        String waypoint = pod.labels()
                .getOrDefault(WAYPOINT, snapshot.namespaceOf(pod).labels().get(WAYPOINT));
        boolean hasWaypoint = waypoint != null && !waypoint.equals("none");
        return switch (target.kind()) {
            case "Gateway" ->
                own && target.name().equals(pod.labels().get(GATEWAY))
                        ? BY_ITSELF
                        : own && target.name().equals(waypoint) ? ELSEWHERE : NOWHERE;
            case "GatewayClass" ->
                // A policy for a whole class of gateways counts only from the root namespace of the mesh.
                !scope.wholeMesh()
                        ? NOWHERE
                        : target.name().equals(pod.labels().get(GATEWAY_CLASS))
                                ? BY_ITSELF
                                : hasWaypoint ? ELSEWHERE : NOWHERE;
            case "Service" ->
                own
                                && snapshot.services().stream()
                                        .anyMatch(s -> s.namespace().equals(namespace)
                                                && s.name().equals(target.name())
                                                && s.selects(pod))
                        ? ELSEWHERE
                        : NOWHERE;
            // A ServiceEntry is about somebody outside.
            default -> NOWHERE;
        };
    }
}
