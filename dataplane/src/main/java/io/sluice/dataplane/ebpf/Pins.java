package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.bpf.BpfLink;
import io.sluice.dataplane.bpf.BpfMap;
import io.sluice.dataplane.linux.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One table's objects in the BPF file system: a folder {@code tableN} with its maps and the links of its program. A
 * table that cannot be adopted gets a successor with the next number beside it.
 */
record Pins(Path folder) {
    private static final String PREFIX = "table";
    private static final String NEW = "new_";

    /** The tables of a data plane, oldest first. */
    static List<Pins> in(Path dataplane) {
        try (Stream<Path> entries = Files.list(dataplane)) {
            return new ArrayList<>(entries.filter(p -> number(p) > 0)
                    .sorted(Comparator.comparingInt(Pins::number))
                    .map(Pins::new)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Pins after(List<Pins> tables, Path dataplane) {
        int last = tables.isEmpty() ? 0 : number(tables.getLast().folder);
        return new Pins(dataplane.resolve(PREFIX + (last + 1)));
    }

    private static int number(Path path) {
        String name = path.getFileName().toString();
        return name.matches(PREFIX + "[0-9]{1,8}") ? Integer.parseInt(name.substring(PREFIX.length())) : 0;
    }

    void pin(List<BpfMap> maps) {
        try {
            Files.createDirectories(folder);
            for (BpfMap map : maps) {
                map.pin(folder.resolve(map.name()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The maps by name; the caller closes them. Empty if one is missing. */
    Map<String, BpfMap> maps(List<String> names) {
        Map<String, BpfMap> maps = new HashMap<>();
        for (String name : names) {
            Path pin = folder.resolve(name);
            try {
                maps.put(name, BpfMap.pinned(pin));
            } catch (LinuxException e) {
                maps.values().forEach(BpfMap::close);
                return Map.of();
            }
        }
        return maps;
    }

    boolean isComplete() {
        return Links.NAMES.stream().allMatch(name -> Files.exists(folder.resolve(name)));
    }

    /** Puts a link in the place of the one that has its name; the other is detached when nothing else holds it. */
    void replace(String name, BpfLink link) {
        Path temporary = folder.resolve(NEW + name);
        try {
            Files.deleteIfExists(temporary);
            link.pin(temporary);
            Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the table out of the kernel: links first. */
    void delete() {
        try {
            for (String name : Links.NAMES) {
                if (Files.exists(folder.resolve(name))) {
                    // Dropping the last reference would detach it too, but some time later.
                    try (BpfLink link = BpfLink.pinned(folder.resolve(name))) {
                        link.detach();
                    }
                }
            }
            if (Files.exists(folder)) {
                try (Stream<Path> rest = Files.list(folder)) {
                    for (Path pin : rest.toList()) {
                        Files.delete(pin);
                    }
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
