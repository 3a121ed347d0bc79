package io.sluice.lab;

import io.sluice.lab.net.Folders;
import io.sluice.lab.net.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What can be seen of this machine, to compare before and after. */
final class Machine {
    /** Counters and states that change by themselves. */
    private static final List<String> RESTLESS = List.of("nf_conntrack_count", "/neigh/", "random", "stat_refresh");

    private Machine() {}

    /** The machine's own network: addresses, routes, rules, netfilter, settings. */
    static Map<String, String> network() {
        Map<String, String> seen = new TreeMap<>();
        for (String command :
                List.of("ip -o addr show", "ip -4 route show table all", "ip rule", "ip -6 rule", "nft list ruleset")) {
            seen.put(
                    command,
                    Enforcing.run(List.of(command.split(" ")), "").replaceAll("(valid|preferred)_lft \\S+", ""));
        }
        seen.put(
                "ip -6 route",
                Enforcing.run(List.of("ip", "-6", "route", "show", "table", "all"), "")
                        .replaceAll("expires \\S+", ""));
        try (Stream<Path> files = Files.walk(Path.of("/proc/sys/net"))) {
            for (Path file :
                    files.filter(Files::isReadable).filter(Files::isRegularFile).toList()) {
                if (RESTLESS.stream().noneMatch(file.toString()::contains)) {
                    seen.put(file.toString(), content(file));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return seen;
    }

    /** Everything on this machine that can only be of the lab of this name. */
    static List<String> remainsOfTheLab() {
        List<String> found = new ArrayList<>();
        for (String folder : List.of("/run/netns", "/etc/netns", "/sys/fs/bpf")) {
            Folders.entries(Path.of(folder)).stream()
                    .map(Path::toString)
                    .filter(path -> path.contains(Names.PREFIX.substring(0, Names.PREFIX.length() - 1)))
                    .forEach(found::add);
        }
        Stream.of(LabFiles.FOLDER, LabFiles.LOCK)
                .filter(Files::exists)
                .map(Path::toString)
                .forEach(found::add);
        try {
            Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                    .filter(line -> line.contains(Names.PREFIX))
                    .forEach(found::add);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Background.marked().forEach(process -> found.add(process.toString()));
        return found;
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
