package io.sluice.analysis.lint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The examples of checks, which stand beside them as resources. */
public final class Examples {
    private Examples() {}

    /** A manifest in which the check has something to say. */
    public static Optional<String> firing(String id) {
        return resource(id + ".fires.yaml");
    }

    /** The same, as it should be: no check says more than information. */
    public static Optional<String> quiet(String id) {
        return resource(id + ".quiet.yaml");
    }

    /** The configuration that both examples are read with, for a check that finds nothing without one. */
    public static Optional<String> config(String id) {
        return resource(id + ".config.yaml");
    }

    private static Optional<String> resource(String name) {
        try (InputStream in = Examples.class.getResourceAsStream("examples/" + name)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
