package io.sluice.dataplane.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The processors the kernel may ever use: what the values of per-processor BPF maps are laid out for. */
public final class Processors {
    private static final int POSSIBLE = count("/sys/devices/system/cpu/possible");

    private Processors() {}

    public static int possible() {
        return POSSIBLE;
    }

    /** The kernel's list form, such as {@code 0-3,8}; the layout goes up to the last one. */
    private static int count(String file) {
        try {
            String list = Files.readString(Path.of(file)).strip();
            return Integer.parseInt(list.replaceFirst(".*[,-]", "")) + 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
