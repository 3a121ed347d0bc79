package io.sluice.cli;

import io.sluice.manifests.Intake;
import io.sluice.manifests.ObjectText;
import io.sluice.manifests.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds a kustomization and says of each object which file it was made of. The tool itself is asked for that: it notes
 * the file on every object when the kustomization is built by way of another one that wants it so.
 */
final class Kustomize {
    private static final String NOTE = "config.kubernetes.io/origin";

    private final Path folder;
    private final Map<Path, List<ObjectText>> sources = new HashMap<>();

    private Kustomize(Path folder) {
        this.folder = folder;
    }

    /** What of it all is a line about, for those who did not ask for it. */
    static String tool() {
        return String.join(" ", command());
    }

    /** @throws Refusal if it cannot be built */
    static void read(Path folder, Intake into) {
        Kustomize kustomize = new Kustomize(folder);
        String name = folder + " (rendered by kustomize)";
        Path work = workFolder();
        try {
            Optional<String> noted = kustomize.noted(work);
            if (noted.isPresent()) {
                into.rendered(name, 1, noted.get(), "", object -> kustomize.origin(object, work));
            } else {
                into.rendered(name, 1, build(folder), "", _ -> Origin.RENDERED);
            }
        } finally {
            delete(work.resolve(Kustomization.FILES.getFirst()));
            delete(work);
        }
    }

    private static List<String> command() {
        if (Tool.find("kustomize").isPresent()) {
            return List.of("kustomize", "build");
        }
        if (Tool.find("kubectl").isPresent()) {
            return List.of("kubectl", "kustomize");
        }
        return List.of();
    }

    private static Tool.Result run(Path what) {
        List<String> command = new java.util.ArrayList<>(command());
        if (command.isEmpty()) {
            throw new Refusal(
                    "sluice: " + what + " is a kustomization, and neither kustomize nor kubectl is on the PATH"
                            + " to build it: install one of them (https://kubectl.docs.kubernetes.io/installation)");
        }
        command.add(what.toString());
        return Tool.run(command);
    }

    private static String build(Path folder) {
        Tool.Result result = run(folder);
        if (result.status() != 0) {
            throw new Refusal("sluice: " + folder + ": " + tool() + " failed:\n"
                    + result.errors().strip());
        }
        return result.output();
    }

    /** The objects with a note on each; nothing if it does not work, as with a tool that is too old for it. */
    private Optional<String> noted(Path work) {
        if (command().isEmpty()) {
            run(folder);
        }
        Path real = Kustomization.real(folder);
        String text = """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: ['%s']
                buildMetadata: [originAnnotations]
                """.formatted(work.relativize(real).toString().replace("'", "''"));
        try {
            Files.writeString(work.resolve(Kustomization.FILES.getFirst()), text);
        } catch (IOException _) {
            return Optional.empty();
        }
        Tool.Result result = run(work);
        return result.status() == 0 ? Optional.of(result.output()) : Optional.empty();
    }

    /** From the note: {@code path: ../base/policy.yaml}, seen from the folder that was built. */
    private Origin origin(ObjectText object, Path work) {
        String note = object.text("metadata", "annotations", NOTE).orElse("");
        Optional<String> path = field(note, "path").or(() -> field(note, "configuredIn"));
        Optional<String> repository = field(note, "repo");
        if (path.isEmpty()) {
            return Origin.RENDERED;
        }
        if (repository.isPresent()) {
            return new Origin.At(repository.get() + "//" + path.get(), 0);
        }
        Path file = work.resolve(path.get()).normalize();
        Path shown = folder.resolve(Kustomization.real(folder).relativize(file)).normalize();
        List<ObjectText> candidates = sources.computeIfAbsent(file, f -> texts(f, shown)).stream()
                .filter(text -> text.kind().equals(object.kind()))
                .toList();
        return SourceObject.of(object, candidates)
                .<Origin>map(Origin.Like::new)
                .orElseGet(() -> new Origin.At(shown.toString(), 0));
    }

    private static Optional<String> field(String note, String name) {
        return note.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2).strip())
                .findFirst();
    }

    private static List<ObjectText> texts(Path file, Path shown) {
        try {
            return ObjectText.readAll(shown.toString(), Files.readAllBytes(file));
        } catch (IOException _) {
            return List.of();
        }
    }

    private static Path workFolder() {
        try {
            return Kustomization.real(Files.createTempDirectory("sluice-kustomize-"));
        } catch (IOException e) {
            throw new Refusal("sluice: no temporary folder: " + e.getMessage(), e);
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException _) {
            // A file left in the temporary folder is no reason to lose the answer.
        }
    }
}
