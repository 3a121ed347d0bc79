package io.sluice.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Whether this process may do what a lab takes. */
public final class Privilege {
    /** linux/capability.h. */
    private static final int CAP_NET_ADMIN = 12;

    private static final int CAP_SYS_ADMIN = 21;

    private Privilege() {}

    /** Whether it may make network namespaces and enter them. */
    public static boolean suffices() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            long effective = lines.filter(line -> line.startsWith("CapEff:"))
                    .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                    .findFirst()
                    .orElse(0);
            return (effective >>> CAP_NET_ADMIN & effective >>> CAP_SYS_ADMIN & 1) == 1;
        } catch (IOException e) {
            // No Linux, no lab.
            return false;
        }
    }

    static void require() {
        if (!suffices()) {
            throw new LabException("the lab makes network namespaces and needs root (CAP_NET_ADMIN and CAP_SYS_ADMIN);"
                    + " run it with sudo");
        }
    }
}
