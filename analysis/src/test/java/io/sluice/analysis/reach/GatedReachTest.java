package io.sluice.analysis.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.Yaml;
import io.sluice.analysis.reach.Reach.Requests;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.gate.Gate;
import io.sluice.policy.gate.Outcome;
import io.sluice.policy.gate.Request;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What gates leave of the traffic between ends is what each connection meets, one at a time. */
class GatedReachTest {
    private static final List<Integer> PORTS = List.of(1, 80, 443, 5432, 8080, 9000, 9090, 15000, 65535);

    private static String pod(String namespace, String name, String app, String ip) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {namespace: %s, name: %s, labels: {app: %s}, ownerReferences: [{controller: true, kind: ReplicaSet, name: %s-1}]}
                spec: {serviceAccountName: %s, containers: [{name: c, image: i, ports: [{name: main, containerPort: 8080}]}]}
                status: {podIP: %s}
                """.formatted(namespace, name, app, app, app, ip);
    }

    private static String authorization(String namespace, String name, String spec) {
        return """
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {namespace: %s, name: %s}
                spec: %s
                """.formatted(namespace, name, spec);
    }

    /** Two pods of one workload of which a rule about addresses tells one; a port with HTTP, one without, strict ones. */
    private static final Snapshot MESH = Yaml.snapshot(
            "{apiVersion: v1, kind: Namespace, metadata: {name: old, labels: {istio-injection: disabled}}}",
            pod("shop", "web-1", "web", "10.0.0.1"),
            pod("shop", "web-2", "web", "10.0.0.2"),
            pod("shop", "cart-1", "cart", "10.0.0.3"),
            pod("shop", "db-1", "db", "10.0.0.4"),
            pod("shop", "door-1", "door", "10.0.0.5"),
            pod("old", "report-1", "report", "10.0.1.1"),
            """
            apiVersion: v1
            kind: Service
            metadata: {namespace: shop, name: cart}
            spec:
              selector: {app: cart}
              ports: [{name: http, port: 80, targetPort: main}, {name: tcp-raw, port: 9000}]
            """,
            authorization("shop", "cart", """
                    {selector: {matchLabels: {app: cart}}, rules: [
                      {from: [{source: {serviceAccounts: [web]}}], to: [{operation: {ports: ["8080"], methods: [GET]}}]},
                      {from: [{source: {ipBlocks: [10.0.0.2/32, 203.0.113.0/24]}}], to: [{operation: {ports: ["9000"]}}]},
                      {from: [{source: {namespaces: [shop]}}], to: [{operation: {ports: ["9090"]}}]}]}"""),
            authorization("shop", "db", """
                    {selector: {matchLabels: {app: db}}, action: DENY, rules: [
                      {from: [{source: {notNamespaces: [shop]}}], to: [{operation: {notPorts: ["443"]}}]}]}"""),
            authorization("shop", "asks", """
                    {selector: {matchLabels: {app: db}}, action: CUSTOM, provider: {name: desk}, rules: [
                      {to: [{operation: {ports: ["443"]}}]}]}"""),
            authorization("shop", "door", "{selector: {matchLabels: {app: door}}}"),
            """
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {namespace: shop, name: db}
            spec: {selector: {matchLabels: {app: db}}, mtls: {mode: STRICT}, portLevelMtls: {"15000": {mode: PERMISSIVE}}}
            """,
            Yaml.policy("shop", "web", """
                    podSelector: {matchLabels: {app: web}}
                    policyTypes: [Egress]
                    egress:
                      - ports: [{port: 8080}, {port: 9000}, {port: 53, protocol: UDP}]
                    """));

    private static List<End> ends() {
        List<End> ends = new ArrayList<>(Ends.of(MESH, Ends.Level.WORKLOADS));
        ends.addAll(Ends.externalBeforeGates(MESH));
        return ends;
    }

    @Test
    void everyPairIsTheGates() {
        List<End> ends = ends();
        Reach reach = Reach.behindGates(VerdictTable.of(MESH), ends);
        int[] some = new int[ends.size()];
        int[] every = new int[ends.size()];
        Outcome[] met = new Outcome[1];
        List<Outcome> outcomes = new ArrayList<>();
        for (int from = 0; from < some.length; from++) {
            if (!ends.get(from).isSource()) {
                continue;
            }
            reach.from(from, Requests.SOME, some);
            reach.from(from, Requests.EVERY, every);
            for (int to = 0; to < some.length; to++) {
                End source = ends.get(from);
                End destination = ends.get(to);
                if (!destination.isDestination() || End.isOmitted(source, destination)) {
                    continue;
                }
                for (Protocol protocol : List.of(Protocol.TCP, Protocol.UDP)) {
                    for (int port : PORTS) {
                        int key = TrafficRange.key(protocol, port);
                        String pair = source.name() + " => " + destination.name() + " " + Traffic.keyText(key);
                        boolean may = any(source, destination, protocol, port, o -> note(o, met) != Outcome.DENY);
                        boolean will = any(source, destination, protocol, port, o -> o == Outcome.ALLOW);
                        outcomes.add(met[0]);
                        assertThat(reach.traffic(some[to]).contains(key))
                                .as(pair)
                                .isEqualTo(may);
                        assertThat(reach.traffic(every[to]).contains(key))
                                .as(pair)
                                .isEqualTo(will);
                    }
                }
            }
        }
        assertThat(outcomes).as("the scene meets all of them").contains(Outcome.values());
    }

    private static Outcome note(Outcome outcome, Outcome[] into) {
        into[0] = outcome;
        return outcome;
    }

    private static boolean any(End source, End destination, Protocol protocol, int port, Predicate<Outcome> wanted) {
        return source.parties().stream()
                .anyMatch(from -> destination.parties().stream().anyMatch(to -> {
                    Connection connection = new Connection(from, to, protocol, port);
                    return meet(from, to)
                            && Decider.decide(MESH, connection).verdict() == Verdict.ALLOW
                            && wanted.test(
                                    Gate.of(MESH).decide(Request.of(connection)).outcome());
                }));
    }

    private static boolean meet(Party from, Party to) {
        return from.address().orElseThrow().isV4() == to.address().orElseThrow().isV4();
    }

    @Test
    void sourcesOutsideAreToldApartByWhatGatesAsk() {
        assertThat(Ends.externalBeforeGates(MESH).stream().filter(End::isSource).map(End::name))
                .contains("203.0.113.0-203.0.113.255[External]");
        assertThat(Ends.external(List.of(MESH)).stream().filter(End::isSource)).hasSize(1);
    }

    /** Of a pod that is not there yet nothing is known: no account, no address. What nobody may do it may not either. */
    @Test
    void aSupposedPodMayBeAnybody() {
        Supposed supposed = Supposed.anybody(MESH);
        List<End> ends = new ArrayList<>(Ends.of(MESH, Ends.Level.WORKLOADS));
        ends.addAll(supposed.ends());
        Reach reach = Reach.behindGates(VerdictTable.of(supposed.snapshot()), ends);
        int anybody = ends.size() - 1;
        int cart = place(ends, "shop/cart-1");
        int door = place(ends, "shop/door-1");
        assertThat(reach.alone(Direction.INGRESS, cart, anybody, Requests.SOME))
                .hasToString("SCTP 1-65535,TCP 8080,9000,9090,UDP 1-65535");
        assertThat(reach.alone(Direction.INGRESS, cart, anybody, Requests.EVERY))
                .hasToString("SCTP 1-65535,UDP 1-65535");
        assertThat(reach.alone(Direction.INGRESS, door, anybody, Requests.SOME))
                .hasToString("SCTP 1-65535,UDP 1-65535");
        assertThat(reach.alone(Direction.EGRESS, cart, anybody, Requests.SOME)).isEqualTo(Traffic.ALL);
    }

    @Test
    void theNetworkAloneIsAskedByWhoWantsIt() {
        List<End> ends = ends();
        int[] row = new int[ends.size()];
        Reach network = new Reach(VerdictTable.of(MESH), ends);
        network.from(place(ends, "shop/db-1"), row);
        assertThat(network.isGated()).isFalse();
        assertThat(network.traffic(row[place(ends, "shop/door-1")])).isEqualTo(Traffic.ALL);
    }

    private static int place(List<End> ends, String name) {
        for (int i = 0; i < ends.size(); i++) {
            if (ends.get(i).name().startsWith(name + "[")) {
                return i;
            }
        }
        throw new AssertionError(name);
    }
}
