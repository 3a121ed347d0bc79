package io.sluice.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds test data that is not part of the project: the folder named by the environment variable SLUICE_SHARED, or a
 * folder {@code shared} beside the repository.
 */
public final class SharedFiles {
    private SharedFiles() {}

    /** The file or folder, if it is there. */
    public static Optional<Path> find(String relative) {
        return folder().map(folder -> folder.resolve(relative)).filter(Files::exists);
    }

    /** What a skipped test says. */
    public static String absence(String relative) {
        return "shared/" + relative + " is not here (set SLUICE_SHARED, or put it beside the repository): skipped";
    }

    private static Optional<Path> folder() {
        String named = System.getenv("SLUICE_SHARED");
        if (named != null && !named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path beside = at.resolveSibling("shared");
            if (Files.isDirectory(beside)) {
                return Optional.of(beside);
            }
        }
        return Optional.empty();
    }
}
