package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.gate.Gate;
import io.sluice.policy.gate.GateDecision;
import io.sluice.policy.gate.Outcome;
import io.sluice.policy.gate.Request;
import io.sluice.policy.gate.Request.Trait;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.GateTerm.Attribute;
import io.sluice.policy.model.Mesh;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * On random policies and requests the gate says what a naive evaluator says; and where only a part of a request is known
 * it says "allow", "deny" or "ask" only if that holds for requests with any rest.
 */
class GateEqualsNaiveTest {
    private static final int GATES = 5_000;
    private static final int RESTS = 12;
    private static final int HTTP = 80;
    private static final int TCP = 90;
    private static final int DETECTED = 70;

    private static final Pod POD = new Pod(
            "n1",
            "pod",
            Map.of("app", "web"),
            List.of(Ip.parse("10.0.9.9")),
            "node",
            false,
            List.of(),
            new Workload("Pod", "n1", "pod"),
            SourcePosition.NONE);

    /** With a port of HTTP and one of which the mesh sees only bytes; the other test of the gate has it too. */
    static final Service SERVICE = new Service(
            "n1",
            "web",
            "ClusterIP",
            Map.of("app", "web"),
            false,
            List.of(),
            List.of(
                    new ServicePort("http", Protocol.TCP, HTTP, "", HTTP),
                    new ServicePort("tcp-x", Protocol.TCP, TCP, "", TCP)),
            SourcePosition.NONE);

    private static Snapshot snapshot(List<GatePolicy> policies) {
        Mesh.Tokens tokens = new Mesh.Tokens(
                new PolicyId("RequestAuthentication", "n1", "t"), new Mesh.Scope("n1", false, Selector.ALL));
        return Snapshot.of(List.of(), List.of(POD), List.of(), List.of(SERVICE), List.of())
                .withMesh(new Mesh(Mesh.ROOT_NAMESPACE, Mesh.TRUST_DOMAIN, policies, List.of(), List.of(tokens)));
    }

    @Test
    void theGateSaysWhatANaiveEvaluatorSays() {
        long first = 1;
        long seed = Chance.seed(first);
        int count = seed == first ? GATES : 1;
        int[] outcomes = new int[Outcome.values().length];
        for (int i = 0; i < count; i++) {
            check(seed + i, outcomes);
        }
        for (Outcome outcome : Outcome.values()) {
            // A property that never meets one of the outcomes proves little.
            assertThat(count == 1 || outcomes[outcome.ordinal()] > count / 100)
                    .as(outcome.toString())
                    .isTrue();
        }
    }

    private static void check(long seed, int[] outcomes) {
        Chance chance = new Chance(seed);
        RandomGate random = new RandomGate(chance);
        List<GatePolicy> policies = random.policies();
        Gate gate = Gate.of(snapshot(policies));
        String address = chance.among("10.0.0.1", "10.0.0.2", "10.0.1.1");
        int port = chance.among(HTTP, TCP, DETECTED);
        Request bare = Request.of(new Connection(
                new Party.OfNetwork(Ip.parse(address)),
                new Party.OfPod(POD, POD.ips().getFirst()),
                Protocol.TCP,
                port));
        Map<Trait, List<String>> facts = random.facts(address, port);
        if (port != DETECTED) {
            Outcome exact = gate.decide(with(bare, facts, 100, chance)).outcome();
            assertThat(exact).as("seed " + seed).isEqualTo(new NaiveGate(policies, port == HTTP, facts).outcome());
        }
        Request partly = with(bare, facts, chance.among(0, 30, 60), chance);
        GateDecision decision = gate.decide(partly);
        outcomes[decision.outcome().ordinal()]++;
        if (decision.outcome() == Outcome.DEPENDS) {
            assertThat(decision.dependsOn()).as("seed " + seed).isNotEmpty();
            return;
        }
        for (int i = 0; i < RESTS; i++) {
            Map<Trait, List<String>> rest = random.facts(address, port);
            rest.putAll(partly.said());
            boolean http = port == HTTP || port == DETECTED && (partly.isHttp() || chance.percent(50));
            assertThat(new NaiveGate(policies, http, rest).outcome())
                    .as("seed " + seed + " with " + rest)
                    .isEqualTo(decision.outcome());
        }
    }

    /** Says so many of a hundred of the facts; who the source is is said as a whole. */
    private static Request with(Request bare, Map<Trait, List<String>> facts, int percent, Chance chance) {
        Request request = bare;
        boolean identity = chance.percent(percent);
        List<Map.Entry<Trait, List<String>>> entries = new ArrayList<>(facts.entrySet());
        entries.sort(java.util.Comparator.comparing(
                        (Map.Entry<Trait, List<String>> e) -> e.getKey().attribute())
                .thenComparing(e -> e.getKey().key()));
        for (Map.Entry<Trait, List<String>> fact : entries) {
            Attribute attribute = fact.getKey().attribute();
            if (attribute.isIdentity() ? identity : chance.percent(percent)) {
                request = request.with(attribute, fact.getKey().key(), fact.getValue());
            }
        }
        return request;
    }
}
