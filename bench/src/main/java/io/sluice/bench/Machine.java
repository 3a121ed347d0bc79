package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What the figures were taken on. */
final class Machine {
    private Machine() {}

    static String describe() throws IOException {
        List<String> cpu = Files.readAllLines(Path.of("/proc/cpuinfo"));
        String kernel = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
        String memory = value(Files.readAllLines(Path.of("/proc/meminfo")), "MemTotal")
                .map(kb -> Long.parseLong(kb.replaceAll("\\D", "")) / 1024 / 1024 + " GiB")
                .orElse("unknown memory");
        boolean virtual =
                value(cpu, "flags").filter(f -> f.contains("hypervisor")).isPresent();
        return "%d processors (%s, %s MHz%s), %s, Linux %s, Java %s, %s; load average at the start %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        value(cpu, "model name").orElse(System.getProperty("os.arch")),
                        value(cpu, "cpu MHz")
                                .map(m -> m.replaceAll("\\..*", ""))
                                .orElse("unknown"),
                        virtual ? ", virtual machine" : "",
                        memory,
                        kernel,
                        Runtime.version(),
                        LocalDate.now(java.time.ZoneOffset.UTC),
                        Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0]);
    }

    private static Optional<String> value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }
}
