package io.sluice.cli;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of the PATHs is no manifest but makes manifests: kustomizations and Helm charts, named or met in a folder. Nothing
 * below such a folder is read as it stands, for a patch or a template is no whole object. Of kustomizations that are met,
 * those are built that no other one is built from.
 *
 * @param plain the paths that are read as they stand
 * @param kustomizations to build
 * @param charts to render: folders, or packed ones
 * @param met those of them that the user did not name
 * @param aside what is not read where it is met in a folder, resolved
 */
record RenderedFolders(
        List<String> plain, List<Path> kustomizations, List<Path> charts, Set<Path> met, Set<Path> aside) {

    boolean isAside(Path path) {
        return !aside.isEmpty() && aside.contains(Kustomization.real(path));
    }

    /** @throws Refusal if two kustomizations that are met are two variants of the same thing */
    static RenderedFolders in(List<String> paths) {
        Search search = new Search();
        paths.forEach(search::path);
        return search.found();
    }

    private static boolean isChart(Path folder) {
        return Files.isRegularFile(folder.resolve("Chart.yaml"));
    }

    private static final class Search {
        private final List<String> plain = new ArrayList<>();
        private final List<Path> named = new ArrayList<>();
        private final List<Path> charts = new ArrayList<>();
        private final Set<Path> met = new HashSet<>();
        private final Set<Path> aside = new HashSet<>();
        private final Map<Path, Kustomization> kustomizations = new LinkedHashMap<>();

        void path(String given) {
            try {
                Path path = Path.of(given);
                if (given.endsWith(".tgz") && Files.isRegularFile(path)) {
                    chart(path);
                } else if (!Files.isDirectory(path)) {
                    plain.add(given);
                } else if (Kustomization.isIn(path)) {
                    named.add(path);
                } else if (isChart(path)) {
                    chart(path);
                } else {
                    plain.add(given);
                    walk(path);
                }
            } catch (InvalidPathException _) {
                plain.add(given);
            }
        }

        /** Whether it is a new one. */
        private boolean chart(Path chart) {
            return aside.add(Kustomization.real(chart)) && charts.add(chart);
        }

        private void walk(Path top) {
            try {
                Files.walkFileTree(
                        top, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                            @Override
                            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                                return folder(folder, folder.equals(top));
                            }

                            @Override
                            public FileVisitResult visitFileFailed(Path file, IOException e) {
                                // Who reads it says so.
                                return FileVisitResult.CONTINUE;
                            }
                        });
            } catch (IOException _) {
                // The same.
            }
        }

        private FileVisitResult folder(Path folder, boolean top) {
            if (!top && String.valueOf(folder.getFileName()).startsWith(".")) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (isChart(folder)) {
                if (chart(folder)) {
                    met.add(folder);
                }
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (Kustomization.isIn(folder)) {
                Path real = Kustomization.real(folder);
                aside.add(real);
                kustomizations.putIfAbsent(real, Kustomization.of(folder));
            }
            return FileVisitResult.CONTINUE;
        }

        RenderedFolders found() {
            Set<Path> parts = new HashSet<>();
            kustomizations.values().forEach(one -> parts.addAll(one.parts()));
            aside.addAll(parts);
            Set<Path> build = new LinkedHashSet<>();
            for (Path folder : named) {
                aside.add(Kustomization.real(folder));
                aside.addAll(Kustomization.of(folder).parts());
                build.add(folder);
            }
            Map<Path, Path> makers = new HashMap<>();
            kustomizations.forEach((real, one) -> {
                boolean isNamed = named.stream().map(Kustomization::real).anyMatch(real::equals);
                if (!parts.contains(real) && !one.component() && !isNamed) {
                    one.makes().forEach(part -> makes(one.folder(), part, makers));
                    build.add(one.folder());
                    met.add(one.folder());
                }
            });
            return new RenderedFolders(plain, List.copyOf(build), charts, met, aside);
        }

        /** Two that hold the same objects cannot be parts of one cluster. */
        private static void makes(Path folder, Path part, Map<Path, Path> makers) {
            Path other = makers.putIfAbsent(part, folder);
            if (other != null) {
                Path shown = folder.resolve(Kustomization.real(folder).relativize(part));
                throw new Refusal("sluice: " + other + " and " + folder + " are both built from " + shown.normalize()
                        + ": they are variants, not one cluster. Name the one that is meant as PATH.");
            }
        }
    }
}
