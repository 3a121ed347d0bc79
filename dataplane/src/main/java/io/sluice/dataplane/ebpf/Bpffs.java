package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.linux.Libc;
import io.sluice.dataplane.linux.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file system in which BPF objects outlive processes. */
final class Bpffs {
    private static final Path STANDARD = Path.of("/sys/fs/bpf");

    private Bpffs() {}

    /** Makes the folder, on a BPF file system that is mounted if there is none: at its usual place, or on the folder. */
    static void require(Path folder) throws DataplaneException {
        try {
            if (!isBpf(existing(folder.toAbsolutePath()))) {
                Path root = folder.startsWith(STANDARD) ? STANDARD : folder;
                if (root.equals(folder)) {
                    Files.createDirectories(folder);
                }
                Libc.mount("bpf", root);
            }
            Files.createDirectories(folder);
        } catch (IOException | LinuxException e) {
            throw new DataplaneException(
                    "The folder " + folder + " cannot be made on a BPF file system: " + e.getMessage()
                            + ". Nothing was changed. Run as root, and give a folder below " + STANDARD
                            + " whose names have no dot.",
                    e);
        }
    }

    /** Takes an empty folder away, with the file system if it was mounted on that folder. */
    static void release(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        boolean mountedHere = !folder.equals(STANDARD) && isBpf(folder) && parent != null && !isBpf(parent);
        if (mountedHere) {
            Libc.unmount(folder);
        }
        Files.deleteIfExists(folder);
    }

    /** The path, or the nearest folder above it that there is. */
    private static Path existing(Path path) {
        Path parent = path.getParent();
        return parent == null || Files.exists(path) ? path : existing(parent);
    }

    private static boolean isBpf(Path path) throws IOException {
        return Files.getFileStore(path).type().equals("bpf");
    }
}
