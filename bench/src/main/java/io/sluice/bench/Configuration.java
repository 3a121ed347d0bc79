package io.sluice.bench;

import java.util.List;

/**
 * One way to stand between two pods.
 *
 * @param name as it is printed and chosen
 */
record Configuration(String name, Setup setup) {
    /** What the others are compared with: conntrack is on, as on every Kubernetes node, and nothing is refused. */
    static final String BASELINE = "conntrack, no policy";

    /** Puts it in force at the router. */
    interface Setup {
        /** @return what has to be closed before the namespaces go */
        AutoCloseable install(Topology topology, Family family) throws Exception;
    }

    /** Nothing at all: packets are forwarded and nobody looks. */
    static Configuration noNetfilter() {
        return new Configuration("no netfilter", (topology, family) -> () -> {});
    }

    /** One rule that asks for the connection's state, which is what turns conntrack on; everything passes. */
    static Configuration conntrackOnly() {
        return new Configuration(BASELINE, (topology, family) -> {
            Command.of("nft", "-f", "-").inside(topology.router().handle()).run("""
                    table inet bench {
                      chain forward {
                        type filter hook forward priority filter; policy accept;
                        ct state established,related accept
                      }
                    }
                    """);
            return () -> {};
        });
    }

    /**
     * What a plain implementation writes: established first, then a rule for each allowed pair and port; the pair that
     * talks comes last, and the end is a drop.
     *
     * @param variant {@code nft} or {@code legacy}
     */
    static Configuration iptables(String variant, int rules) {
        return new Configuration(
                "iptables-" + variant + ", " + Text.count(rules) + " rules", (topology, family) -> {
                    StringBuilder script = new StringBuilder("*filter\n:FORWARD DROP\n");
                    script.append("-A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT\n");
                    for (int i = 1; i < rules; i++) {
                        pair(script, family.other(i).toString(), family.server);
                    }
                    pair(script, family.client, family.server);
                    script.append("COMMIT\n");
                    String program = (family == Family.V4 ? "iptables-" : "ip6tables-") + variant + "-restore";
                    Command.of(program).inside(topology.router().handle()).run(script.toString());
                    return () -> {};
                });
    }

    /** The table of {@link SampleTables} under one of Sluice's backends; as many addresses as rows. */
    static Configuration sluice(Backend backend, int rows) {
        return new Configuration(
                "Sluice " + backend.word + ", " + Text.count(rows) + " rows",
                (topology, family) -> Enforced.open(
                        backend, topology.router(), SampleTables.forTwoPods(family, rows, Math.max(rows, 2))));
    }

    private static void pair(StringBuilder script, String source, String destination) {
        script.append("-A FORWARD -s ")
                .append(source)
                .append(" -d ")
                .append(destination)
                .append(" -p tcp --dport 8000:8100 -j ACCEPT\n");
    }

    /** Whether the programs that this machine has allow the variant of iptables. */
    static boolean hasIptables(String variant) {
        return List.of("/usr/sbin", "/sbin", "/usr/bin").stream()
                .anyMatch(folder -> java.nio.file.Files.isExecutable(
                        java.nio.file.Path.of(folder, "iptables-" + variant + "-restore")));
    }
}
