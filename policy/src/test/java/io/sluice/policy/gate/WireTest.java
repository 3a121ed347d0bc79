package io.sluice.policy.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.net.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireTest {
    @ParameterizedTest(name = "{0} appProtocol {1} on {2}: {3}")
    @CsvSource({
        "http,         '',                80,    HTTP",
        "http-metrics, '',                80,    HTTP",
        "HTTP2,        '',                80,    HTTP",
        "grpc-api,     '',                80,    HTTP",
        "tcp,          '',                80,    TCP",
        "https,        '',                443,   TCP",
        "tls-x,        '',                443,   TCP",
        "mongo,        '',                1,     TCP",
        "mysql,        '',                1,     TCP",
        "redis,        '',                1,     TCP",
        "httpx,        '',                80,    DETECTED",
        "-http,        '',                80,    DETECTED",
        "web,          '',                80,    DETECTED",
        "'',           '',                80,    DETECTED",
        "smtp,         '',                25,    TCP",
        "dns,          '',                53,    TCP",
        "db,           '',                3306,  TCP",
        "db,           '',                27017, TCP",
        "http,         tcp,               80,    TCP",
        "tcp,          http,              80,    HTTP",
        "tcp,          http_proxy,        80,    HTTP",
        "x,            kubernetes.io/h2c, 80,    HTTP",
        "x,            kubernetes.io/ws,  80,    HTTP",
        "x,            kubernetes.io/wss, 80,    TCP",
    })
    void byTheProtocolThatIsSaidOrTheNameOfThePort(String name, String appProtocol, int port, Wire wire) {
        assertThat(Wire.of(new ServicePort(name, Protocol.TCP, port, "", port, appProtocol)))
                .isEqualTo(wire);
    }

    private static ServicePort port(String name, Protocol protocol, int port, int target) {
        return new ServicePort(name, protocol, port, "", target);
    }

    @Test
    void aPodsPortIsWhatTheServicesThatLeadThereSay() {
        MeshScene scene = new MeshScene()
                .namespace("shop", "")
                .pod("shop/web", "app=web", "10.0.0.1")
                .service(
                        "shop/a",
                        "app=web",
                        port("http", Protocol.TCP, 80, 8080),
                        port("tcp", Protocol.TCP, 90, 9090),
                        port("http", Protocol.UDP, 91, 9091))
                .service("shop/b", "app=web", port("http-b", Protocol.TCP, 81, 8080))
                .service("shop/c", "app=web", port("http", Protocol.TCP, 82, 9090))
                .service("shop/other", "app=db", port("tcp", Protocol.TCP, 80, 8080));
        assertThat(Wire.of(scene.snapshot(), scene.podOf("shop/web"), 8080)).isEqualTo(Wire.HTTP);
        assertThat(Wire.of(scene.snapshot(), scene.podOf("shop/web"), 9090))
                .as("where they disagree")
                .isEqualTo(Wire.DETECTED);
        assertThat(Wire.of(scene.snapshot(), scene.podOf("shop/web"), 80))
                .as("the port of the Service is none of the pod's")
                .isEqualTo(Wire.DETECTED);
        assertThat(Wire.of(scene.snapshot(), scene.podOf("shop/web"), 9091))
                .as("UDP says nothing of TCP")
                .isEqualTo(Wire.DETECTED);
    }
}
