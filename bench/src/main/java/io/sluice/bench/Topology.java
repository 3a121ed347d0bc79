package io.sluice.bench;

import io.sluice.dataplane.linux.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Two pods and the node between them, each a network namespace of its own, joined by veth pairs, IPv4 and IPv6:
 *
 * <pre>
 *   client ── eth0 ─ to-client ── router ── to-server ─ eth0 ── server
 * </pre>
 *
 * <p>The names hold this process's number, so that what a killed run left behind is known and removed by the next.
 */
final class Topology implements AutoCloseable {
    private static final String PREFIX = "sluicebench-";
    private static final Path NAMESPACES = Path.of("/run/netns");
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();

    private Topology() {}

    /** Makes the namespaces; close removes them. */
    static Topology create() throws Exception {
        Topology topology = new Topology();
        try {
            topology.build();
        } catch (Exception | Error e) {
            topology.close();
            throw e;
        }
        return topology;
    }

    /** Removes the namespaces of runs that are no more. */
    static void removeLeftovers() throws IOException {
        Backend.removeLeftovers();
        if (!Files.isDirectory(NAMESPACES)) {
            return;
        }
        try (Stream<Path> all = Files.list(NAMESPACES)) {
            all.map(path -> path.getFileName().toString())
                    .filter(Topology::isLeftover)
                    .forEach(name -> Command.of("ip", "netns", "del", name).run());
        }
    }

    /** Whether the name is that of a run's and the run is no more. */
    static boolean isLeftover(String name) {
        return name.matches(PREFIX + "\\d+-.*")
                && ProcessHandle.of(Long.parseLong(name.split("-", -1)[1])).isEmpty();
    }

    NetworkNamespace client() {
        return NetworkNamespace.named(name + "-client");
    }

    NetworkNamespace router() {
        return NetworkNamespace.named(name + "-router");
    }

    NetworkNamespace server() {
        return NetworkNamespace.named(name + "-server");
    }

    private void build() throws Exception {
        for (NetworkNamespace namespace : all()) {
            Command.of("ip", "netns", "add", nameOf(namespace)).run();
        }
        List<String> onRouter = new ArrayList<>(List.of(
                "link add to-client type veth peer name eth0 netns " + nameOf(client()),
                "link add to-server type veth peer name eth0 netns " + nameOf(server()),
                "link set lo up",
                "link set to-client up",
                "link set to-server up"));
        List<String> onClient = new ArrayList<>(List.of("link set lo up", "link set eth0 up"));
        List<String> onServer = new ArrayList<>(List.of("link set lo up", "link set eth0 up"));
        for (Family family : Family.values()) {
            String nodad = family == Family.V6 ? " nodad" : "";
            onRouter.add("addr add " + family.clientGateway + "/" + family.linkPrefix + " dev to-client" + nodad);
            onRouter.add("addr add " + family.serverGateway + "/" + family.linkPrefix + " dev to-server" + nodad);
            onClient.add("addr add " + family.client + "/" + family.linkPrefix + " dev eth0" + nodad);
            onServer.add("addr add " + family.server + "/" + family.linkPrefix + " dev eth0" + nodad);
            onClient.add("route add default via " + family.clientGateway);
            onServer.add("route add default via " + family.serverGateway);
        }
        configure(router(), onRouter, List.of("ipv4/ip_forward=1", "ipv6/conf/all/forwarding=1"));
        // A client that opens and closes thousands of connections a second must not run out of ports.
        configure(client(), onClient, List.of("ipv4/tcp_tw_reuse=1", "ipv4/ip_local_port_range=1024 65535"));
        configure(server(), onServer, List.of());
    }

    private static void configure(NetworkNamespace namespace, List<String> lines, List<String> settings)
            throws Exception {
        Command.of("ip", "-n", nameOf(namespace), "-batch", "-").run(String.join("\n", lines) + "\n");
        setAll(namespace, settings);
    }

    /** Writes settings of the form {@code ipv4/ip_forward=1} below /proc/sys/net, as seen inside. */
    static void setAll(NetworkNamespace namespace, List<String> settings) throws Exception {
        namespace.call(() -> {
            for (String setting : settings) {
                int equals = setting.indexOf('=');
                Files.writeString(
                        Path.of("/proc/sys/net", setting.substring(0, equals)), setting.substring(equals + 1));
            }
            return settings;
        });
    }

    private List<NetworkNamespace> all() {
        return List.of(client(), router(), server());
    }

    private static String nameOf(NetworkNamespace namespace) {
        return namespace.handle().getFileName().toString();
    }

    @Override
    public void close() {
        for (NetworkNamespace namespace : all()) {
            if (Files.exists(namespace.handle())) {
                Command.of("ip", "netns", "del", nameOf(namespace)).run();
            }
        }
    }
}
