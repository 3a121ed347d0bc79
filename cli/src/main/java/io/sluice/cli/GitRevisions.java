package io.sluice.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** Files as they were at a revision, taken from git into a folder of their own that goes with this. */
final class GitRevisions implements AutoCloseable {
    private final Path repository;
    private final List<Path> folders = new ArrayList<>();

    /** @throws Refusal where there is no repository or no git */
    GitRevisions() {
        repository = Path.of(git(Path.of(""), "rev-parse", "--show-toplevel").strip());
    }

    /** Old and new of {@code A..B}, {@code A...B} (from where B left A) or {@code A} (to the files as they are). */
    record Range(String before, @Nullable String after) {}

    Range range(String text) {
        int dots = text.indexOf("..");
        if (dots < 0) {
            return new Range(commit(text), null);
        }
        boolean three = text.startsWith("...", dots);
        String left = orHead(text.substring(0, dots));
        String right = orHead(text.substring(dots + (three ? 3 : 2)));
        String before = three ? git(repository, "merge-base", left, right).strip() : commit(left);
        return new Range(before, commit(right));
    }

    private static String orHead(String revision) {
        return revision.isEmpty() ? "HEAD" : revision;
    }

    private String commit(String revision) {
        List<String> question = List.of("rev-parse", "--verify", "--short", "--end-of-options", revision + "^{commit}");
        try {
            Result result = run(repository, question);
            if (result.status != 0) {
                throw new Refusal("sluice: there is no revision '" + revision + "' in " + repository);
            }
            return new String(result.output, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new Refusal("sluice: git does not run: " + e.getMessage(), e);
        }
    }

    /**
     * The paths as they were; those that did not exist are left out.
     *
     * @param paths in the working tree
     */
    Extract at(String revision, List<String> paths) {
        try {
            Path folder = Files.createTempDirectory("sluice-" + revision + "-");
            folders.add(folder);
            List<String> wanted = new ArrayList<>();
            List<String> inside = new ArrayList<>();
            for (String path : paths) {
                Path relative = repository
                        .toRealPath()
                        .relativize(Path.of(path).toAbsolutePath().normalize());
                String name = relative.toString().isEmpty() ? "." : relative.toString();
                if (name.startsWith("..")) {
                    throw new Refusal("sluice: " + path + " is outside of the repository " + repository);
                }
                if (exists(revision, name)) {
                    wanted.add(name);
                    inside.add(folder.resolve(relative).toString());
                }
            }
            if (wanted.stream().anyMatch(name -> holdsKustomization(revision, name))) {
                // It may be built from anything in the repository.
                wanted.clear();
                wanted.add(".");
            }
            if (!wanted.isEmpty()) {
                List<String> command = new ArrayList<>(List.of("archive", "--format=zip", revision, "--"));
                command.addAll(wanted);
                unpack(bytes(repository, command), folder);
            }
            return new Extract(folder + "/", revision + ":", inside);
        } catch (IOException e) {
            throw new Refusal("sluice: cannot take files out of git: " + e.getMessage(), e);
        }
    }

    /** @param prefix of the paths; what it stands for is {@code shown} */
    record Extract(String prefix, String shown, List<String> paths) {}

    private boolean exists(String revision, String name) throws IOException {
        return name.equals(".") || run(repository, List.of("cat-file", "-e", revision + ":" + name)).status == 0;
    }

    private boolean holdsKustomization(String revision, String name) {
        String files = git(repository, "ls-tree", "-r", "--name-only", "--full-tree", revision, "--", name);
        return files.lines().anyMatch(file -> Kustomization.FILES.contains(file.substring(file.lastIndexOf('/') + 1)));
    }

    private static void unpack(byte[] zip, Path folder) throws IOException {
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("an entry outside of the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.resolveSibling(""));
                    Files.copy(entries, target);
                }
            }
        }
    }

    private static String git(Path directory, String... arguments) {
        return new String(bytes(directory, List.of(arguments)), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path directory, List<String> arguments) {
        try {
            Result result = run(directory, arguments);
            if (result.status != 0) {
                throw new Refusal("sluice: git " + arguments.getFirst() + ": " + result.errors.strip());
            }
            return result.output;
        } catch (IOException e) {
            throw new Refusal("sluice: git does not run: " + e.getMessage(), e);
        }
    }

    private record Result(int status, byte[] output, String errors) {}

    private static Result run(Path directory, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        Path errors = Files.createTempFile("sluice-git-", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toAbsolutePath().toFile())
                    .redirectError(errors.toFile())
                    .start();
            process.getOutputStream().close();
            byte[] output;
            try (InputStream stream = process.getInputStream()) {
                output = stream.readAllBytes();
            }
            return new Result(process.waitFor(), output, Files.readString(errors));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    @Override
    public void close() {
        for (Path folder : folders) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException _) {
                // A file left in the temporary folder is no reason to lose the answer.
            }
        }
    }
}
