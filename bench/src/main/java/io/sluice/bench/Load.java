package io.sluice.bench;

import io.sluice.dataplane.linux.NetworkNamespace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The load generator load.c, compiled for this run; its head says what it does. */
final class Load implements AutoCloseable {
    static final int ECHO_PORT = 8080;
    static final int SINK_PORT = 8081;

    private static final String PREFIX = "sluice-bench-";

    private static final Pattern RESULT = Pattern.compile(
            "count (\\d+) seconds ([\\d.]+) cpu ([\\d.]+) failures (\\d+) p50 ([\\d.]+) p99 ([\\d.]+)\\s*");

    private final Path folder;
    private final Path program;

    private Load(Path folder) {
        this.folder = folder;
        this.program = folder.resolve("load");
    }

    /** What the client does. */
    enum Workload {
        BULK("bulk", SINK_PORT, "TCP throughput, one connection", "Mbit/s", 8 / 1e6),
        REQUEST_RESPONSE("rr", ECHO_PORT, "request/response, one connection", "exchanges/s", 1),
        CONNECT_REQUEST_CLOSE("crr", ECHO_PORT, "connect/request/close", "connections/s", 1);

        final String word;
        final int port;
        final String title;
        final String unit;

        /** From what load.c counts to the unit. */
        final double scale;

        Workload(String word, int port, String title, String unit, double scale) {
            this.word = word;
            this.port = port;
            this.title = title;
            this.unit = unit;
            this.scale = scale;
        }
    }

    /**
     * What the client saw.
     *
     * @param rate exchanges, or bytes, a second
     * @param perProcessorSecond exchanges, or bytes, a second of processor time of client and server, in which the
     *     kernel does all forwarding between them
     * @param p50Micros of one exchange; 0 for bulk
     */
    record Result(double rate, double perProcessorSecond, long failures, double p50Micros, double p99Micros) {}

    /** What a client is told to do. */
    record Turn(Workload workload, Family family, Duration time) {}

    /** Where client and server run: processor numbers, or -1 for anywhere. */
    record Processors(int client, int server) {}

    /** Compiles it with the C compiler of this machine. */
    static Load compile() throws IOException {
        removeLeftovers();
        Path folder = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
        Load load = new Load(folder);
        Path source = folder.resolve("load.c");
        try (InputStream in = Load.class.getResourceAsStream("load.c")) {
            if (in == null) {
                throw new IOException("load.c is missing from the class path");
            }
            Files.copy(in, source);
        }
        Command.of("gcc", "-O2", "-Wall", "-pthread", "-o", load.program.toString(), source.toString())
                .run();
        return load;
    }

    /** Removes what killed runs left behind. */
    private static void removeLeftovers() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            for (Path path : all.toList()) {
                String[] parts = path.getFileName().toString().split("-", -1);
                if (path.getFileName().toString().matches(PREFIX + "\\d+-\\d+")
                        && ProcessHandle.of(Long.parseLong(parts[2])).isEmpty()) {
                    new Load(path).close();
                }
            }
        }
    }

    /** A server that ends when the returned process's standard input is closed, and so with this process at the latest. */
    Process serve(NetworkNamespace namespace, int processor) throws IOException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        namespace.handle().toString(),
                        Integer.toString(processor),
                        "serve",
                        Integer.toString(ECHO_PORT),
                        Integer.toString(SINK_PORT))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String ready = process.inputReader().readLine();
        if (!"ready".equals(ready)) {
            throw new IOException("the server of the load generator did not start");
        }
        return process;
    }

    /** Puts the server under load from a client. */
    Result run(Turn turn, NetworkNamespace namespace, int processor, Process server) {
        String said = Command.of(
                        program.toString(),
                        namespace.handle().toString(),
                        Integer.toString(processor),
                        turn.workload.word,
                        turn.family.server,
                        Integer.toString(turn.workload.port),
                        Long.toString(server.pid()),
                        Long.toString(turn.time.toMillis()))
                .run();
        Matcher matcher = RESULT.matcher(said);
        if (!matcher.matches()) {
            throw new IllegalStateException("the load generator said: " + said);
        }
        double count = Double.parseDouble(matcher.group(1));
        return new Result(
                count / Double.parseDouble(matcher.group(2)),
                count / Double.parseDouble(matcher.group(3)),
                Long.parseLong(matcher.group(4)),
                Double.parseDouble(matcher.group(5)),
                Double.parseDouble(matcher.group(6)));
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(folder.resolve("load.c"));
        Files.deleteIfExists(program);
        Files.deleteIfExists(folder);
    }
}
