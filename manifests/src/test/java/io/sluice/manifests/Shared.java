package io.sluice.manifests;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The test data beside the repository; tests that need it are skipped where it is absent. */
final class Shared {
    private Shared() {}

    static Path folder(String name) {
        Path found = find(name);
        Assumptions.assumeTrue(
                Files.exists(found),
                "skipped: no shared/" + name + " beside the repository (set SLUICE_SHARED to where it is)");
        return found;
    }

    private static Path find(String name) {
        String given = System.getenv("SLUICE_SHARED");
        if (given != null) {
            return Path.of(given, name);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("shared").resolve(name);
            if (Files.exists(candidate)) {
                return candidate;
            }
        }
        return Path.of("shared", name);
    }
}
