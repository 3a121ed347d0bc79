package io.sluice.analysis.explain;

import io.sluice.analysis.directory.Directory;
import io.sluice.analysis.directory.Target;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.decide.Step;
import io.sluice.policy.gate.Gate;
import io.sluice.policy.gate.GateCause;
import io.sluice.policy.gate.GateDecision;
import io.sluice.policy.gate.Outcome;
import io.sluice.policy.gate.Request;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Explains connections of a snapshot. */
public final class Explainer {
    /** Pairs of pods that are decided for one question; the others are taken to be like them. */
    private static final int MOST_PAIRS = 36;

    private final Snapshot snapshot;
    private final Directory directory;
    private final Changes changes;
    private final Gate gate;
    private final ServiceEnds services;

    public Explainer(Directory directory) {
        this.directory = directory;
        this.snapshot = directory.snapshot();
        this.changes = new Changes(snapshot);
        this.gate = Gate.of(snapshot);
        this.services = new ServiceEnds(directory);
    }

    private record Opening(Party from, Party to, int port, boolean hairpin) {}

    private record Causes(
            Cause egress, Cause ingress, @Nullable GateCause gate) {}

    /** @param port of the Service, where the destination is one */
    public Explanation explain(Target from, Target to, Protocol protocol, int port) {
        return explain(from, to, protocol, port, UnaryOperator.identity());
    }

    /**
     * @param port of the Service, where the destination is one
     * @param saying adds to a request what is known of it
     */
    public Explanation explain(Target from, Target to, Protocol protocol, int port, UnaryOperator<Request> saying) {
        Set<String> notes = new LinkedHashSet<>();
        Map<Causes, Explanation.Case> cases = new LinkedHashMap<>();
        for (Opening opening : openings(from, to, protocol, port, notes)) {
            Connection connection = new Connection(opening.from, opening.to, protocol, opening.port, opening.hairpin);
            Decision decision = Decider.decide(snapshot, connection);
            GateDecision gated = gate.speaksOf(connection) ? gate.decide(saying.apply(Request.of(connection))) : null;
            Causes causes = new Causes(
                    decision.egress().cause(), decision.ingress().cause(), gated == null ? null : gated.cause());
            Explanation.Case known = cases.get(causes);
            boolean deniedByGate = gated != null && gated.outcome() == Outcome.DENY;
            cases.put(
                    causes,
                    known == null
                            ? new Explanation.Case(
                                    opening.from,
                                    opening.to,
                                    opening.port,
                                    decision,
                                    1,
                                    deniedByGate ? List.of() : changes.turningRound(decision),
                                    gated)
                            : new Explanation.Case(
                                    known.from(),
                                    known.to(),
                                    known.targetPort(),
                                    known.decision(),
                                    known.pairs() + 1,
                                    known.changes(),
                                    known.gate()));
        }
        cases.values().forEach(c -> noteBlindness(c, notes));
        noteService(to, protocol, port, notes);
        return new Explanation(from, to, protocol, port, List.copyOf(cases.values()), List.copyOf(notes));
    }

    /** The ports to explain where none was named: those of the Service, or those that the containers declare. */
    public List<Map.Entry<Protocol, Integer>> portsOf(Target to) {
        Set<Map.Entry<Protocol, Integer>> ports = new LinkedHashSet<>();
        switch (to) {
            case Target.OfService(Service service, var _) ->
                service.ports().forEach(p -> ports.add(Map.entry(p.protocol(), p.port())));
            case Target.OfPod(Pod pod) -> pod.ports().forEach(p -> ports.add(Map.entry(p.protocol(), p.port())));
            case Target.OfWorkload(var _, List<Pod> pods) ->
                pods.forEach(pod -> pod.ports().forEach(p -> ports.add(Map.entry(p.protocol(), p.port()))));
            case Target.OfAddress _ -> {}
        }
        return List.copyOf(ports);
    }

    /** The number that a port's name stands for at a destination. */
    public Optional<Integer> portNamed(Target to, String name, Protocol protocol) {
        return switch (to) {
            case Target.OfService(Service service, var _) ->
                service.ports().stream()
                        .filter(p -> p.name().equals(name) && p.protocol().equals(protocol))
                        .map(Service.ServicePort::port)
                        .findFirst();
            case Target.OfPod(Pod pod) -> portNamed(List.of(pod), name, protocol);
            case Target.OfWorkload(var _, List<Pod> pods) -> portNamed(pods, name, protocol);
            case Target.OfAddress _ -> Optional.empty();
        };
    }

    private static Optional<Integer> portNamed(List<Pod> pods, String name, Protocol protocol) {
        return pods.stream()
                .flatMap(pod -> pod.ports().stream())
                .filter(p -> p.name().equals(name) && p.protocol().equals(protocol))
                .map(ContainerPort::port)
                .findFirst();
    }

