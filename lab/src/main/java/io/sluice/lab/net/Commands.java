package io.sluice.lab.net;

import io.sluice.lab.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the programs that the lab is built with. */
public final class Commands {
    /** Carried in its environment by every process that a lab starts, with what it is for. */
    public static final String MARK = "SLUICE_PART_OF_" + Names.LAB;

    /** The programs, each with the Debian package that brings it. */
    private static final Map<String, String> PACKAGES = Map.of(
            "ip", "iproute2",
            "nft", "nftables",
            "nsenter", "util-linux",
            "setsid", "util-linux",
            "dnsmasq", "dnsmasq-base");

    /** An ordinary user's path, kept by some ways to become root, lacks the folders that these programs are in. */
    private static final String PATH = System.getenv().getOrDefault("PATH", "/usr/bin:/bin") + ":/usr/sbin:/sbin";

    private Commands() {}

    /**
     * Makes sure that every program is there.
     *
     * @throws LabException naming what is missing and how to install it
     */
    public static void require() {
        List<String> missing = PACKAGES.keySet().stream()
                .filter(p -> find(p).isEmpty())
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            List<String> packages =
                    missing.stream().map(PACKAGES::get).distinct().sorted().toList();
            throw new LabException(
                    "the lab needs " + String.join(", ", missing) + ": apt-get install " + String.join(" ", packages));
        }
    }

    /**
     * Runs a program to its end.
     *
     * @return what it wrote
     * @throws LabException with what it wrote, if it fails
     */
    static String run(List<String> command, String input) {
        return run(new ProcessBuilder(command), input);
    }

    /**
     * Starts a program, with the network of a namespace, that goes into the background by itself; waits until it has.
     *
     * @param environment added to this process's
     */
    public static void daemonIn(String namespace, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(in(namespace, command));
        builder.environment().putAll(environment);
        run(builder, "");
    }

    private static String run(ProcessBuilder builder, String input) {
        // Should this process be killed, what it had started is known by the mark and ended before anything is removed.
        builder.environment().putIfAbsent(MARK, "command");
        builder.environment().put("PATH", PATH);
        List<String> command = new ArrayList<>(builder.command());
        find(command.getFirst()).ifPresent(path -> command.set(0, path.toString()));
        builder.command(command);
        try {
            Process process = builder.redirectErrorStream(true).start();
            feed(process, input);
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new LabException(String.join(" ", builder.command()) + " failed: " + out.strip());
            }
            return out;
        } catch (IOException e) {
            throw new LabException("cannot run " + builder.command().getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException(
                    "interrupted while running " + builder.command().getFirst(), e);
        }
    }

    private static void feed(Process process, String input) {
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended before it had read everything: its status and words tell more than the broken pipe.
            return;
        }
    }

    /** Runs lines of {@code ip} in one namespace, in order; stops at the first that fails. */
    static void ipIn(String namespace, List<String> lines) {
        batch(List.of("ip", "-n", namespace, "-batch", "-"), lines);
    }

    /** Runs lines of {@code ip} that name their namespaces themselves. */
    static void ip(List<String> lines) {
        batch(List.of("ip", "-batch", "-"), lines);
    }

    /** Runs every line of {@code ip}, whether or not those before it failed, and says nothing of failures. */
    static void ipLenient(List<String> command, List<String> lines) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("-force", "-batch", "-"));
        try {
            run(all, String.join("\n", lines) + "\n");
        } catch (LabException e) {
            // Asked for: what is to be removed may be gone already.
            return;
        }
    }

    /** Runs a program with the network of a namespace and everything else of this process. */
    static String runIn(String namespace, List<String> command, String input) {
        return run(in(namespace, command), input);
    }

    /** Not by {@code ip netns exec}: that puts a fresh /sys in the way, without bpffs. */
    private static List<String> in(String namespace, List<String> command) {
        List<String> all = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + namespace));
        all.addAll(command);
        return all;
    }

    private static void batch(List<String> command, List<String> lines) {
        if (!lines.isEmpty()) {
            run(command, String.join("\n", lines) + "\n");
        }
    }

    /** Where the program is, if anywhere. */
    private static Optional<Path> find(String program) {
        return Arrays.stream(PATH.split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
