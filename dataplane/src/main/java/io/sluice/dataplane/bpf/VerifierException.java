package io.sluice.dataplane.bpf;

import io.sluice.dataplane.linux.Errno;
import java.util.List;

/** The kernel refused to load an object. */
public final class VerifierException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int LINES = 12;
    private final int errno;
    private final String log;

    VerifierException(int errno, String log) {
        super(Errno.describe(errno));
        this.errno = errno;
        this.log = log;
    }

    public int errno() {
        return errno;
    }

    /** The end of the verifier's log, where the reason stands; empty if the refusal came from elsewhere. */
    public String lastLines() {
        List<String> lines = log.lines().filter(l -> !l.isBlank()).toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
