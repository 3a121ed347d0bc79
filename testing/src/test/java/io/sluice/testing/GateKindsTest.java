package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.gate.Gate;
import io.sluice.policy.gate.Kinds;
import io.sluice.policy.gate.Outcome;
import io.sluice.policy.gate.Request;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.Mesh;
import io.sluice.policy.model.Mesh.MutualTls;
import io.sluice.policy.model.Mesh.PeerAuthentication;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.ServiceAccount;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Under random policies parties of one kind, and ports that nothing is said of, fare alike; a stranger may be anybody. */
class GateKindsTest {
    private static final int GATES = 400;
    private static final List<Integer> PORTS = List.of(1, 70, 71, 80, 90, 443, 65535);

    private static Pod pod(String namespace, String name, String account, String ip) {
        return new Pod(
                namespace,
                name,
                Map.of("app", "web"),
                List.of(Ip.parse(ip)),
                "node",
                false,
                List.of(),
                new Workload("Pod", namespace, name),
                SourcePosition.NONE,
                new ServiceAccount(account, Map.of()));
    }

    private static final List<Pod> PODS = List.of(
            pod("n1", "a", "s1", "10.0.0.1"),
            pod("n1", "b", "s1", "10.0.0.2"),
            pod("n1", "c", "s2", "10.0.1.1"),
            pod("n2", "d", "s1", "10.0.1.2"),
            pod("out", "e", "s1", "10.0.2.1"),
            pod("out", "f", "s1", "10.0.2.2"));

    private static final List<Party> PARTIES = List.of(
            of(PODS.get(0)),
            of(PODS.get(1)),
            of(PODS.get(2)),
            of(PODS.get(3)),
            of(PODS.get(4)),
            of(PODS.get(5)),
            new Party.OfNetwork(Ip.parse("10.0.0.77")),
            new Party.OfNetwork(Ip.parse("192.0.2.1")),
            new Party.OfNetwork(Ip.parse("192.0.2.2")));

    private static Party of(Pod pod) {
        return new Party.OfPod(pod, pod.ips().getFirst());
    }

    private static Snapshot snapshot(List<GatePolicy> policies, Chance chance) {
        PeerAuthentication authentication = new PeerAuthentication(
                new PolicyId("PeerAuthentication", "n1", "p"),
                SourcePosition.NONE,
                new Mesh.Scope("n1", false, Selector.ALL),
                chance.among(MutualTls.PERMISSIVE, MutualTls.UNSET, MutualTls.STRICT),
                Map.of(443, chance.among(MutualTls.STRICT, MutualTls.DISABLE)));
        return Snapshot.of(
                        List.of(new Namespace("out", Map.of("istio-injection", "disabled"))),
                        PODS,
                        List.of(),
                        List.of(GateEqualsNaiveTest.SERVICE),
                        List.of())
                .withMesh(new Mesh(
                        Mesh.ROOT_NAMESPACE,
                        Mesh.TRUST_DOMAIN,
                        policies,
                        chance.percent(50) ? List.of(authentication) : List.of(),
                        List.of()));
    }

    @Test
    void whatIsOfAKindFaresAlike() {
        long first = 1;
        long seed = Chance.seed(first);
        int count = seed == first ? GATES : 1;
        Set<Outcome> ofStrangers = new HashSet<>();
        for (int i = 0; i < count; i++) {
            Chance chance = new Chance(seed + i);
            Snapshot snapshot = snapshot(new RandomGate(chance).policies(), chance);
            check("seed " + (seed + i), snapshot, ofStrangers);
        }
        assertThat(count == 1 || ofStrangers.containsAll(Set.of(Outcome.ALLOW, Outcome.DENY, Outcome.DEPENDS)))
                .isTrue();
    }

    /** What tells two outcomes apart where the kinds are right: nothing else. */
    private record Asked(Kinds.Source from, Kinds.Destination to, int port) {}

    private static void check(String seed, Snapshot snapshot, Set<Outcome> ofStrangers) {
        Gate gate = Gate.of(snapshot);
        Kinds kinds = Kinds.of(snapshot);
        Map<Asked, Outcome> met = new HashMap<>();
        for (Pod to : PODS) {
            Gate there = gate.at(to);
            for (int port : PORTS) {
                Connection any = new Connection(PARTIES.getLast(), of(to), Protocol.TCP, port);
                Outcome stranger = gate.decide(Request.ofStranger(any)).outcome();
                ofStrangers.add(stranger);
                for (Party from : PARTIES) {
                    Connection connection = new Connection(from, of(to), Protocol.TCP, port, true);
                    Outcome outcome = gate.decide(Request.of(connection)).outcome();
                    String asked = seed + ": " + connection;
                    assertThat(there.decide(Request.of(connection)))
                            .as(asked)
                            .isEqualTo(gate.decide(Request.of(connection)));
                    if (kinds.destination(of(to)).isEmpty()) {
                        assertThat(outcome).as(asked).isEqualTo(Outcome.ALLOW);
                        continue;
                    }
                    int told = kinds.ports(to).contains(port) ? port : 0;
                    Asked kind = new Asked(
                            kinds.source(from), kinds.destination(of(to)).orElseThrow(), told);
                    Outcome known = met.putIfAbsent(kind, outcome);
                    assertThat(outcome).as(asked).isEqualTo(known == null ? outcome : known);
                    if (stranger != Outcome.DEPENDS) {
                        assertThat(outcome).as("a stranger, " + asked).isEqualTo(stranger);
                    }
                }
            }
        }
    }
}
