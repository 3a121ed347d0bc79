package io.sluice.dataplane.nftables;

import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.nftables.Transaction.Garbage;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The chains, sets and counters that the kernel holds, and which of them the ruleset in force uses. What neither that
 * nor the next one uses is garbage: the packets that were in it when it fell out of use are long gone.
 */
final class KernelObjects {
    private static final Pattern TABLE = Pattern.compile("^table inet (\\S+) \\{");
    private static final Pattern OBJECT = Pattern.compile("^\\t(chain|set|counter) (\\S+) \\{");
    private static final Pattern COUNTER = Pattern.compile("counter (\\S+) \\{\\s+packets (\\d+) bytes (\\d+)\\s+\\}");
    private static final Set<String> BASE = Set.of("forward", "input");

    private final Set<String> chains = new LinkedHashSet<>();
    private final Set<String> sets = new LinkedHashSet<>();
    private final Set<String> counters = new LinkedHashSet<>();
    private Set<String> inUse = new HashSet<>();

    private KernelObjects() {}

    /** Finds what an earlier process left; all of it is in use until the next ruleset has taken its place. */
    static KernelObjects read(Nft nft, String table) throws DataplaneException {
        KernelObjects found = new KernelObjects();
        for (String kind : List.of("chains", "sets", "counters")) {
            found.list(nft.run("", "-t", "list", kind, "inet"), table);
        }
        found.inUse = found.names();
        return found;
    }

    private void list(String listing, String table) {
        boolean ours = false;
        for (String line : (Iterable<String>) listing.lines()::iterator) {
            Matcher head = TABLE.matcher(line);
            if (head.find()) {
                ours = head.group(1).equals(table);
            }
            Matcher object = OBJECT.matcher(line);
            if (ours && object.find() && !BASE.contains(object.group(2))) {
                switch (object.group(1)) {
                    case "chain" -> chains.add(object.group(2));
                    case "set" -> sets.add(object.group(2));
                    default -> counters.add(object.group(2));
                }
            }
        }
    }

    /** Finds name, packets and bytes of each counter. */
    static Matcher counters(Nft nft, String table) throws DataplaneException {
        String listing = nft.run("", "list", "counters", "inet");
        StringBuilder ours = new StringBuilder();
        boolean inside = false;
        for (String line : (Iterable<String>) listing.lines()::iterator) {
            Matcher head = TABLE.matcher(line);
            if (head.find()) {
                inside = head.group(1).equals(table);
            }
            if (inside) {
                ours.append(line).append('\n');
            }
        }
        return COUNTER.matcher(ours);
    }

    Set<String> names() {
        Set<String> all = new HashSet<>(chains);
        all.addAll(sets);
        all.addAll(counters);
        return all;
    }

    /** What neither the ruleset in force nor the wanted one uses. */
    Garbage garbage(Ruleset wanted) {
        Set<String> keep = namesOf(wanted);
        keep.addAll(inUse);
        return new Garbage(without(chains, keep), without(sets, keep), without(counters, keep));
    }

    /** The ruleset is in the kernel, and its garbage is gone. */
    void written(Ruleset wanted) {
        Set<String> keep = namesOf(wanted);
        keep.addAll(inUse);
        chains.retainAll(keep);
        sets.retainAll(keep);
        counters.retainAll(keep);
        chains.addAll(wanted.chains().keySet());
        sets.addAll(wanted.sets().keySet());
        counters.addAll(wanted.counters());
    }

    /** Packets run through the ruleset, and soon through no other. */
    void inForce(Ruleset wanted) {
        inUse = namesOf(wanted);
    }

    void forget() {
        chains.clear();
        sets.clear();
        counters.clear();
        inUse = new HashSet<>();
    }

    private static Set<String> namesOf(Ruleset ruleset) {
        Set<String> names = new HashSet<>(ruleset.chains().keySet());
        names.addAll(ruleset.sets().keySet());
        names.addAll(ruleset.counters());
        return names;
    }

    private static List<String> without(Set<String> all, Set<String> keep) {
        return all.stream().filter(name -> !keep.contains(name)).toList();
    }
}
