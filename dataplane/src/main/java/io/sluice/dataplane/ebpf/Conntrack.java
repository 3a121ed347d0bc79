package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.linux.NetworkNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the kernel's connection tracking on in a network namespace. It runs only where something asks for it: here a
 * rule with {@code ct} in a chain that no packet passes, which is enough and costs nothing.
 */
final class Conntrack {
    private static final String TABLE = "sluice_conntrack";
    private static final int SECONDS = 20;

    private final NetworkNamespace namespace;

    Conntrack(NetworkNamespace namespace) {
        this.namespace = namespace;
    }

    /** Turns it on; harmless if it is. */
    void keepOn() throws DataplaneException {
        String rules = """
                table inet %1$s
                delete table inet %1$s
                table inet %1$s {
                    chain keep_on {
                        ct state established,related,new return
                    }
                }
                """.formatted(TABLE);
        Result made = nft("-f", "-", rules);
        Result seen = nft("list", "table inet " + TABLE, "");
        if (made.status != 0 || seen.status != 0 || !seen.output.contains("ct state")) {
            throw new DataplaneException("Connection tracking cannot be turned on: nft says \""
                    + (made.status != 0 ? made.output : seen.output).strip()
                    + "\". Without it replies look like new connections; nothing was attached."
                    + " The kernel needs nf_tables and nf_conntrack (CONFIG_NFT_CT).");
        }
    }

    void remove() {
        try {
            nft("-f", "-", "table inet %1$s\ndelete table inet %1$s\n".formatted(TABLE));
        } catch (DataplaneException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Result(int status, String output) {}

    private Result nft(String option, String argument, String input) throws DataplaneException {
        try {
            return namespace.call(() -> {
                ProcessBuilder builder = argument.equals("-")
                        ? new ProcessBuilder("nft", option, argument)
                        : new ProcessBuilder("nft", option, "table", "inet", TABLE);
                Process nft = builder.redirectErrorStream(true).start();
                try (var in = nft.getOutputStream()) {
                    in.write(input.getBytes(StandardCharsets.UTF_8));
                }
                String output = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (!nft.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    nft.destroyForcibly();
                    throw new IOException("no answer within " + SECONDS + " s");
                }
                return new Result(nft.exitValue(), output);
            });
        } catch (IOException e) {
            throw new DataplaneException(
                    "nft cannot be run (" + e.getMessage() + "), so connection tracking cannot be turned on; nothing was"
                            + " attached. Install it (Debian: apt-get install nftables).",
                    e);
        } catch (Exception e) {
            throw new DataplaneException("The network namespace " + namespace.handle() + " cannot be used: "
                    + e.getMessage() + ". Nothing was attached.", e);
        }
    }
}
