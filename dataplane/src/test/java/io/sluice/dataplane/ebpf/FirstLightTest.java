package io.sluice.dataplane.ebpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.testnet.Root;
import io.sluice.dataplane.testnet.TestNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One pair of addresses, one permitted and one refused connection, between real namespaces. */
class FirstLightTest {
    @TempDir
    Path temporary;

    @BeforeEach
    void root() {
        Root.required();
    }

    @Test
    void permitsOnePortAndReportsTheOther() throws Exception {
        try (TestNetwork network = new TestNetwork(2)) {
            EbpfDataplane dataplane =
                    EbpfDataplane.open(network.router(), temporary.resolve("bpf"), EbpfOptions.DEFAULT);
            try {
                dataplane.apply(Tables.table(
                        List.of(Tables.address("10.77.1.2", 1, 0), Tables.address("10.77.2.2", 2, 1)),
                        Tables.ingress(1, Tables.everyone(Tables.onlyTcp("web", 8080, 8080)))));
                try (ServerSocket open = listen(network, 8080);
                        ServerSocket shut = listen(network, 9090)) {
                    connect(network, open.getLocalPort());
                    assertThatThrownBy(() -> connect(network, shut.getLocalPort())).isInstanceOf(IOException.class);
                }
                List<KernelEvent> events = new ArrayList<>();
                while (dataplane.poll(events::add, 50) > 0) {}
                assertThat(events).hasSizeGreaterThanOrEqualTo(2).allSatisfy(e -> System.out.println(e));
                System.out.println(dataplane.hits());
            } finally {
                dataplane.remove();
            }
        }
    }

    private static ServerSocket listen(TestNetwork network, int port) throws Exception {
        return network.hostOf(2).call(() -> new ServerSocket(port));
    }

    private static void connect(TestNetwork network, int port) throws Exception {
        network.hostOf(1).call(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("10.77.2.2", port), 500);
                return 0;
            }
        });
    }
}
