package io.sluice.analysis;

import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import io.sluice.policy.model.Snapshot;
import io.sluice.testing.SharedFiles;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Snapshots for tests, from manifests as a user would write them. */
public final class Yaml {
    private Yaml() {}

    /** Policies are at {@code <stdin>}. */
    public static Snapshot snapshot(String... documents) {
        String text = String.join("\n---\n", documents);
        return checked(
                ManifestReader.read(List.of("-"), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** A Deployment of one pod with one TCP port, labelled {@code app=NAME}. */
    public static String deployment(String namespace, String name, int port) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %2$s, namespace: %1$s}
                spec:
                  selector: {matchLabels: {app: %2$s}}
                  template:
                    metadata: {labels: {app: %2$s}}
                    spec: {containers: [{name: c, image: i, ports: [{name: main, containerPort: %3$d}]}]}
                """.formatted(namespace, name, port);
    }

    /** A NetworkPolicy with a body for its spec, indented by two. */
    public static String policy(String namespace, String name, String spec) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: %s, namespace: %s}
                spec:
                """.formatted(name, namespace) + spec.indent(2);
    }

    /** The published manifests of a shop with 12 workloads and 13 policies; the test is skipped without them. */
    public static Snapshot onlineBoutique() {
        return checked(ManifestReader.read(List.of(onlineBoutiqueFolder().toString()), InputStream.nullInputStream()));
    }

    public static Path onlineBoutiqueFolder() {
        String relative = "real/online-boutique";
        Assumptions.assumeTrue(SharedFiles.find(relative).isPresent(), SharedFiles.absence(relative));
        return SharedFiles.find(relative).orElseThrow();
    }

    private static Snapshot checked(Manifests manifests) {
        if (manifests.hasErrors()) {
            throw new IllegalArgumentException(manifests.diagnostics().toString());
        }
        return manifests.snapshot();
    }
}
