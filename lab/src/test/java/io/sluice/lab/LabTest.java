package io.sluice.lab;

import static io.sluice.lab.Clusters.pod;
import static io.sluice.lab.Clusters.tcp;
import static io.sluice.lab.Clusters.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.lab.net.Names;
import io.sluice.lab.probe.Pace;
import io.sluice.lab.probe.ProbePlan;
import io.sluice.lab.probe.ProbeReport;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small lab on the real kernel: two nodes, six pods, Services, DNS, the world, both families. */
@ExtendWith(MachineLab.class)
class LabTest {
    private static final LabParts HERE = new LabParts.InProcess(NodeRuntime.NONE);

    private static Snapshot cluster() {
        return Placement.of(
                Clusters.of(
                        List.of(
                                pod("web", "front", tcp("http", 80)),
                                pod("web", "back", tcp("http", 8080), udp("gossip", 7946)),
                                pod("web", "idle"),
                                pod("data", "store", tcp("pg", 5432)),
                                pod("data", "cache", tcp("redis", 6379), udp("stats", 8125))),
                        List.of(
                                Clusters.service(
                                        "web", "back", "back", new ServicePort("", Protocol.TCP, 80, "http", 0)),
                                Clusters.service(
                                        "data", "cache", "cache", new ServicePort("", Protocol.UDP, 125, "", 8125)))),
                2);
    }

    private static List<String> disagreements(Snapshot placed, Function<Connection, Verdict> expected) {
        ProbeReport report = ProbeReport.of(ProbePlan.of(placed), expected, Pace.normal(), n -> {});
        assertThat(report.results()).hasSizeGreaterThan(200);
        return report.disagreements().stream().map(Object::toString).toList();
    }

    @Test
    void everythingIsReachedWithoutPolicies() {
        Snapshot placed = cluster();
        Lab.up(placed, HERE, Progress.SILENT);
        assertThat(disagreements(placed, c -> Verdict.ALLOW)).isEmpty();
    }

    @Test
    void whatOneNodeDropsIsDeniedAndNothingElse() {
        Snapshot placed = cluster();
        Lab.up(placed, HERE, Progress.SILENT);
        Pod cache = placed.pods().stream()
                .filter(p -> p.name().equals("cache"))
                .findFirst()
                .orElseThrow();
        Node node = placed.node(cache.node()).orElseThrow();
        Enforcing.nft(node, """
                table inet test {
                  chain forward {
                    type filter hook forward priority 0;
                    ip daddr %1$s udp dport 8125 drop
                    ip6 daddr %2$s udp dport 8125 drop
                    ip6 daddr %2$s tcp dport 6379 drop
                  }
                  chain output {
                    type filter hook output priority 0;
                    ip daddr %1$s udp dport 8125 drop
                    ip6 daddr %2$s udp dport 8125 drop
                    ip6 daddr %2$s tcp dport 6379 drop
                  }
                }
                """.formatted(cache.ips().get(0), cache.ips().get(1)));
        assertThat(disagreements(placed, c -> {
                    boolean toCache = c.to() instanceof Party.OfPod(Pod pod, var _) && pod.equals(cache);
                    boolean udp = c.protocol().equals(Protocol.UDP) && c.port() == 8125;
                    boolean redis6 = c.protocol().equals(Protocol.TCP)
                            && c.port() == 6379
                            && !c.to().address().orElseThrow().isV4();
                    return toCache && (udp || redis6) ? Verdict.DENY : Verdict.ALLOW;
                }))
                .isEmpty();
    }

    @Test
    void downLeavesNothingAndTheMachinesOwnNetworkIsNeverTouched() {
        Map<String, String> before = Machine.network();
        Lab.up(cluster(), HERE, Progress.SILENT);
        assertThat(Machine.network()).isEqualTo(before);
        assertThat(Machine.remainsOfTheLab()).isNotEmpty();
        Lab.down(Progress.SILENT);
        assertThat(Machine.remainsOfTheLab()).isEmpty();
        assertThat(Machine.network()).isEqualTo(before);
        Lab.down(Progress.SILENT);
        assertThat(Lab.current()).isEmpty();
    }

