package io.sluice.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A Kubernetes API server with its etcd, real ones, in a process of its own that ends with this one. */
final class ControlPlane implements AutoCloseable {
    private static final long READY_SECONDS = 150;

    private final Process process;
    private final Path kubeconfig;
    private final String server;
    private final Path authority;

    private ControlPlane(Process process, JsonNode ready) {
        this.process = process;
        kubeconfig = Path.of(ready.get("kubeconfig").asString());
        server = ready.get("server").asString();
        authority = Path.of(ready.get("authority").asString());
    }

    /** Where {@code make test-cluster} puts it; nothing where it has not been built. */
    static Optional<Path> binary() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("kubernetes/target/controlplane");
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** @param folder of its own; its path must be short, for the sockets in it */
    static ControlPlane start(Path binary, Path folder, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(binary.toString(), folder.toString()));
        command.addAll(List.of(flags));
        Path log = folder.resolve("log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        Thread late = Thread.ofVirtual().start(() -> {
            try {
                TimeUnit.SECONDS.sleep(READY_SECONDS);
                process.destroyForcibly();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        String line =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        late.interrupt();
        if (line == null) {
            process.destroyForcibly();
            throw new AssertionError("no API server:\n" + Files.readString(log));
        }
        return new ControlPlane(process, new ObjectMapper().readTree(line));
    }

    /** Of the administrator, who has a client certificate. */
    Path kubeconfig() {
        return kubeconfig;
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    /** A kubeconfig of somebody who has a token, and trusts the given authority rather than the right one, if any. */
    Path kubeconfig(Path folder, String token, Optional<Path> otherAuthority) throws IOException {
        Path file = Files.createTempFile(folder, token, ".kubeconfig");
        return Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters: [{name: test, cluster: {server: "%s", certificate-authority: "%s"}}]
                contexts: [{name: test, context: {cluster: test, user: me}}]
                users: [{name: me, user: {token: %s}}]
                """.formatted(server, otherAuthority.orElse(authority), token));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
