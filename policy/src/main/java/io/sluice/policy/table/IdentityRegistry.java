package io.sluice.policy.table;

import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.TrafficRange;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What identities are made of. A number stands for the same for good; an identity that nobody has any more keeps its
 * number and gets it back when somebody has it again. One thread adds; any thread reads.
 */
final class IdentityRegistry {
    private final Map<Key, Integer> numbers = new ConcurrentHashMap<>();
    private final Registry<IdentityEntry> entries = new Registry<>();

    /** What port names mean, by number; 0 is nothing. */
    private final Registry<Map<PortMatch.Named, Set<TrafficRange>>> meanings = new Registry<>();

    private final Map<Map<PortMatch.Named, Set<TrafficRange>>, Integer> meaningNumbers = new HashMap<>();

    /**
     * What an identity is made of.
     *
     * @param labels the class of its holder, among those of the holder's kind
     * @param network the class of its address
     */
    record Key(Signature.Holder holder, int labels, int meaning, int network) {}

    IdentityRegistry() {
        meaning(Map.of());
    }

    int meaning(Map<PortMatch.Named, Set<TrafficRange>> names) {
        return meaningNumbers.computeIfAbsent(names, meanings::add);
    }

    Map<PortMatch.Named, Set<TrafficRange>> names(int meaning) {
        return meanings.get(meaning);
    }

    int number(Key key, int[] labelled, int[] addressed) {
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        int made =
                entries.add(new IdentityEntry(key.holder, labelled, addressed, key.meaning, meanings.get(key.meaning)));
        numbers.put(key, made);
        return made;
    }

    /** The number of an identity if it ever was anybody's; for any thread. */
    int numberOr(Key key, int otherwise) {
        return numbers.getOrDefault(key, otherwise);
    }

    /** For any thread that was given the number. */
    IdentityEntry get(int identity) {
        return entries.get(identity);
    }

    /** How many numbers were given. */
    int count() {
        return entries.count();
    }
}
