package io.sluice.dataplane.nftables;

import java.util.Collection;
import java.util.List;

/**
 * The commands that put one ruleset in the place of another: two transactions, each all or nothing.
 *
 * <p>The first writes everything that is new, where no packet comes by. The second replaces the one rule of each base
 * chain. In one transaction together, packets would see the new rules for some microseconds before the new interval sets
 * answer: the kernel switches the generation first and hands those sets over to their readers afterwards (seen on Linux
 * 6.18 as one to three packets that no set knew).
 */
final class Transaction {
    private Transaction() {}

    /**
     * Writes a ruleset beside the one in force.
     *
     * @param present names that the kernel holds already
     * @param garbage names of chains and sets that no packet can be in any more
     */
    static String write(NftOptions options, Ruleset wanted, Collection<String> present, Garbage garbage) {
        StringBuilder out = new StringBuilder(1 << 16);
        out.append("table inet ").append(options.table()).append(" {\n");
        base(out, "forward", options.priority());
        base(out, "input", options.priority());
        for (String counter : wanted.counters()) {
            if (!present.contains(counter)) {
                out.append("counter ").append(counter).append(" { }\n");
            }
        }
        wanted.sets().forEach((name, body) -> {
            if (!present.contains(name)) {
                out.append("set ").append(name).append(" { ").append(body).append("}\n");
            }
        });
        wanted.chains().forEach((name, rules) -> {
            if (!present.contains(name)) {
                chain(out, name, rules);
            }
        });
        out.append("}\n");
        garbage.chains().forEach(name -> command(out, "flush chain", options.table(), name));
        garbage.chains().forEach(name -> command(out, "delete chain", options.table(), name));
        garbage.sets().forEach(name -> command(out, "delete set", options.table(), name));
        garbage.counters().forEach(name -> command(out, "delete counter", options.table(), name));
        return out.toString();
    }

    /** Lets packets into a ruleset that is written. */
    static String putInForce(String table, Ruleset wanted) {
        StringBuilder out = new StringBuilder();
        point(out, table, "forward", wanted.forward());
        point(out, table, "input", wanted.input());
        return out.toString();
    }

    /** Takes the table out, whether or not it is there. */
    static String remove(String table) {
        return "add table inet " + table + "\ndelete table inet " + table + "\n";
    }

    /** What to take out. */
    record Garbage(List<String> chains, List<String> sets, List<String> counters) {
        static final Garbage NONE = new Garbage(List.of(), List.of(), List.of());

        Garbage {
            chains = List.copyOf(chains);
            sets = List.copyOf(sets);
            counters = List.copyOf(counters);
        }
    }

    private static void base(StringBuilder out, String hook, int priority) {
        out.append("chain ")
                .append(hook)
                .append(" { type filter hook ")
                .append(hook)
                .append(" priority ")
                .append(priority)
                .append("; policy accept; }\n");
    }

    private static void chain(StringBuilder out, String name, List<String> rules) {
        out.append("chain ").append(name).append(" {\n");
        rules.forEach(rule -> out.append(rule).append('\n'));
        out.append("}\n");
    }

    private static void point(StringBuilder out, String table, String base, String target) {
        command(out, "flush chain", table, base);
        out.append("add rule inet ")
                .append(table)
                .append(' ')
                .append(base)
                .append(" goto ")
                .append(target)
                .append('\n');
    }

    private static void command(StringBuilder out, String verb, String table, String name) {
        out.append(verb).append(" inet ").append(table).append(' ').append(name).append('\n');
    }
}
