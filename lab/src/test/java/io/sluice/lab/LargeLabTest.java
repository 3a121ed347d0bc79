package io.sluice.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lab.probe.Pace;
import io.sluice.lab.probe.PlanOptions;
import io.sluice.lab.probe.ProbePlan;
import io.sluice.lab.probe.ProbeReport;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MachineLab.class)
class LargeLabTest {
    /** Only pods whose number ends in 7 can be reached: 20 of 200, so nine in ten pairs are denied. */
    @Test
    void twoHundredPodsMostlyDenied() {
        Snapshot placed = Placement.of(Clusters.uniform(200), 2);
        long start = System.nanoTime();
        Lab.up(placed, new LabParts.InProcess(NodeRuntime.NONE), Progress.SILENT);
        Duration up = Duration.ofNanos(System.nanoTime() - start);
        for (Node node : placed.nodes()) {
            StringBuilder reachable = new StringBuilder();
            placed.pods().stream()
                    .filter(LargeLabTest::open)
                    .forEach(p -> p.ips()
                            .forEach(ip -> reachable
                                    .append(ip.isV4() ? "    ip daddr " : "    ip6 daddr ")
                                    .append(ip)
                                    .append(" accept\n")));
            Enforcing.nft(node, """
                    table inet test {
                      chain forward {
                        type filter hook forward priority 0; policy drop;
                        ct state established,related accept
                    %s  }
                    }
                    """.formatted(reachable));
        }
        ProbePlan plan = ProbePlan.of(placed, PlanOptions.PODS);
        ProbeReport report = ProbeReport.of(
                plan,
                c -> c.to() instanceof Party.OfPod(Pod pod, var _) && open(pod) ? Verdict.ALLOW : Verdict.DENY,
                Pace.normal(),
                n -> {});
        System.out.printf(
                "200 pods: up in %d ms; %d probes in %d ms, %d allowed, %d denied%n",
                up.toMillis(),
                report.results().size(),
                report.elapsed().toMillis(),
                report.observed(Verdict.ALLOW),
                report.observed(Verdict.DENY));
        assertThat(report.disagreements()).isEmpty();
    }

    /** Busy threads on every processor and then some: answers come late, and none may be taken for a refusal. */
    @Test
    void aBusyMachineMakesNoRefusals() {
        List<Pod> pods = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            pods.add(Clusters.pod("team", "app-" + i, Clusters.tcp("http", 8080), Clusters.udp("log", 514)));
        }
        Snapshot placed = Placement.of(Clusters.of(pods, List.of()), 3);
        Lab.up(placed, new LabParts.InProcess(NodeRuntime.NONE), Progress.SILENT);
        AtomicBoolean busy = new AtomicBoolean(true);
        int burners = 4 * Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < burners; i++) {
            Thread.ofPlatform().daemon().start(() -> {
                while (busy.get()) {
                    Thread.onSpinWait();
                }
            });
        }
        try {
            ProbeReport report = ProbeReport.of(ProbePlan.of(placed), c -> Verdict.ALLOW, Pace.normal(), n -> {});
            System.out.printf(
                    "%d busy threads: %d probes in %d ms, %d asked again%n",
                    burners,
                    report.results().size(),
                    report.elapsed().toMillis(),
                    report.results().stream()
                            .filter(r -> r.observation().attempts() > 1)
                            .count());
            assertThat(report.disagreements()).isEmpty();
        } finally {
            busy.set(false);
        }
    }

    private static boolean open(Pod pod) {
        return pod.name().endsWith("7") || ClusterDns.isDnsPod(pod);
    }
}
