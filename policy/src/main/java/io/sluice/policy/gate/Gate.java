package io.sluice.policy.gate;

import io.sluice.policy.model.Connection;
import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.Mesh;
import io.sluice.policy.model.Mesh.MutualTls;
import io.sluice.policy.model.Mesh.PeerAuthentication;
import io.sluice.policy.model.Mesh.Tokens;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Decides requests as the proxies of a mesh do. Immutable and thread-safe.
 *
 * <p>Policies of several objects have no order among them, as in Istio; where several rules match, the first by the name
 * of the policy and the place of the rule is named.
 */
public final class Gate {
    private final Snapshot snapshot;
    private final List<GatePolicy> policies;

    private Gate(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.policies = snapshot.mesh().policies().stream()
                .sorted(Comparator.comparing(GatePolicy::id))
                .toList();
    }

    public static Gate of(Snapshot snapshot) {
        return new Gate(snapshot);
    }

    /** The same for connections to one pod: what is not about it is left out, so that many questions cost less. */
    public Gate at(Pod pod) {
        Mesh mesh = snapshot.mesh();
        Mesh own = new Mesh(
                mesh.rootNamespace(),
                mesh.trustDomain(),
                policies.stream()
                        .filter(p -> Enforcement.of(snapshot, p, pod) != Enforcement.NOWHERE)
                        .toList(),
                mesh.authentications().stream()
                        .filter(a -> a.scope().holds(pod))
                        .toList(),
                mesh.tokens().stream().filter(t -> t.scope().holds(pod)).toList());
        return new Gate(snapshot.withMesh(own)
                .withServices(
                        snapshot.services().stream().filter(s -> s.selects(pod)).toList()));
    }

    /** Whether anything that the mesh was told is about the destination of the connection. */
    public boolean speaksOf(Connection connection) {
        return !snapshot.mesh().isSilent()
                && connection.to() instanceof Party.OfPod(Pod pod, var _)
                && (policies.stream().anyMatch(p -> Enforcement.of(snapshot, p, pod) != Enforcement.NOWHERE)
                        || strict(pod, connection.port()).isPresent());
    }

    /** What becomes of a request; {@link Request#of} is one of which only the connection is known. */
    public GateDecision decide(Request request) {
        Connection connection = request.connection();
        if (!(connection.to() instanceof Party.OfPod(Pod pod, var _))) {
            return notGuarded("the destination has no proxy");
        }
        Optional<String> way = wayAround(connection, pod);
        if (way.isPresent()) {
            return notGuarded(way.get());
        }
        Facts facts =
                new Facts(snapshot, request, mode(pod, connection.port()) != MutualTls.DISABLE, looksAtTokens(pod));
        Wire wire = Membership.of(snapshot, pod) == Membership.AMBIENT
                ? Wire.TCP
                : Wire.of(snapshot, pod, connection.port());
        GateDecision own = decide(enforced(pod, Enforcement.BY_ITSELF), facts, wire, request.isHttp());
        List<GatePolicy> elsewhere = enforced(pod, Enforcement.ELSEWHERE);
        GateDecision both = elsewhere.isEmpty() ? own : behindWaypoint(own, elsewhere, facts, pod);
        return strict(pod, connection.port())
                .map(a -> encrypted(both, a, facts))
                .orElse(both);
    }

    private List<GatePolicy> enforced(Pod pod, Enforcement where) {
        return policies.stream()
                .filter(p -> Enforcement.of(snapshot, p, pod) == where)
                .toList();
    }

    private static GateDecision notGuarded(String reason) {
        return GateDecision.of(Outcome.ALLOW, new GateCause.NotGuarded(reason), List.of());
    }

    /** Why a connection does not pass the proxy of the pod that it leads to, if it does not. */
    private Optional<String> wayAround(Connection connection, Pod to) {
        if (!connection.protocol().equals(Protocol.TCP)) {
            return Optional.of("only TCP passes the destination's proxy");
        }
        if (Membership.of(snapshot, to) == Membership.NONE) {
            return Optional.of("the destination is not in the mesh");
        }
        // The redirection leaves out what a pod sends to itself by its own address.
        boolean toItself = connection.from() instanceof Party.OfPod(Pod from, var _) && from.isSame(to);
        return toItself && !connection.hairpin()
                ? Optional.of("a pod's direct traffic to itself does not pass its proxy")
                : Optional.empty();
    }

