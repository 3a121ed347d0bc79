package io.sluice.manifests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The paths of a command line to the bytes of files, one file at a time. In a folder: every .yaml, .yml and .json, by
 * name, folders within too; what begins with a dot is skipped. A file reached twice is read once.
 */
final class InputFiles {
    /** The most one file may hold, in bytes: what a Java array and text can still carry with ease. */
    static final long LARGEST = 1L << 29;

    private final InputStream stdin;
    private final Predicate<Path> aside;
    private final Problems problems;
    private final Consumer<Input> sink;
    private final Set<Path> seen = new HashSet<>();
    private int files;

    /**
     * @param name as it appears in messages: the path as given, what would do something to a terminal escaped
     * @param named whether the user gave this very file, not a folder around it
     */
    record Input(String name, byte[] bytes, boolean named) {}

    private InputFiles(InputStream stdin, Predicate<Path> aside, Problems problems, Consumer<Input> sink) {
        this.stdin = stdin;
        this.aside = aside;
        this.problems = problems;
        this.sink = sink;
    }

    /** @param aside files and folders met in folders that are not to be read */
    static void read(
            List<String> paths, InputStream stdin, Predicate<Path> aside, Problems problems, Consumer<Input> sink) {
        InputFiles files = new InputFiles(stdin, aside, problems, sink);
        paths.forEach(files::path);
    }

    private void path(String given) {
        if (given.equals("-")) {
            standardInput();
            return;
        }
        try {
            Path path = Path.of(given);
            if (Files.isDirectory(path)) {
                int before = files;
                folder(path);
                if (files == before) {
                    problems.in(Printable.of(given))
                            .warning(
                                    "nothing-to-read",
                                    new Place(0, 0),
                                    "the folder holds no .yaml, .yml or .json file",
                                    "");
                }
            } else {
                file(path, true);
            }
        } catch (InvalidPathException e) {
            unreadable(given, "is no path: " + e.getReason());
        }
    }

    private void standardInput() {
        try {
            sink.accept(new Input("<stdin>", stdin.readAllBytes(), true));
        } catch (IOException e) {
            unreadable("<stdin>", "cannot be read: " + reason(e));
        }
    }

    private void folder(Path folder) {
        if (!isFirst(folder)) {
            return;
        }
        List<Path> inside;
        try (Stream<Path> entries = Files.list(folder)) {
            inside = entries.sorted().toList();
        } catch (IOException e) {
            // What it holds is not known.
            files++;
            unreadable(folder.toString(), "cannot be read: " + reason(e));
            return;
        }
        for (Path entry : inside) {
            String name = String.valueOf(entry.getFileName());
            if (name.startsWith(".")) {
                continue;
            }
            if (aside.test(entry)) {
                // Read some other way, so that the folder does hold something.
                files++;
            } else if (Files.isDirectory(entry)) {
                folder(entry);
            } else if (isManifest(name) && !isSpecial(entry)) {
                file(entry, false);
            }
        }
    }

    /** A pipe or a socket in a folder is nobody's manifest, and to read it would be to wait for a writer. */
    private static boolean isSpecial(Path entry) {
        try {
            return Files.readAttributes(entry, BasicFileAttributes.class).isOther();
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean isManifest(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json");
    }

    private void file(Path file, boolean named) {
        files++;
        try {
            if (!isFirst(file)) {
                return;
            }
            // A pipe (process substitution) has no size; a file larger than the limit is refused before it is read.
            if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
                unreadable(file.toString(), "is larger than " + (LARGEST >> 20) + " MiB");
                return;
            }
            sink.accept(new Input(Printable.of(file.toString()), Files.readAllBytes(file), named));
        } catch (IOException e) {
            unreadable(file.toString(), reason(e));
        }
    }

    /** Whether the file or folder was not met before, by whatever name: symbolic links may form a loop. */
    private boolean isFirst(Path path) {
        try {
            return seen.add(path.toRealPath());
        } catch (IOException _) {
            return true;
        }
    }

    private void unreadable(String name, String reason) {
        problems.in(Printable.of(name)).error("unreadable", new Place(0, 0), reason, "");
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
