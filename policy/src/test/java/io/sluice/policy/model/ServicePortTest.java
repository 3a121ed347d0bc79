package io.sluice.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicePortTest {
    private static final Pod POD = new Pod(
            "x",
            "p",
            Map.of(),
            List.of(),
            "",
            false,
            List.of(
                    new ContainerPort("web", Protocol.UDP, 53),
                    new ContainerPort("web", Protocol.TCP, 8080),
                    new ContainerPort("web", Protocol.TCP, 8081),
                    new ContainerPort("admin", Protocol.TCP, 9090)),
            new Workload("Pod", "x", "p"),
            SourcePosition.NONE);

    /** A name is that of a container port of the same protocol, the first of them. */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "TCP, web, 0, 8080",
        "UDP, web, 0, 53",
        "TCP, admin, 0, 9090",
        "UDP, admin, 0, 0",
        "TCP, none, 0, 0",
        "TCP, '', 7000, 7000"
    })
    void leadsToTheContainersPort(String protocol, String name, int number, int target) {
        ServicePort port = new ServicePort("p", Protocol.named(protocol).orElseThrow(), 80, name, number);
        assertThat(port.targetOf(POD)).isEqualTo(target);
    }
}