    @Test
    void theHostRunsInAProcessOfItsOwn() {
        Snapshot placed = cluster();
        Lab lab = Lab.up(placed, HostMain.background(), Progress.SILENT);
        assertThat(lab.state().processes()).extracting(Background::role).containsExactly("dns", "agent", "host");
        assertThat(disagreements(Lab.current().orElseThrow().snapshot(), c -> Verdict.ALLOW))
                .isEmpty();
        assertThatThrownBy(() -> Lab.up(placed, HERE, Progress.SILENT))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("take it down first");
    }

    @Test
    void aKilledLabIsRemovedByTheNextOne() {
        Lab lab = Lab.up(cluster(), HostMain.background(), Progress.SILENT);
        List<Background> parts = lab.state().processes().stream()
                .filter(p -> !p.command().isEmpty())
                .toList();
        assertThat(parts).extracting(Background::role).containsExactly("agent", "host");
        parts.forEach(p -> ProcessHandle.of(p.pid()).orElseThrow().destroyForcibly());
        while (parts.stream().anyMatch(Background::alive)) {
            Thread.onSpinWait();
        }
        assertThat(Lab.alive()).isFalse();
        Snapshot placed = cluster();
        Lab again = Lab.up(placed, HERE, Progress.SILENT);
        assertThat(lab.state().processes()).noneMatch(Background::alive);
        assertThat(again.state().processes()).allMatch(Background::alive);
        assertThat(disagreements(placed, c -> Verdict.ALLOW)).isEmpty();
    }

    /** Whatever it was doing: adding namespaces, linking, starting processes. */
    @ParameterizedTest
    @ValueSource(ints = {0, 30, 60, 100, 150, 250, 400, 700})
    void bringingUpMayBeKilledAtAnyPoint(int millis) throws Exception {
        Process up = new ProcessBuilder(HostMain.command("30")).start();
        while (!Files.exists(LabFiles.FOLDER) && up.isAlive()) {
            Thread.onSpinWait();
        }
        Thread.sleep(millis);
        up.destroyForcibly().waitFor();
        assertThat(Machine.remainsOfTheLab()).isNotEmpty();
        Lab.down(Progress.SILENT);
        assertThat(Machine.remainsOfTheLab()).isEmpty();
        // Nothing that was still at work puts anything there afterwards.
        Thread.sleep(100);
        assertThat(Machine.remainsOfTheLab()).isEmpty();
    }

    @Test
    void podsComeAndGoWhileOthersStay() {
        Snapshot first = Lab.up(cluster(), HERE, Progress.SILENT).snapshot();
        List<Pod> pods = new ArrayList<>(Clusters.of(List.of(), List.of()).pods());
        first.pods().stream()
                .filter(p -> !p.name().equals("idle") && !p.name().equals("store"))
                .map(p -> p.at("", List.of()))
                .forEach(pods::add);
        pods.add(pod("data", "store", tcp("pg", 5433)));
        pods.add(pod("data", "fresh", tcp("http", 8000), udp("syslog", 514)));
        Snapshot changed = new Snapshot(first.namespaces(), pods, List.of(), first.services(), List.of());
        Snapshot second = Lab.apply(changed, Progress.SILENT).snapshot();
        assertThat(second.pods().stream().map(Pod::fullName))
                .contains("data/fresh")
                .doesNotContain("web/idle");
        for (Pod pod : second.pods()) {
            first.pods().stream()
                    .filter(p -> p.fullName().equals(pod.fullName()))
                    .forEach(p -> assertThat(pod.ips()).isEqualTo(p.ips()));
        }
        assertThat(disagreements(second, c -> Verdict.ALLOW)).isEmpty();
    }

    @Test
    void podsResolveServicesByTheirShortNames() {
        Snapshot placed = cluster();
        Lab.up(placed, HERE, Progress.SILENT);
        Pod front = placed.pods().getFirst();
        String v4 = placed.services().getFirst().clusterIps().get(0).toString();
        String v6 = placed.services().getFirst().clusterIps().get(1).toString();
        assertThat(resolve(front, "ahostsv4", "back")).contains(v4);
        assertThat(resolve(front, "ahostsv6", "back.web.svc.cluster.local")).contains(v6);
        assertThat(resolve(front, "ahosts", "cache.data")).contains("10.96.");
        assertThatThrownBy(() -> resolve(front, "ahosts", "nobody.data")).isInstanceOf(IllegalStateException.class);
    }

    private static String resolve(Pod pod, String database, String name) {
        return Enforcing.run(List.of("ip", "netns", "exec", Names.namespace(pod), "getent", database, name), "");
    }
}
