package io.sluice.cli;

import io.sluice.manifests.ObjectText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that kustomize builds.
 *
 * @param folder as the user wrote it, or reached from there
 * @param component whether it is only a part for others
 * @param uses the files and folders on this machine that it is built from, resolved
 */
record Kustomization(Path folder, boolean component, Set<Path> uses) {
    /** The names that kustomize looks for. */
    static final List<String> FILES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    static boolean isIn(Path folder) {
        return file(folder).isPresent();
    }

    private static Optional<Path> file(Path folder) {
        return FILES.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }

    /** What the file of a folder says; the rest is for kustomize to complain of. */
    static Kustomization of(Path folder) {
        List<ObjectText> texts = new ArrayList<>();
        try {
            Path file = file(folder).orElseThrow();
            texts.addAll(ObjectText.readAll(file.toString(), Files.readAllBytes(file)));
        } catch (IOException _) {
            // kustomize says so with more words.
        }
        Set<Path> uses = new LinkedHashSet<>();
        boolean component = false;
        for (ObjectText text : texts) {
            component |= text.kind().equals("Component");
            for (String field : List.of("resources", "bases", "components", "patchesStrategicMerge", "crds")) {
                for (String entry : text.texts(field)) {
                    use(folder, entry, uses);
                }
            }
            for (String field : List.of("patches", "patchesJson6902", "replacements")) {
                for (int i = 0; i < text.size(field); i++) {
                    text.text(field, i, "path").ifPresent(entry -> use(folder, entry, uses));
                }
            }
        }
        return new Kustomization(folder, component, uses);
    }

    private static void use(Path folder, String entry, Set<Path> uses) {
        // What is no path here is a URL for kustomize to fetch.
        if (entry.indexOf('\n') < 0 && entry.indexOf('\0') < 0 && Files.exists(folder.resolve(entry))) {
            uses.add(real(folder.resolve(entry)));
        }
    }

    /** The one name of a file, whatever way leads to it. */
    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException _) {
            return path.toAbsolutePath().normalize();
        }
    }
}
