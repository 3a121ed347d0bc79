package io.sluice.dataplane.nftables;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.dataplane.linux.NetworkNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pod a, a router, pod b, each a network namespace.
 *
 * <pre>
 *   a 10.1.0.2 fd01::2 ── 10.1.0.1 fd01::1 router 10.2.0.1 fd02::1 ── b 10.2.0.2 .. 10.2.0.9, fd02::2 .. fd02::9
 * </pre>
 */
final class TestNetwork implements AutoCloseable {
    static final String A = "10.1.0.2";
    static final String B = "10.2.0.2";
    static final String A6 = "fd01::2";
    static final String B6 = "fd02::2";
    static final String ROUTER = "10.1.0.1";
    static final String ROUTER6 = "fd01::1";

    private static final int CONNECT_MILLIS = 500;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final NetworkNamespace a;
    final NetworkNamespace b;
    final NetworkNamespace router;
    private final List<String> names = new ArrayList<>();
    private final List<AutoCloseable> sockets = new ArrayList<>();

    private TestNetwork() throws Exception {
        String id = "slnft" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        a = add(id + "a");
        router = add(id + "r");
        b = add(id + "b");
    }

    /** Builds the network, or skips the test where that is not possible. */
    static TestNetwork create() throws Exception {
        assumeRoot();
        TestNetwork net = new TestNetwork();
        try {
            net.wire();
            return net;
        } catch (Exception e) {
            net.close();
            throw e;
        }
    }

    static void assumeRoot() throws IOException {
        String status = Files.readString(Path.of("/proc/self/status"));
        assumeTrue(status.contains("\nUid:\t0\t"), "skipped: network namespaces and nftables need root");
        assumeTrue(hasNft(), "skipped: nft is not installed (apt-get install nftables)");
    }

    private static boolean hasNft() {
        try {
            run("nft", "--version");
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    private NetworkNamespace add(String name) throws Exception {
        run("ip", "netns", "add", name);
        names.add(name);
        return NetworkNamespace.named(name);
    }

    private void wire() throws Exception {
        String nsA = names.get(0);
        String nsR = names.get(1);
        String nsB = names.get(2);
        for (String ns : names) {
            // Without it a link-local address is of no use for the first second or two.
            sysctl(ns, "net/ipv6/conf/all/accept_dad", "0");
            sysctl(ns, "net/ipv6/conf/default/accept_dad", "0");
        }
        ip(nsR, "link add ra type veth peer name eth0 netns " + nsA);
        ip(nsR, "link add rb type veth peer name eth0 netns " + nsB);
        sysctl(nsR, "net/ipv4/ip_forward", "1");
        sysctl(nsR, "net/ipv6/conf/all/forwarding", "1");
        side(nsR, "ra", ROUTER, ROUTER6, nsA, List.of(A), List.of(A6));
        List<String> v4 = new ArrayList<>();
        List<String> v6 = new ArrayList<>();
        for (int i = 2; i <= 9; i++) {
            v4.add("10.2.0." + i);
            v6.add("fd02::" + i);
        }
        side(nsR, "rb", "10.2.0.1", "fd02::1", nsB, v4, v6);
        for (int i = 2; i <= 9; i++) {
            for (String address : List.of("10.2.0." + i, "fd02::" + i)) {
                for (int tries = 0; !echo(a, address); tries++) {
                    if (tries == 20) {
                        throw new IOException(address + " is out of reach before anything is enforced");
                    }
                }
            }
        }
    }

    private void side(
            String nsR, String device, String gate4, String gate6, String ns, List<String> v4, List<String> v6)
            throws Exception {
        ip(nsR, "addr add " + gate4 + "/24 dev " + device);
        ip(nsR, "addr add " + gate6 + "/64 dev " + device + " nodad");
        ip(nsR, "link set " + device + " up");
        ip(nsR, "link set lo up");
        for (String address : v4) {
            ip(ns, "addr add " + address + "/24 dev eth0");
        }
        for (String address : v6) {
            ip(ns, "addr add " + address + "/64 dev eth0 nodad");
        }
        ip(ns, "link set lo up");
        ip(ns, "link set eth0 up");
        ip(ns, "route add default via " + gate4);
        ip(ns, "-6 route add default via " + gate6);
    }

    String nameOf(NetworkNamespace netns) {
        return netns.handle().getFileName().toString();
    }

    void ip(String ns, String arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip", "-n", ns));
        List<String> words = List.of(arguments.split(" "));
        if (words.getFirst().equals("-6")) {
            command.add(1, "-6");
            words = words.subList(1, words.size());
        }
        command.addAll(words);
        run(command.toArray(String[]::new));
    }

    private static void sysctl(String ns, String key, String value) throws Exception {
        NetworkNamespace.named(ns).call(() -> Files.writeString(Path.of("/proc/sys", key), value));
    }

    static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    static String nft(NetworkNamespace netns, String commands) throws Exception {
        return new Nft(netns, "nft").run(commands, "-f", "-");
    }

    /** Accepts connections and answers datagrams with themselves, until the network is closed. */
    void listen(NetworkNamespace netns, String address, int port) throws Exception {
        ServerSocket server = netns.call(() -> new ServerSocket(port, 50, InetAddress.getByName(address)));
        DatagramSocket datagrams = netns.call(() -> new DatagramSocket(port, InetAddress.getByName(address)));
        sockets.add(server);
        sockets.add(datagrams);
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket accepted = server.accept();
                    Thread.ofVirtual().start(() -> echo(accepted));
                }
            } catch (IOException e) {
                // Closed.
            }
        });
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[512], 512);
                    datagrams.receive(packet);
                    datagrams.send(packet);
                }
            } catch (IOException e) {
                // Closed.
            }
        });
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // The other side went away.
        }
    }

    /** An open connection, made from inside the namespace. */
    static Socket connect(NetworkNamespace from, String to, int port) throws Exception {
        return from.call(() -> {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(to, port), CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            return socket;
        });
    }

    /** Whether a byte comes back on an open connection. */
    static boolean answers(Socket socket) {
        try {
            socket.getOutputStream().write(7);
            return socket.getInputStream().read() == 7;
        } catch (IOException e) {
            return false;
        }
    }

    static boolean tcp(NetworkNamespace from, String to, int port) throws Exception {
        return from.call(() -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(to, port), CONNECT_MILLIS);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    static boolean udp(NetworkNamespace from, String to, int port) throws Exception {
        return from.call(() -> {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.setSoTimeout(CONNECT_MILLIS);
                socket.connect(new InetSocketAddress(to, port));
                socket.send(new DatagramPacket(new byte[] {1}, 1));
                socket.receive(new DatagramPacket(new byte[16], 16));
                return true;
            } catch (IOException e) {
                return false;
            }
        });
    }

    static boolean echo(NetworkNamespace from, String to) throws Exception {
        return from.call(() -> InetAddress.getByName(to).isReachable(CONNECT_MILLIS));
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable socket : sockets) {
            socket.close();
        }
        for (String name : names) {
            run("ip", "netns", "del", name);
        }
    }
}
