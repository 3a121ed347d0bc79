package io.sluice.dataplane.ebpf;

/** Why a packet is refused when no policy refused it, in the words that events carry. */
public final class DropReasons {
    public static final String UNKNOWN_POD = "unknown pod";
    public static final String UNREADABLE = "unreadable header";
    public static final String FRAGMENT = "fragment";
    public static final String NO_ROW = "no row";

    /** A policy refused it, but of a table that an earlier process applied. */
    public static final String EARLIER_PROCESS = "policy applied by an earlier process";

    private DropReasons() {}
}
