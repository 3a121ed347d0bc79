package io.sluice.lab;

import static io.sluice.lab.Clusters.pod;
import static io.sluice.lab.Clusters.tcp;
import static io.sluice.lab.Clusters.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lab.probe.Pace;
import io.sluice.lab.probe.ProbePlan;
import io.sluice.lab.probe.ProbeReport;
import io.sluice.lab.probe.ProbeResult;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SmallLabTest {
    @AfterAll
    static void clean() {
        Lab.down(Progress.SILENT);
    }

    @Test
    void everyProbeIsAllowedWithoutPolicies() {
        Snapshot placed = Placement.of(
                Clusters.of(
                        List.of(
                                pod("web", "front", tcp("http", 80)),
                                pod("web", "back", tcp("http", 8080), udp("gossip", 7946)),
                                pod("web", "idle"),
                                pod("data", "store", tcp("pg", 5432)),
                                pod("data", "cache", tcp("redis", 6379), udp("stats", 8125))),
                        List.of(
                                Clusters.service("web", "back", "back", new ServicePort("", Protocol.TCP, 80, "http", 0)),
                                Clusters.service(
                                        "data", "cache", "cache", new ServicePort("", Protocol.UDP, 125, "", 8125)))),
                2);
        Lab.up(placed, new HostMode.InProcess(NodeRuntime.NONE), System.out::println);
        ProbeReport report =
                ProbeReport.of(ProbePlan.of(placed), c -> Verdict.ALLOW, Pace.normal(), n -> {});
        System.out.println(report.results().size() + " probes in " + report.elapsed());
        assertThat(report.disagreements()).map(ProbeResult::toString).isEmpty();
    }
}
