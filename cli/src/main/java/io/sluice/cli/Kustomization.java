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
 * @param makes the files and folders on this machine whose objects it holds, resolved
 * @param changes those that only change them: patches and components
 */
record Kustomization(Path folder, boolean component, Set<Path> makes, Set<Path> changes) {
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
        Set<Path> makes = new LinkedHashSet<>();
        Set<Path> changes = new LinkedHashSet<>();
        boolean component = false;
        for (ObjectText text : texts) {
            component |= text.kind().equals("Component");
            for (String field : List.of("resources", "bases")) {
                text.texts(field).forEach(entry -> use(folder, entry, makes));
            }
            for (String field : List.of("components", "patchesStrategicMerge", "crds")) {
                text.texts(field).forEach(entry -> use(folder, entry, changes));
            }
            for (String field : List.of("patches", "patchesJson6902", "replacements")) {
                for (int i = 0; i < text.size(field); i++) {
                    text.text(field, i, "path").ifPresent(entry -> use(folder, entry, changes));
                }
            }
        }
        return new Kustomization(folder, component, makes, changes);
    }

    /** Everything that it is built from, whatever is between; not itself. */
    Set<Path> parts() {
        Set<Path> all = new LinkedHashSet<>();
        List<Path> open = new ArrayList<>(makes);
        open.addAll(changes);
        while (!open.isEmpty()) {
            Path next = open.removeFirst();
            if (all.add(next) && isIn(next)) {
                Kustomization part = of(next);
                open.addAll(part.makes);
                open.addAll(part.changes);
            }
        }
        return all;
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
