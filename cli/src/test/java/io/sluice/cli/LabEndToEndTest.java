package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.dataplane.linux.NetworkNamespace;
import io.sluice.lab.Lab;
import io.sluice.lab.net.Names;
import io.sluice.policy.model.Pod;
import io.sluice.policy.net.Ip;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lab as a user meets it: every command a process of its own, on the real kernel. */
class LabEndToEndTest {
    private static final String SMALL = "src/test/resources/small";
    private static final String CLUSTER = SMALL + "/cluster.yaml";
    private static final String POLICY = SMALL + "/policy.yaml";

    /** A port that nobody in the cluster serves: this test listens there itself. */
    private static final int OWN_PORT = 7777;

    @TempDir
    Path folder;

    @BeforeEach
    void needsRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "the lab needs root");
    }

    @AfterEach
    void down() throws Exception {
        Sluice.run("lab", "down");
    }

    @ParameterizedTest
    @CsvSource({"ebpf, 1", "ebpf, 2", "nftables, 2"})
    void everyProbeGoesAsThePoliciesSay(String dataplane, String nodes) throws Exception {
        String before = hostNetwork();
        Sluice.Run run = Sluice.run("lab", "verify", SMALL, "--dataplane", dataplane, "--nodes", nodes, "-o", "json");

        assertThat(run.status()).as(run.err() + run.out()).isZero();
        assertThat(run.out())
                .startsWith("{\"probes\":[{\"from\":")
                .contains(
                        "\"protocol\":\"UDP\"", "\"expected\":\"deny\"", "\"observed\":\"allow\"", "world 198.51.100.");
        assertThat(hostNetwork()).isEqualTo(before);
        assertThat(remains()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ebpf", "nftables"})
    void killedAgentLeavesItsPoliciesInForceAndTheNextOneTakesOver(String dataplane) throws Exception {
        up(dataplane);
        try (Socket open = connect("shop/web", "shop/db", 5432)) {
            kill("agent");
            assertThat(Sluice.run("lab", "status").out()).contains("agent: not running");
            assertThat(alive(open)).isTrue();
            assertThat(probe("shop/web", "shop/db:5432")).contains("observed allow");
            assertThat(probe("shop/web", "shop/db:8080")).contains("observed deny");

            Sluice.Run applied = Sluice.run("lab", "apply", CLUSTER, closed().toString());
            assertThat(applied.status()).as(applied.err()).isZero();
            assertThat(Sluice.run("lab", "status").out()).contains(dataplane + ", 1 policies in force");
            assertThat(probe("shop/web", "shop/db:5432")).contains("observed deny");
        }
    }

    @Test
    void whatWasKilledIsTakenAwayByTheNextUp() throws Exception {
        String before = hostNetwork();
        up("ebpf");
        kill("agent");
        kill("host");

        assertThat(Sluice.run("lab", "up", CLUSTER, POLICY).status()).isZero();
        assertThat(Sluice.run("lab", "down").status()).isZero();
        assertThat(remains()).isEmpty();
        assertThat(hostNetwork()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"ebpf, rejudge, false", "ebpf, keep, true", "nftables, rejudge, false", "nftables, keep, true"})
    void trap36_revokedPermissionCutsAnOpenConnection(String dataplane, String established, boolean survives)
            throws Exception {
        up(dataplane, "--established", established);
        try (Listener listener = listen("shop/db");
                Socket open = connect("shop/web", "shop/db", OWN_PORT);
                Socket served = listener.accept()) {
            assertThat(reaches(open, served)).isTrue();
            Sluice.run("lab", "apply", CLUSTER, closed().toString());
            assertThat(reaches(open, served)).isEqualTo(survives);
            assertThat(probe("shop/web", "shop/db:" + OWN_PORT)).contains("observed deny");
        }
    }

    @Test
    void brokenPolicyIsRefusedAndTheOldOneStays() throws Exception {
        up("ebpf");
        Path broken = Files.writeString(
                folder.resolve("broken.yaml"), Files.readString(Path.of(POLICY)).replace("ingress:", "ingres:"));

        Sluice.Run run = Sluice.run("lab", "apply", CLUSTER, broken.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("broken.yaml:11:3: error: unknown field spec.ingres", "did you mean ingress?");
        assertThat(probe("shop/web", "shop/db:5432")).contains("observed allow");
        assertThat(probe("shop/web", "shop/db:8080")).contains("observed deny");
    }

    @Test
    void withoutRootItSaysSoAndDoesNothing() throws Exception {
        // The capability lets nobody read the classes under test; it is of no use for networks.
        Sluice.Run run = Sluice.run(
                List.of(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        "--inh-caps=+dac_read_search",
                        "--ambient-caps=+dac_read_search"),
                "lab",
                "verify",
                CLUSTER);

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("root");
        assertThat(remains()).isEmpty();
    }

    @Test
    void auditModeReportsAndDropsNothing() throws Exception {
        up("ebpf", "--audit");

        Sluice.run("lab", "probe", "shop/web", "shop/db:8080");

        assertThat(eventually("\"verdict\":\"AUDIT\"")).isTrue();
    }

    /** One intent that the policies meet, one that they do not: the kernel says the same, and why. */
    @Test
    void intentsAreTriedWithRealConnections() throws Exception {
        Path tests = Files.writeString(folder.resolve("intents.yaml"), """
                tests:
                  - {name: web reads the database, from: shop/web, to: shop/db, ports: [TCP 5432], expect: allow}
                  - name: the database has no other client
                    to: shop/db
                    why: it was agreed
                    only:
                      - {from: shop/web, ports: [TCP 5432]}
                      - {from: 198.51.100.0/25, ports: [UDP 8125]}
                  - {name: web reads it on 8080, from: shop/web, to: shop/db, ports: [TCP 8080], expect: allow}
                """);

        Sluice.Run text = Sluice.run("lab", "verify", CLUSTER, POLICY, "--tests", tests.toString());
        assertThat(text.status()).as(text.err()).isEqualTo(1);
        assertThat(text.out())
                .contains("ok      web reads the database (2 connections)")
                .contains("ok      the database has no other client (")
                .containsPattern("not ok  web reads it on 8080 \\(.*intents.yaml:9\\)")
                .containsPattern("shop/web -> shop/db \\S+ 8080/TCP: allow expected, observed deny \\(silent\\)")
                .contains("ingress denied: no rule allows it, and it is isolated by NetworkPolicy shop/db")
                .contains("3 tests, 1 failed");
        assertThat(remains()).isEmpty();

        up("ebpf");
        Sluice.Run json = Sluice.run("lab", "verify", "-t", tests.toString(), "-o", "json");
        assertThat(json.status()).as(json.err()).isEqualTo(1);
        assertThat(json.out()).contains("\"passed\": 2,\n  \"failed\": 1", "\"observed\": \"deny\"");
        Sluice.Run junit = Sluice.run("lab", "verify", "-t", tests.toString(), "-o", "junit");
        assertThat(junit.out()).contains("tests=\"3\" failures=\"1\"", "classname=\"sluice.lab.verify\"");
        Sluice.Run all = Sluice.run("lab", "verify", "-o", "junit");
        assertThat(all.status()).as(all.err()).isZero();
        assertThat(all.out()).contains(" failures=\"0\"", "name=\"shop/web -&gt; shop/db\"/>");
        Files.writeString(tests, Files.readString(tests).replace("shop/db", "shop/dp"));
        Sluice.Run wrong = Sluice.run("lab", "verify", "-t", tests.toString());
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).contains("intents.yaml:2:", "did you mean shop/db");
    }

    private static boolean eventually(String inFlowLog) throws Exception {
        for (int i = 0; i < 50; i++) {
            if (Files.exists(Lab.flowLog()) && Files.readString(Lab.flowLog()).contains(inFlowLog)) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    private void up(String dataplane, String... more) throws Exception {
        String[] arguments = new String[6 + more.length];
        System.arraycopy(
                new String[] {"lab", "up", CLUSTER, policy().toString(), "--dataplane", dataplane}, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        Sluice.Run run = Sluice.run(arguments);
        assertThat(run.status()).as(run.err()).isZero();
    }

    /** The policy of the resources, with the test's own port open as well. */
    private Path policy() throws IOException {
        return Files.writeString(
                folder.resolve("policy.yaml"),
                Files.readString(Path.of(POLICY)).replace("        - port: sql\n", """
                                - port: sql
                                - port: %d
                        """.formatted(OWN_PORT)));
    }

    /** The same policy with nothing allowed. */
    private Path closed() throws IOException {
        String text = Files.readString(Path.of(POLICY));
        return Files.writeString(folder.resolve("closed.yaml"), text.substring(0, text.indexOf("  ingress:")));
    }

    private static String probe(String from, String to) throws Exception {
        return Sluice.run("lab", "probe", from, to).out();
    }

    private static void kill(String role) throws Exception {
        String state = Files.readString(Path.of("/run/sluice", Names.LAB, "state.json"));
        Matcher process =
                Pattern.compile("\"role\":\"" + role + "\",\"pid\":(\\d+)").matcher(state);
        assertThat(process.find()).isTrue();
        // setsid replaces itself with the part, so this is the part's own pid.
        ProcessHandle.of(Long.parseLong(process.group(1))).orElseThrow().destroyForcibly();
        while (Sluice.output("ps", "-o", "stat=", "-p", process.group(1)).matches("(?s)[^Z\\s].*")) {
            Thread.sleep(20);
        }
    }

    private static Socket connect(String from, String to, int port) throws Exception {
        Ip address = pod(to).ips().getFirst();
        return namespace(from).call(() -> {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(address.bytes()), port), 3_000);
            return socket;
        });
    }

    private static Listener listen(String pod) throws Exception {
        return namespace(pod).call(() -> new Listener(new ServerSocket(OWN_PORT)));
    }

    private record Listener(ServerSocket socket) implements AutoCloseable {
        Socket accept() throws IOException {
            return socket.accept();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static NetworkNamespace namespace(String pod) {
        return NetworkNamespace.named(Names.namespace(pod(pod)));
    }

    private static Pod pod(String name) {
        return Lab.current().orElseThrow().snapshot().pods().stream()
                .filter(p -> p.fullName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a byte sent at one end comes out at the other. */
    private static boolean reaches(Socket from, Socket to) throws IOException {
        from.getOutputStream().write(42);
        from.getOutputStream().flush();
        to.setSoTimeout(2_000);
        try {
            return to.getInputStream().read() == 42;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }

    /** Whether the peer has not ended the connection. */
    private static boolean alive(Socket socket) throws IOException {
        socket.getOutputStream().write('x');
        return !socket.isClosed() && socket.isConnected();
    }

    /** What this machine's own network is, as far as a lab might touch it. */
    private static String hostNetwork() throws Exception {
        return Sluice.output("ip", "-o", "addr", "show")
                + Sluice.output("ip", "route", "show", "table", "all")
                + Sluice.output("ip", "-6", "route", "show", "table", "all")
                + Sluice.output("ip", "rule")
                + Sluice.output("nft", "list", "ruleset")
                + Sluice.output(
                                "sh",
                                "-c",
                                "sysctl -a 2>/dev/null | grep -E '^net\\.' | grep -vE 'nf_conntrack_count|tcp_mem|udp_mem|random|stable_secret'")
                        .replaceAll("(?m)expires \\S+", "");
    }

    /** What is left of this test's lab. */
    private static String remains() throws Exception {
        return Sluice.output(
                "sh",
                "-c",
                "ls -d /run/netns/" + Names.PREFIX + "* /run/sluice/" + Names.LAB + " /etc/netns/" + Names.PREFIX
                        + "* /sys/fs/bpf/sluice-" + Names.LAB
                        + " 2>/dev/null; pgrep -f 'io.sluice.cli.Main lab (agent|host)' -a"
                        + " | while read pid rest; do tr '\\0' '\\n' < /proc/$pid/environ | grep -q SLUICE_LAB="
                        + Names.LAB + " && echo $pid $rest; done; true");
    }
}