    private static GateDecision decide(List<GatePolicy> policies, Facts facts, Wire wire, boolean http) {
        return switch (wire) {
            case HTTP -> Ruling.of(policies, new Matching(facts, true));
            case TCP -> Ruling.of(policies, new Matching(facts, false));
            case DETECTED -> {
                GateDecision asHttp = Ruling.of(policies, new Matching(facts, true));
                if (http) {
                    yield asHttp;
                }
                GateDecision asTcp = Ruling.of(policies, new Matching(facts, false));
                if (asHttp.outcome() == asTcp.outcome() && asHttp.outcome() != Outcome.DEPENDS) {
                    yield asHttp;
                }
                SortedSet<String> on = new TreeSet<>(asHttp.dependsOn());
                on.addAll(asTcp.dependsOn());
                on.add("whether HTTP is spoken");
                yield GateDecision.open(on, asHttp.trace());
            }
        };
    }

    /**
     * A proxy elsewhere enforces policies that are bound to a Service or a gateway. Whether a request passes it is not
     * known here, so that what it refuses is no refusal for certain.
     */
    private GateDecision behindWaypoint(GateDecision own, List<GatePolicy> elsewhere, Facts facts, Pod pod) {
        Wire wire = Wire.of(snapshot, pod, facts.request().connection().port());
        GateDecision there = decide(elsewhere, facts, wire, facts.request().isHttp());
        List<GateStep> trace = new ArrayList<>(own.trace());
        there.trace().forEach(s -> trace.add(new GateStep(s.policy(), s.rule(), s.matches(), false)));
        if (own.outcome() == Outcome.DENY || there.outcome() == Outcome.ALLOW) {
            return new GateDecision(own.outcome(), own.cause(), own.dependsOn(), trace);
        }
        SortedSet<String> on = new TreeSet<>(own.dependsOn());
        on.addAll(there.dependsOn());
        for (GatePolicy policy : elsewhere) {
            policy.targets().forEach(target -> on.add("whether it passes the proxy of " + target));
        }
        return GateDecision.open(on, trace);
    }

    /** Mutual TLS comes first: who does not speak it does not get as far as the policies. */
    private static GateDecision encrypted(GateDecision decision, PeerAuthentication strict, Facts facts) {
        Optional<List<String>> principal = facts.principal();
        if (principal.isPresent()) {
            return principal.get().isEmpty()
                    ? GateDecision.of(Outcome.DENY, new GateCause.Plaintext(strict), decision.trace())
                    : decision;
        }
        if (decision.outcome() == Outcome.DENY) {
            return decision;
        }
        SortedSet<String> on = new TreeSet<>(decision.dependsOn());
        on.add("whether the source speaks mutual TLS");
        return GateDecision.open(on, decision.trace());
    }

    /** Whether a proxy that requests to the pod pass looks at tokens. */
    private boolean looksAtTokens(Pod pod) {
        return snapshot.mesh().tokens().stream().map(Tokens::scope).anyMatch(scope -> scope.holds(pod));
    }

    private MutualTls mode(Pod pod, int port) {
        return chosen(pod, port).map(Chosen::mode).orElse(MutualTls.PERMISSIVE);
    }

    private Optional<PeerAuthentication> strict(Pod pod, int port) {
        return chosen(pod, port).filter(c -> c.mode() == MutualTls.STRICT).map(Chosen::authentication);
    }

    private record Chosen(PeerAuthentication authentication, MutualTls mode) {}

    /** Of the pod before of its namespace before of the mesh; what says nothing leaves it to the next. */
    private Optional<Chosen> chosen(Pod pod, int port) {
        Mesh mesh = snapshot.mesh();
        return mesh.authentications().stream()
                .filter(a -> a.scope().holds(pod))
                .sorted(Comparator.comparing(
                                (PeerAuthentication a) -> !a.scope().isOfSomePods())
                        .thenComparing(a -> a.scope().wholeMesh())
                        .thenComparing(PeerAuthentication::id))
                .flatMap(a ->
                        List.of(new Chosen(a, a.ports().getOrDefault(port, MutualTls.UNSET)), new Chosen(a, a.mode()))
                                .stream())
                .filter(c -> c.mode() != MutualTls.UNSET)
                .findFirst();
    }
}
