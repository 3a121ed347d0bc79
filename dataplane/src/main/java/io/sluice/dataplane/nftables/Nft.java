package io.sluice.dataplane.nftables;

import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.linux.Errno;
import io.sluice.dataplane.linux.LinuxException;
import io.sluice.dataplane.linux.NetworkNamespace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The nft program, run inside a namespace. A child process starts in the namespace of the thread that starts it, so it
 * needs no other program to get there.
 */
final class Nft {
    private static final int ERROR_LINES = 4;
    private static final int ERROR_LINE_LENGTH = 240;

    private final NetworkNamespace netns;
    private final String binary;

    Nft(NetworkNamespace netns, String binary) {
        this.netns = netns;
        this.binary = binary;
    }

    /** Runs all commands in one transaction: all of them, or none. */
    void transaction(String commands) throws DataplaneException {
        run(commands, "-f", "-");
    }

    /** What a command prints. */
    String run(String input, String... arguments) throws DataplaneException {
        try {
            return netns.call(() -> start(input, arguments));
        } catch (DataplaneException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataplaneException("interrupted while nft was running; run it again", e);
        } catch (LinuxException e) {
            throw new DataplaneException(unreachable(e), e);
        } catch (Exception e) {
            throw new DataplaneException("nft could not be run in " + netns.handle() + ": " + e.getMessage(), e);
        }
    }

    private String start(String input, String... arguments)
            throws IOException, InterruptedException, DataplaneException {
        List<String> command =
                Stream.concat(Stream.of(binary), Stream.of(arguments)).toList();
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new DataplaneException(
                    "the program nft cannot be started (" + e.getMessage() + "); what is in the kernel stays in force; "
                            + "install it: apt-get install nftables",
                    e);
        }
        // nft reads all of its input before it prints anything, so neither side can wait for the other.
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // It ended without reading: its exit status and output say why.
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new DataplaneException(refused(status, output));
        }
        return output;
    }

    private String refused(int status, String output) {
        // nft repeats the line it complains about, which may hold thousands of addresses.
        String said = output.lines()
                .filter(line -> line.contains("Error") || line.contains("rror:"))
                .limit(ERROR_LINES)
                .map(line -> line.length() > ERROR_LINE_LENGTH ? line.substring(0, ERROR_LINE_LENGTH) + "..." : line)
                .collect(Collectors.joining("; "));
        String message = said.isEmpty() ? output.strip().lines().findFirst().orElse("no message") : said;
        String what = "nft ended with status " + status + ": " + message;
        if (output.contains("Operation not permitted")) {
            return what + "; run as root or with CAP_NET_ADMIN; what is in the kernel stays in force";
        }
        if (output.contains("not supported") || output.contains("Unable to initialize Netlink")) {
            return what + "; the kernel needs nf_tables with inet, ct, log and counter (CONFIG_NF_TABLES_INET, "
                    + "CONFIG_NFT_CT, CONFIG_NFT_LOG); what is in the kernel stays in force";
        }
        return what + "; the rules that were in force still are";
    }

    private String unreachable(LinuxException e) {
        return switch (e.errno()) {
            case Errno.EPERM, Errno.EACCES ->
                "the network namespace " + netns.handle() + " cannot be entered (" + e.getMessage()
                        + "); run as root; nothing was changed";
            case Errno.ENOENT ->
                "there is no network namespace " + netns.handle() + "; nothing was changed; check the name";
            default -> "the network namespace " + netns.handle() + " cannot be entered: " + e.getMessage();
        };
    }
}
