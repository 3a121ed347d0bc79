package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.linux.NetworkNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the kernel's connection tracking on in a network namespace. It runs only where something asks for it: here a
 * rule with {@code ct} in a chain that no packet passes, which is enough and costs nothing.
 */
final class Conntrack {
    private static final String TABLE = "sluice_conntrack";
    private static final String RULES = """
            table inet %1$s
            delete table inet %1$s
            table inet %1$s {
                chain keep_on {
                    ct state established,related,new return
                }
            }
            """.formatted(TABLE);
    private static final Path COUNT = Path.of("/proc/sys/net/netfilter/nf_conntrack_count");
    private static final int DISCARD_PORT = 9;
    private static final int SECONDS = 20;

    private final NetworkNamespace namespace;

    Conntrack(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /** Turns it on, if our rule is not there, and looks whether a connection is tracked. */
    void keepOn() throws DataplaneException {
        inside(() -> {
            if (!isRuleThere()) {
                Result made = nft(List.of("nft", "-f", "-"), RULES);
                if (made.status != 0 || !isRuleThere()) {
                    throw new DataplaneException("Connection tracking cannot be turned on: nft says \""
                            + made.output.strip()
                            + "\". Without it replies look like new connections. The kernel needs nf_tables and"
                            + " nf_conntrack (CONFIG_NFT_CT). What was attached before still is.");
                }
            }
            if (isOff()) {
                throw new DataplaneException("Connection tracking is asked for but does not track in "
                        + namespace.handle() + ": " + COUNT + " stays 0 after a packet. Without it replies look like"
                        + " new connections. Look for rules with \"notrack\". What was attached before still is.");
            }
            return true;
        });
    }

    void remove() {
        try {
            inside(() -> nft(List.of("nft", "-f", "-"), "table inet %1$s%ndelete table inet %1$s%n".formatted(TABLE)));
        } catch (DataplaneException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static boolean isRuleThere() throws IOException, InterruptedException {
        Result seen = nft(List.of("nft", "list", "table", "inet", TABLE), "");
        return seen.status == 0 && seen.output.contains("ct state");
    }

    /** Sends one datagram to this machine itself; on a busy one, others are tracked anyway. */
    private static boolean isOff() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[0], 0, InetAddress.getLoopbackAddress(), DISCARD_PORT));
        } catch (SocketException e) {
            return false; // the loopback interface is down: nothing can be said
        }
        return Files.readString(COUNT).strip().equals("0");
    }

    private record Result(int status, String output) {}

    private static Result nft(List<String> command, String input) throws IOException, InterruptedException {
        Process nft = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = nft.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!nft.waitFor(SECONDS, TimeUnit.SECONDS)) {
            nft.destroyForcibly();
            throw new IOException("no answer within " + SECONDS + " s");
        }
        return new Result(nft.exitValue(), output);
    }

    private <T> T inside(java.util.concurrent.Callable<T> work) throws DataplaneException {
        try {
            return namespace.call(work);
        } catch (DataplaneException e) {
            throw e;
        } catch (IOException e) {
            throw new DataplaneException(
                    "Connection tracking cannot be looked after: " + e.getMessage()
                            + ". What was attached before still is. It needs the program nft"
                            + " (Debian: apt-get install nftables).",
                    e);
        } catch (Exception e) {
            throw new DataplaneException(
                    "The network namespace " + namespace.handle() + " cannot be used: " + e.getMessage()
                            + ". What was attached before still is.",
                    e);
        }
    }
}
