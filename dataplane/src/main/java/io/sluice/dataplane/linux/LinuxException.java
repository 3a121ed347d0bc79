package io.sluice.dataplane.linux;

/** A system call failed. */
public final class LinuxException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int errno;

    public LinuxException(String what, int errno) {
        super(what + ": " + Errno.describe(errno));
        this.errno = errno;
    }

    private LinuxException(Throwable cause) {
        super(cause);
        this.errno = 0;
    }

    public int errno() {
        return errno;
    }

    static RuntimeException from(Throwable t) {
        return switch (t) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new LinuxException(t);
        };
    }
}
