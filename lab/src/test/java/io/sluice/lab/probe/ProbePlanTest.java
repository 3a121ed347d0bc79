package io.sluice.lab.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lab.Placement;
import io.sluice.lab.Rules;
import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProbePlanTest {
    private static Pod pod(String name, boolean host, ContainerPort... ports) {
        return new Pod(
                "a",
                name,
                Map.of("app", name),
                List.of(),
                "",
                host,
                List.of(ports),
                new Workload("Pod", "a", name),
                SourcePosition.NONE);
    }

    private static Snapshot cluster(Policy... policies) {
        Service service = new Service(
                "a",
                "web",
                "ClusterIP",
                Map.of("app", "web"),
                false,
                List.of(),
                List.of(new ServicePort("", Protocol.TCP, 80, "", 8080)),
                SourcePosition.NONE);
        return Placement.of(
                Snapshot.of(
                        List.of(),
                        List.of(
                                pod("web", false, new ContainerPort("http", Protocol.TCP, 8080)),
                                pod("idle", false),
                                pod("agent", true, new ContainerPort("", Protocol.UDP, 9000)),
                                pod("signal", false, new ContainerPort("", Protocol.SCTP, 7000))),
                        List.of(),
                        List.of(service),
                        List.of(policies)),
                1);
    }

    private static List<String> asked(Snapshot placed, PlanOptions options, String from) {
        return ProbePlan.of(placed, options.only(Family.V4)).probes().stream()
                .filter(p -> Probe.name(p.from()).equals(from))
                .map(Probe::toString)
                .toList();
    }

    @Test
    void everyPartyIsAskedOnWhatItHas() {
        assertThat(asked(cluster(), PlanOptions.EVERYTHING, "a/web"))
                .containsExactly(
                        "a/web -> a/idle 10.244.0.3 80/TCP",
                        "a/web -> a/signal 10.244.0.4 80/TCP",
                        "a/web -> kube-system/kube-dns 10.244.0.5 53/TCP",
                        "a/web -> kube-system/kube-dns 10.244.0.5 53/UDP",
                        "a/web -> node node-1 172.18.0.2 10250/TCP",
                        "a/web -> node node-1 172.18.0.2 9000/UDP",
                        "a/web -> world 203.0.113.77 7777/TCP",
                        "a/web -> service a/web 10.96.0.11 80/TCP",
                        "a/web -> service kube-system/kube-dns 10.96.0.10 53/UDP",
                        "a/web -> service kube-system/kube-dns 10.96.0.10 53/TCP");
    }

    @Test
    void nodesAndTheWorldAskPodsOnly() {
        for (String from : List.of("node node-1", "world 203.0.113.77")) {
            assertThat(asked(cluster(), PlanOptions.EVERYTHING, from))
                    .containsExactly(
                            from + " -> a/web 10.244.0.2 8080/TCP",
                            from + " -> a/idle 10.244.0.3 80/TCP",
                            from + " -> a/signal 10.244.0.4 80/TCP",
                            from + " -> kube-system/kube-dns 10.244.0.5 53/TCP",
                            from + " -> kube-system/kube-dns 10.244.0.5 53/UDP");
        }
    }

    @Test
    void portsThatRulesNameForADestinationAreAskedToo() {
        Snapshot placed = cluster(
                Rules.allow("a", Direction.INGRESS, Peer.EVERYTHING, new PortMatch.Named("http", Protocol.TCP)),
                Rules.allow(
                        "a",
                        Direction.INGRESS,
                        Peer.EVERYTHING,
                        new PortMatch.Range(TrafficRange.ports(Protocol.TCP, 9000, 9010)),
                        PortMatch.EVERYTHING),
                Rules.allow("b", Direction.EGRESS, Rules.block("10.244.0.2/32"), PortMatch.port(Protocol.UDP, 514)));
        assertThat(asked(placed, PlanOptions.EVERYTHING, "node node-1"))
                .containsExactly(
                        "node node-1 -> a/web 10.244.0.2 8080/TCP",
                        "node node-1 -> a/web 10.244.0.2 9000/TCP",
                        "node node-1 -> a/web 10.244.0.2 9010/TCP",
                        "node node-1 -> a/web 10.244.0.2 514/UDP",
                        "node node-1 -> a/idle 10.244.0.3 80/TCP",
                        "node node-1 -> a/idle 10.244.0.3 9000/TCP",
                        "node node-1 -> a/idle 10.244.0.3 9010/TCP",
                        "node node-1 -> a/signal 10.244.0.4 80/TCP",
                        "node node-1 -> a/signal 10.244.0.4 9000/TCP",
                        "node node-1 -> a/signal 10.244.0.4 9010/TCP",
                        "node node-1 -> kube-system/kube-dns 10.244.0.5 53/TCP",
                        "node node-1 -> kube-system/kube-dns 10.244.0.5 53/UDP");
        assertThat(asked(placed, PlanOptions.PODS, "a/idle"))
                .containsExactly(
                        "a/idle -> a/web 10.244.0.2 8080/TCP",
                        "a/idle -> a/signal 10.244.0.4 80/TCP",
                        "a/idle -> kube-system/kube-dns 10.244.0.5 53/TCP",
                        "a/idle -> kube-system/kube-dns 10.244.0.5 53/UDP");
    }

    @Test
    void aServiceIsJudgedByItsBackendsAndSctpIsLeftOutWithANote() {
        ProbePlan plan = ProbePlan.of(cluster());
        assertThat(plan.probes().stream()
                        .filter(p -> p.targetName().equals("service a/web"))
                        .flatMap(p -> p.judged().stream())
                        .map(c -> Probe.name(c.from()) + " " + Probe.name(c.to()) + " " + c.port() + " " + c.hairpin())
                        .distinct())
                .containsExactly(
                        "a/web a/web 8080 true",
                        "a/idle a/web 8080 false",
                        "a/signal a/web 8080 false",
                        "kube-system/kube-dns a/web 8080 false");
        assertThat(plan.notes()).containsExactly("SCTP is not probed (1 container ports): Java has no sockets for it");
    }
}
