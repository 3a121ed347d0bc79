package io.sluice.dataplane.nftables;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Everything that enforces one node table, in the language of nft. Chains and sets are named by their content; a chain
 * stands behind the ones it goes to.
 *
 * @param counters names of the counters
 * @param sets name ► body
 * @param chains name ► rules
 * @param forward the chain that judges forwarded packets
 * @param input the chain that judges packets to the node itself
 */
record Ruleset(
        Set<String> counters,
        SequencedMap<String, String> sets,
        SequencedMap<String, List<String>> chains,
        String forward,
        String input) {

    /** Kinds of chains and sets by the first letters of their names. */
    static final String ROW = "row_";

    long rows() {
        return chains.keySet().stream().filter(name -> name.startsWith(ROW)).count();
    }

    /** Collects chains and sets; equal content is held once. */
    static final class Pool {
        private final String epoch;
        private final Set<String> counters = new LinkedHashSet<>();
        private final SequencedMap<String, String> sets = new LinkedHashMap<>();
        private final SequencedMap<String, List<String>> chains = new LinkedHashMap<>();

        /** @param epoch what keeps the names of one process apart from those that another left in the kernel */
        Pool(String epoch) {
            this.epoch = epoch;
        }

        String chain(String kind, List<String> rules) {
            String name = kind + Digest.of(epoch + "\n" + kind + "\n" + String.join("\n", rules));
            chains.putIfAbsent(name, List.copyOf(rules));
            return name;
        }

        String set(String kind, String body) {
            String name = kind + Digest.of(epoch + "\n" + kind + "\n" + body);
            sets.putIfAbsent(name, body);
            return name;
        }

        String counter(String name) {
            counters.add(name);
            return name;
        }

        Ruleset finish(String forward, String input) {
            return new Ruleset(counters, sets, chains, forward, input);
        }

        Map<String, List<String>> chains() {
            return chains;
        }
    }
}
