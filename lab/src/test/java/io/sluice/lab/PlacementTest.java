package io.sluice.lab;

import static io.sluice.lab.Clusters.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.policy.model.Node;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static List<Ip> ips(String... texts) {
        return Arrays.stream(texts).map(Ip::parse).toList();
    }

    private static Snapshot snapshot(List<Pod> pods, Node... nodes) {
        return Snapshot.of(List.of(), pods, List.of(nodes), List.of(), List.of());
    }

    private static List<String> places(Snapshot placed) {
        return placed.pods().stream()
                .map(p -> p.fullName() + " " + p.node() + " " + p.ips())
                .toList();
    }

    @Test
    void spreadsPodsOverNodesAndAddsDns() {
        Snapshot placed = Placement.of(snapshot(List.of(pod("a", "x"), pod("a", "y"), pod("b", "z"))), 2);
        assertThat(places(placed))
                .containsExactly(
                        "a/x node-1 [10.244.0.2, fd00:10:244::2]",
                        "a/y node-2 [10.244.128.2, fd00:10:244:1::2]",
                        "b/z node-1 [10.244.0.3, fd00:10:244::3]",
                        "kube-system/kube-dns node-2 [10.244.128.3, fd00:10:244:1::3]");
        assertThat(placed.nodes().stream().map(n -> n.name() + " " + n.ips()))
                .containsExactly("node-1 [172.18.0.2, fd00:172:18::2]", "node-2 [172.18.0.3, fd00:172:18::3]");
        assertThat(placed.services().stream().map(s -> s.name() + " " + s.clusterIps()))
                .containsExactly("kube-dns [10.96.0.10, fd00:10:96::a]");
        assertThat(placed.namespaces()).containsKey("kube-system");
    }

    @Test
    void keepsWhatIsGiven() {
        Node here = new Node("here", Map.of("zone", "z"), ips("192.168.7.1"));
        Node there = new Node("there", Map.of(), List.of());
        Pod given = pod("a", "given").at("there", ips("10.0.0.7", "2001:db8:1::7"));
        Pod noSuchNode = pod("a", "lost").at("gone", List.of());
        Pod onHost = host(pod("a", "agent").at("here", List.of()));
        Snapshot placed = Placement.of(snapshot(List.of(given, noSuchNode, onHost), here, there), 0);
        assertThat(places(placed).subList(0, 3))
                .containsExactly(
                        "a/given there [10.0.0.7, 2001:db8:1::7]",
                        "a/lost here [10.244.0.2, fd00:10:244::2]",
                        "a/agent here [192.168.7.1]");
        assertThat(placed.nodes()).contains(here);
    }

    @Test
    void nodesThatOnlyPodsNameAreKept() {
        Snapshot dump = snapshot(
                List.of(pod("a", "x").at("n7", List.of()), pod("a", "y").at("n9", List.of())));
        assertThat(Placement.of(dump, 0).nodes()).extracting(Node::name).containsExactly("n7", "n9");
        assertThat(Placement.of(dump, 3).nodes()).extracting(Node::name).containsExactly("node-1", "node-2", "node-3");
    }

    @Test
    void whatStaysKeepsItsPlaceAndWhatComesGetsAnother() {
        Snapshot first = Placement.of(snapshot(List.of(pod("a", "x"), pod("a", "y"), pod("a", "z"))), 2);
        Snapshot second = Placement.after(first, snapshot(List.of(pod("a", "new"), pod("a", "z"), pod("a", "y"))));
        assertThat(places(second))
                .containsExactly(
                        "a/new node-1 [10.244.0.4, fd00:10:244::4]",
                        "a/z node-1 [10.244.0.3, fd00:10:244::3]",
                        "a/y node-2 [10.244.128.2, fd00:10:244:1::2]",
                        "kube-system/kube-dns node-2 [10.244.128.3, fd00:10:244:1::3]");
        assertThat(second.nodes()).isEqualTo(first.nodes());
    }

    @Test
    void servicesGetAddressesUnlessTheyHaveThemOrNeedNone() {
        Service plain = Clusters.service("a", "plain", "x");
        Service given = with(plain, "given", false, ips("10.96.4.4"));
        Service headless = with(plain, "headless", true, List.of());
        Snapshot placed = Placement.of(
                Snapshot.of(List.of(), List.of(), List.of(), List.of(plain, given, headless), List.of()), 1);
        assertThat(placed.services().stream().map(s -> s.name() + " " + s.clusterIps()))
                .containsExactly(
                        "plain [10.96.0.11, fd00:10:96::b]",
                        "given [10.96.4.4]",
                        "headless []",
                        "kube-dns [10.96.0.10, fd00:10:96::a]");
    }

    @Test
    void threeHundredPodsOnOneNodeAllHaveAddresses() {
        Snapshot placed = Placement.of(Clusters.uniform(300), 1);
        assertThat(placed.pods().stream().flatMap(p -> p.ips().stream()))
                .doesNotHaveDuplicates()
                .hasSize(602);
    }

    @Test
    void anAddressHeldTwiceIsRefused() {
        List<Pod> pods = new ArrayList<>();
        Stream.of("x", "y").forEach(name -> pods.add(pod("a", name).at("", ips("10.0.0.7"))));
        assertThatThrownBy(() -> Placement.of(snapshot(pods), 1))
                .isInstanceOf(LabException.class)
                .hasMessage("pod a/x and pod a/y both have the address 10.0.0.7");
    }

    private static Pod host(Pod p) {
        return new Pod(
                p.namespace(), p.name(), p.labels(), p.ips(), p.node(), true, p.ports(), p.workload(), p.position());
    }

    private static Service with(Service s, String name, boolean headless, List<Ip> ips) {
        return new Service(s.namespace(), name, s.type(), s.selector(), headless, ips, s.ports(), s.position());
    }
}