    private List<Opening> openings(Target from, Target to, Protocol protocol, int port, Set<String> notes) {
        List<Opening> all = new ArrayList<>();
        boolean throughService = to instanceof Target.OfService;
        for (Object source : sources(from, to, notes)) {
            for (Object destination : ends(to)) {
                if (all.size() == MOST_PAIRS) {
                    notes.add("only the first " + MOST_PAIRS + " pairs of pods were looked at");
                    return all;
                }
                boolean same = source == destination;
                if (same && !throughService && !(from instanceof Target.OfPod)) {
                    continue;
                }
                Optional<Directory.Pair> parties = parties(source, destination);
                if (parties.isEmpty()) {
                    notes.add("some pods have no addresses of one family and cannot speak with each other");
                    continue;
                }
                Optional<Integer> target = target(to, destination, protocol, port);
                if (target.isEmpty()) {
                    notes.add(to.text() + " leads to no pod on " + protocol + " " + port);
                    continue;
                }
                all.add(new Opening(parties.get().from(), parties.get().to(), target.get(), same && throughService));
            }
        }
        if (all.isEmpty()) {
            noteNothing(from, to, notes);
        }
        return all;
    }

    private static void noteNothing(Target from, Target to, Set<String> notes) {
        for (Target end : List.of(from, to)) {
            if (end instanceof Target.OfService(Service service, var _)
                    && ends(end).isEmpty()) {
                notes.add(end.text()
                        + (service.selector().isEmpty()
                                ? " has no selector, and these manifests have no endpoints of it"
                                : " selects no pod of these manifests"));
            }
        }
        if (notes.isEmpty()) {
            notes.add("there is no pair of two different pods to look at");
        }
    }

    private List<?> sources(Target from, Target to, Set<String> notes) {
        return from instanceof Target.OfAddress(Ip client) && to instanceof Target.OfService(Service service, var _)
                ? services.seenAs(client, service, notes)
                : ends(from);
    }

    /** Pods, or addresses. */
    private static List<?> ends(Target target) {
        return switch (target) {
            case Target.OfPod(Pod pod) -> List.of(pod);
            case Target.OfWorkload(var _, List<Pod> pods) -> pods;
            case Target.OfService(Service service, List<Pod> backends) ->
                backends.isEmpty() ? ServiceEnds.endpoints(service) : backends;
            case Target.OfAddress(Ip ip) -> List.of(ip);
        };
    }

    private Optional<Directory.Pair> parties(Object source, Object destination) {
        if (source instanceof Pod from && destination instanceof Pod to) {
            return directory.together(from, to);
        }
        if (source instanceof Pod from && destination instanceof Ip ip) {
            return directory.facing(from, ip).map(party -> new Directory.Pair(party, directory.party(ip)));
        }
        if (source instanceof Party.OfNode node && node.address().isPresent()) {
            Ip ip = node.address().get();
            return destination instanceof Pod to
                    ? directory.facing(to, ip).map(party -> new Directory.Pair(node, party))
                    : parties(ip, destination);
        }
        if (source instanceof Ip ip && destination instanceof Pod to) {
            return directory.facing(to, ip).map(party -> new Directory.Pair(directory.party(ip), party));
        }
        return source instanceof Ip one && destination instanceof Ip other && one.isV4() == other.isV4()
                ? Optional.of(new Directory.Pair(directory.party(one), directory.party(other)))
                : Optional.empty();
    }

    private static Optional<Integer> target(Target to, Object destination, Protocol protocol, int port) {
        if (!(to instanceof Target.OfService(Service service, var _))) {
            return Optional.of(port);
        }
        return destination instanceof Ip endpoint
                ? ServiceEnds.targetPort(service, protocol, port, endpoint)
                : destination instanceof Pod backend
                        ? Directory.targetPort(service, protocol, port, backend)
                        : Optional.empty();
    }

    /** Pods without addresses are invisible to address blocks, which in a cluster they are not. */
    private static void noteBlindness(Explanation.Case c, Set<String> notes) {
        for (Direction direction : Direction.values()) {
            Party peer = c.decision().connection().peer(direction);
            boolean blocks = Step.tried((direction == Direction.INGRESS
                                    ? c.decision().ingress()
                                    : c.decision().egress())
                            .trace())
                    .stream()
                    .anyMatch(t -> t.rule().rule().peers().stream().anyMatch(Peer.Network.class::isInstance));
            if (blocks && peer instanceof Party.OfPod && peer.address().isEmpty()) {
                notes.add("the pods have no addresses in these manifests, so no ipBlock matches them; in a cluster one"
                        + " that holds their addresses would");
            }
        }
    }

    /** Somebody who asks for the Service's port at the workload asks for a port that is not open there. */
    private void noteService(Target to, Protocol protocol, int port, Set<String> notes) {
        if (!(to instanceof Target.OfWorkload(var workload, List<Pod> pods))
                || pods.stream().anyMatch(pod -> declares(pod, protocol, port))) {
            return;
        }
        for (Service service : snapshot.services()) {
            if (service.namespace().equals(workload.namespace())
                    && pods.stream().anyMatch(service::selects)) {
                Directory.targetPort(service, protocol, port, pods.getFirst())
                        .filter(target -> target != port)
                        .ifPresent(target -> notes.add("Service " + service.namespace() + "/" + service.name()
                                + " leads from port " + port + " to port " + target
                                + " of these pods; policies speak of the latter: ask for " + service.namespace()
                                + "/svc/"
                                + service.name()
                                + " or for port " + target));
            }
        }
    }

    private static boolean declares(Pod pod, Protocol protocol, int port) {
        return pod.ports().stream()
                .anyMatch(p -> p.port() == port && p.protocol().equals(protocol));
    }
}
