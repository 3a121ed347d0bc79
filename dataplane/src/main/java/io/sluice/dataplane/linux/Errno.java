package io.sluice.dataplane.linux;

/** The errno values that a message may have to name (asm-generic/errno.h). */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int E2BIG = 7;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int EINVAL = 22;
    public static final int ENOSPC = 28;
    public static final int EOPNOTSUPP = 95;

    private Errno() {}

    public static String describe(int errno) {
        return switch (errno) {
            case EPERM -> "not permitted (EPERM)";
            case ENOENT -> "no such thing (ENOENT)";
            case E2BIG -> "too big (E2BIG)";
            case ENOMEM -> "out of memory (ENOMEM)";
            case EACCES -> "access denied (EACCES)";
            case EBUSY -> "busy (EBUSY)";
            case EEXIST -> "exists already (EEXIST)";
            case EINVAL -> "not accepted (EINVAL)";
            case ENOSPC -> "no space left (ENOSPC)";
            case EOPNOTSUPP -> "not supported (EOPNOTSUPP)";
            default -> "errno " + errno;
        };
    }
}
