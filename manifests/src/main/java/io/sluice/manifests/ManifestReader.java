package io.sluice.manifests;

import java.io.InputStream;
import java.util.List;

/** Reads manifests. */
public final class ManifestReader {
    private ManifestReader() {}

    /**
     * Reads files, folders (all .yaml, .yml and .json within, hidden ones aside) and {@code -}, the standard input.
     * All paths of one call are one cluster.
     *
     * @param stdin read only if one of the paths is {@code -}
     */
    public static Manifests read(List<String> paths, InputStream stdin) {
        Intake intake = new Intake();
        intake.paths(paths, stdin, _ -> false);
        return intake.manifests();
    }

    /** The same, of the process's own standard input. */
    public static Manifests read(List<String> paths) {
        return read(paths, System.in);
    }
}
