package io.sluice.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Others' tools that Go can install: into a folder of the build, once. Where there is no Go, or no network, there is no
 * peer.
 */
final class Peers {
    private static final Map<String, String> MODULES = Map.of(
            "kube-score", "github.com/zegl/kube-score/cmd/kube-score@v1.20.0",
            "cyclonus", "github.com/mattfenwick/cyclonus/cmd/cyclonus@v0.5.6");
    private static final int MINUTES_TO_INSTALL = 15;

    private final Path folder;
    private final boolean wanted;
    private final Consumer<String> progress;

    /** @param wanted whether there is to be any */
    Peers(Path folder, boolean wanted, Consumer<String> progress) {
        this.folder = folder;
        this.wanted = wanted;
        this.progress = progress;
    }

    /** The program, installed if it was not; empty where that cannot be. */
    Optional<Path> program(String name) throws IOException, InterruptedException {
        Path program = folder.resolve(name);
        if (!wanted) {
            return Optional.empty();
        }
        if (Files.isExecutable(program)) {
            return Optional.of(program);
        }
        progress.accept("installing " + MODULES.get(name));
        Files.createDirectories(folder);
        ProcessBuilder builder = new ProcessBuilder(List.of("go", "install", String.valueOf(MODULES.get(name))));
        builder.environment().put("GOBIN", folder.toAbsolutePath().toString());
        builder.redirectErrorStream(true);
        Path log = folder.resolve(name + ".log");
        builder.redirectOutput(log.toFile());
        try {
            Process process = builder.start();
            if (!process.waitFor(MINUTES_TO_INSTALL, TimeUnit.MINUTES)) {
                process.destroy();
            }
        } catch (IOException _) {
            progress.accept("there is no Go here, so " + name + " is not installed");
            return Optional.empty();
        }
        if (!Files.isExecutable(program)) {
            List<String> said = Files.readAllLines(log, StandardCharsets.UTF_8);
            progress.accept(name + " cannot be installed: " + (said.isEmpty() ? "" : said.getLast()));
            return Optional.empty();
        }
        return Optional.of(program);
    }
}
