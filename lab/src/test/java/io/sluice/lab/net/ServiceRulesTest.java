package io.sluice.lab.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lab.Placement;
import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceRulesTest {
    private static Pod pod(String name, int port) {
        return new Pod(
                "a",
                name,
                Map.of("app", "web"),
                List.of(),
                "",
                false,
                List.of(new ContainerPort("http", Protocol.TCP, port)),
                new Workload("Pod", "a", name),
                SourcePosition.NONE);
    }

    @Test
    void aNamedTargetIsLookedUpOnEachPod() {
        Service service = new Service(
                "a",
                "web",
                "ClusterIP",
                Map.of("app", "web"),
                false,
                List.of(),
                List.of(new ServicePort("", Protocol.TCP, 80, "http", 0)),
                SourcePosition.NONE);
        Snapshot placed = Placement.of(
                Snapshot.of(List.of(), List.of(pod("x", 8080), pod("y", 9090)), List.of(), List.of(service), List.of()),
                1);
        assertThat(ServiceRules.text(placed.nodes().getFirst(), placed)).isEqualTo("""
                table inet sluice-lab-services
                delete table inet sluice-lab-services
                table inet sluice-lab-services {
                  map ports4 {
                    type ipv4_addr . inet_proto . inet_service : verdict
                    elements = { 10.96.0.11 . tcp . 80 : goto service-0,
                      10.96.0.10 . udp . 53 : goto service-2,
                      10.96.0.10 . tcp . 53 : goto service-4 }
                  }
                  map ports6 {
                    type ipv6_addr . inet_proto . inet_service : verdict
                    elements = { fd00:10:96::b . tcp . 80 : goto service-1,
                      fd00:10:96::a . udp . 53 : goto service-3,
                      fd00:10:96::a . tcp . 53 : goto service-5 }
                  }
                  set hairpin4 {
                    type ipv4_addr . ipv4_addr
                    elements = { 10.244.0.2 . 10.244.0.2,
                      10.244.0.3 . 10.244.0.3,
                      10.244.0.4 . 10.244.0.4 }
                  }
                  set hairpin6 {
                    type ipv6_addr . ipv6_addr
                    elements = { fd00:10:244::2 . fd00:10:244::2,
                      fd00:10:244::3 . fd00:10:244::3,
                      fd00:10:244::4 . fd00:10:244::4 }
                  }
                  chain service-0 {
                    meta l4proto tcp dnat ip to numgen random mod 2 map { 0 : 10.244.0.2 . 8080, 1 : 10.244.0.3 . 9090 }
                  }
                  chain service-1 {
                    meta l4proto tcp dnat ip6 to numgen random mod 2 map { 0 : fd00:10:244::2 . 8080, 1 : fd00:10:244::3 . 9090 }
                  }
                  chain service-2 {
                    meta l4proto udp dnat ip to numgen random mod 1 map { 0 : 10.244.0.4 . 53 }
                  }
                  chain service-3 {
                    meta l4proto udp dnat ip6 to numgen random mod 1 map { 0 : fd00:10:244::4 . 53 }
                  }
                  chain service-4 {
                    meta l4proto tcp dnat ip to numgen random mod 1 map { 0 : 10.244.0.4 . 53 }
                  }
                  chain service-5 {
                    meta l4proto tcp dnat ip6 to numgen random mod 1 map { 0 : fd00:10:244::4 . 53 }
                  }
                  chain prerouting {
                    type nat hook prerouting priority dstnat;
                    ip daddr . meta l4proto . th dport vmap @ports4
                    ip6 daddr . meta l4proto . th dport vmap @ports6
                  }
                  chain output {
                    type nat hook output priority -100;
                    ip daddr . meta l4proto . th dport vmap @ports4
                    ip6 daddr . meta l4proto . th dport vmap @ports6
                  }
                  chain postrouting {
                    type nat hook postrouting priority srcnat;
                    ct status dnat ip saddr . ip daddr @hairpin4 snat ip to 172.18.0.2
                    ct status dnat ip6 saddr . ip6 daddr @hairpin6 snat ip6 to fd00:172:18::2
                  }
                }
                """);
    }
}
