package io.sluice.analysis;

import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import io.sluice.policy.model.Snapshot;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The example of a mesh, and the same with more. */
public final class Mesh {
    private static final Path FOLDER = Path.of("..", "examples", "istio");

    public static final Snapshot EXAMPLE = example("");

    private Mesh() {}

    /** @param more further documents */
    public static Snapshot example(String more) {
        Manifests read = ManifestReader.read(
                List.of(
                        FOLDER.resolve("shop.yaml").toString(),
                        FOLDER.resolve("policies.yaml").toString(),
                        "-"),
                new ByteArrayInputStream(more.getBytes(StandardCharsets.UTF_8)));
        if (read.hasErrors()) {
            throw new IllegalArgumentException(read.diagnostics().toString());
        }
        return read.snapshot();
    }
}
