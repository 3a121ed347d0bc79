package io.sluice.dataplane.nftables;

/**
 * What the rules are written with.
 *
 * @param table the name of the table in family inet
 * @param logGroup the nflog group, one for each table
 * @param priority of both base chains; after DNAT and connection tracking, before kube-proxy's filter chains (0)
 * @param denialsPerSecond log lines for each cause
 * @param connectionsPerSecond log lines for new connections
 */
record NftOptions(String table, int logGroup, int priority, int denialsPerSecond, int connectionsPerSecond) {
    private static final int PRIORITY = -128;
    private static final int DENIALS_PER_SECOND = 100;
    private static final int CONNECTIONS_PER_SECOND = 2_000;

    /** Enough for IPv6 with extension headers and the transport header. */
    private static final int SNAPLEN = 160;

    static NftOptions forTable(String table) {
        // The group follows from the name, so that a process reads what the rules it adopts write.
        int group = 0x5000 | Integer.parseInt(Digest.of(table).substring(0, 3), 16);
        return new NftOptions(table, group, PRIORITY, DENIALS_PER_SECOND, CONNECTIONS_PER_SECOND);
    }

    String denialLog(String prefix) {
        return log(prefix, denialsPerSecond);
    }

    String connectionLog(String prefix) {
        return log(prefix, connectionsPerSecond);
    }

    private String log(String prefix, int perSecond) {
        return "limit rate " + perSecond + "/second burst " + perSecond + " packets log prefix \"" + prefix
                + "\" group " + logGroup + " snaplen " + SNAPLEN;
    }
}
