package io.sluice.dataplane.ebpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.bpf.BpfMap;
import io.sluice.policy.decide.Cause;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;

/**
 * The number by which the kernel knows a cause. A number is given to something else only when no block in the kernel
 * holds it any more, and as late as possible, since events with the old meaning may still wait to be read.
 *
 * <p>Beside each number the kernel keeps a digest of the cause: a process that adopts the maps of an earlier one gives
 * equal causes their old numbers, so that it finds its table already in force and the counters go on.
 */
final class CauseNumbers {
    /** How a table in the making gets its numbers. */
    interface Numbering {
        int of(Cause cause) throws DataplaneException;
    }

    private final BpfMap digests;
    private final HitsMap hits;
    private final AtomicReferenceArray<Cause> causes;
    private final Map<Cause, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> adopted = new HashMap<>();
    private final int[] uses;
    private final BitSet reserved = new BitSet();
    private int last;

    CauseNumbers(BpfMap digests, HitsMap hits) {
        this.digests = digests;
        this.hits = hits;
        int size = digests.maxEntries();
        causes = new AtomicReferenceArray<>(size);
        uses = new int[size];
    }

    /** What the number means; empty for 0 and for numbers of an earlier process that were not recognised. */
    Optional<Cause> cause(int number) {
        return number > 0 && number < causes.length() ? Optional.ofNullable(causes.get(number)) : Optional.empty();
    }

    /** Every cause that has a number, for the thread that also gives numbers. */
    void forEach(BiConsumer<Integer, Cause> visitor) {
        numbers.forEach((_, number) -> visitor.accept(number, causes.get(number)));
    }

    int of(Cause cause) throws DataplaneException {
        Integer known = numbers.get(cause);
        if (known == null) {
            String digest = digest(cause);
            known = adopted.remove(digest);
            if (known == null) {
                known = free();
                hits.clear(known);
                write(known, digest);
            }
            Cause before = causes.get(known);
            if (before != null) {
                numbers.remove(before);
            }
            numbers.put(cause, known);
        }
        // Also when known: an equal cause may carry a newer text of its policy.
        causes.set(known, cause);
        reserved.set(known);
        return known;
    }

    /** The numbers given since the last call are only kept by the blocks that hold them. */
    void endOfChange() {
        reserved.clear();
    }

    void retain(Block block) {
        for (int range = 0; range < block.ranges(); range++) {
            uses[block.causeNumber(range)]++;
        }
    }

    void release(Block block) {
        for (int range = 0; range < block.ranges(); range++) {
            uses[block.causeNumber(range)]--;
        }
    }

    /** Takes over the numbers that the blocks of an earlier process hold; retain the blocks first. */
    void adopt() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(4, 8);
            MemorySegment value = arena.allocate(Layout.ADDRESS_BYTES, 8);
            for (int number = 1; number < uses.length; number++) {
                if (uses[number] > 0) {
                    key.set(JAVA_INT, 0, number);
                    digests.lookup(key, value);
                    adopted.put(HexFormat.of().formatHex(value.toArray(JAVA_BYTE)), number);
                    last = number;
                }
            }
        }
    }

    private int free() throws DataplaneException {
        for (int step = 1; step < uses.length; step++) {
            int number = (last + step - 1) % (uses.length - 1) + 1;
            if (uses[number] == 0 && !reserved.get(number)) {
                last = number;
                return number;
            }
        }
        throw new DataplaneException("The map of causes is full: " + (uses.length - 1)
                + " different rules and isolations are in use. The table before this one stays in force."
                + " Give the data plane more room for causes.");
    }

    private void write(int number, String digest) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(4, 8);
            MemorySegment value = arena.allocate(Layout.ADDRESS_BYTES, 8);
            key.set(JAVA_INT, 0, number);
            value.copyFrom(MemorySegment.ofArray(HexFormat.of().parseHex(digest)));
            digests.update(key, value);
        }
    }

    private static String digest(Cause cause) {
        try {
            byte[] all =
                    MessageDigest.getInstance("SHA-256").digest(cause.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, Layout.ADDRESS_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
