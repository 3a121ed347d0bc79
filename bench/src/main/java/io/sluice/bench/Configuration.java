package io.sluice.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One way to stand between two pods.
 *
 * @param name as it is printed and chosen
 */
record Configuration(String name, Setup setup) {
    /** What the others are compared with: conntrack is on, as on every Kubernetes node, and nothing is refused. */
    static final String BASELINE = "conntrack, no policy";

    private static final int[] SLUICE_ROWS = {10, 1_000, 100_000};
    private static final int[] IPTABLES_RULES = {10, 1_000, 10_000};

    /** Puts it in force at the router. */
    interface Setup {
        /** Puts it in force and returns what has to be closed before the namespaces go. */
        AutoCloseable install(Topology topology, Family family) throws Exception;
    }

    /** Those that this machine can have and whose name has a match; the baseline in any case. */
    static List<Configuration> all(Pattern wanted) {
        List<Configuration> all = new ArrayList<>(List.of(noNetfilter(), conntrackOnly()));
        for (Backend backend : Backend.values()) {
            for (int rows : SLUICE_ROWS) {
                all.add(sluice(backend, rows));
            }
        }
        for (String variant : List.of("nft", "legacy")) {
            for (int rules : hasIptables(variant) ? IPTABLES_RULES : new int[0]) {
                all.add(iptables(variant, rules));
            }
        }
        all.removeIf(c -> !c.name.equals(BASELINE) && !wanted.matcher(c.name).find());
        return all;
    }

    /** Nothing at all: packets are forwarded and nobody looks. */
    private static Configuration noNetfilter() {
        return new Configuration("no netfilter", (topology, family) -> () -> {});
    }

    /** One rule that asks for the connection's state, which is what turns conntrack on; everything passes. */
    private static Configuration conntrackOnly() {
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
    private static Configuration iptables(String variant, int rules) {
        return new Configuration("iptables-" + variant + ", " + Text.count(rules) + " rules", (topology, family) -> {
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
    private static Configuration sluice(Backend backend, int rows) {
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

    private static boolean hasIptables(String variant) {
        return Stream.of("/usr/sbin", "/sbin", "/usr/bin")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "iptables-" + variant + "-restore")));
    }
}
