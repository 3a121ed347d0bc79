package io.sluice.lab;

import io.sluice.dataplane.linux.Libc;
import io.sluice.dataplane.linux.LinuxException;
import io.sluice.lab.net.Folders;
import io.sluice.lab.net.Names;
import io.sluice.lab.net.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes whatever a lab left on the machine, complete or not, written down or not: everything is found by its name or
 * its mark, so a lab that was killed at any point of its life is removed like one that is whole.
 */
final class Remains {
    private Remains() {}

    static void remove(Progress progress) {
        endProcesses(progress);
        Folders.removeTree(LabFiles.PINS);
        unmountBpffs();
        List<String> namespaces = Network.namespaces();
        if (!namespaces.isEmpty()) {
            progress.report("removing " + namespaces.size() + " network namespaces");
            Network.removeNamespaces(namespaces);
        }
        removeResolvers();
        removeNetnsFolder();
        Folders.removeTree(LabFiles.FOLDER);
    }

    private static void endProcesses(Progress progress) {
        for (String role : List.of(LabHost.ROLE, LabAgent.ROLE)) {
            if (Files.exists(LabFiles.socket(role)) && PartControl.stop(role).isPresent()) {
                progress.report("the lab's " + role + " has ended");
            }
        }
        List<Background> processes = new ArrayList<>(Background.marked());
        try {
            LabState.read().ifPresent(state -> processes.addAll(state.processes()));
        } catch (LabException e) {
            // Unreadable: the marks will have to do.
            processes.removeIf(p -> !p.alive());
        }
        long self = ProcessHandle.current().pid();
        processes.stream().filter(p -> p.pid() != self).distinct().forEach(Background::end);
    }

    static boolean bpffsMounted() throws IOException {
        return Files.exists(LabFiles.BPF)
                && Files.getFileStore(LabFiles.BPF).type().equals("bpf");
    }

    /** If it was mounted for the lab and nobody else uses it by now. */
    private static void unmountBpffs() {
        try {
            // Two views that the kernel itself puts into every BPF file system.
            boolean used = Folders.entries(LabFiles.BPF).stream()
                    .anyMatch(p -> !p.getFileName().toString().endsWith(".debug"));
            if (Files.exists(LabFiles.MADE_BPF) && !used && bpffsMounted()) {
                Libc.unmount(LabFiles.BPF);
            }
        } catch (IOException | LinuxException e) {
            throw new LabException("cannot unmount " + LabFiles.BPF + ": " + e.getMessage(), e);
        }
    }

    private static void removeResolvers() {
        for (Path folder : Folders.entries(LabFiles.RESOLV)) {
            if (folder.getFileName().toString().startsWith(Names.PREFIX)) {
                Folders.removeTree(folder);
            }
        }
        if (Files.exists(LabFiles.MADE_RESOLV)) {
            removeIfEmpty(LabFiles.RESOLV);
        }
    }

    /** {@code ip netns add} makes the folder and mounts it upon itself, so that handles show in every mount namespace. */
    private static void removeNetnsFolder() {
        if (!Files.exists(LabFiles.MADE_NETNS)
                || !Folders.entries(LabFiles.NETNS).isEmpty()) {
            return;
        }
        try {
            Libc.unmount(LabFiles.NETNS);
        } catch (LinuxException e) {
            // Killed between the making and the mounting: nothing is mounted.
            removeIfEmpty(LabFiles.NETNS);
            return;
        }
        removeIfEmpty(LabFiles.NETNS);
    }

    private static void removeIfEmpty(Path folder) {
        try {
            if (Folders.entries(folder).isEmpty()) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new LabException("cannot remove " + folder + ": " + e.getMessage(), e);
        }
    }
}
