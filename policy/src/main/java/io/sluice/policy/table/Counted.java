package io.sluice.policy.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Distinct things in use, numbered. A thing that nobody uses any more loses its number, and no number is given twice: who
 * keeps one is never misled. Not thread-safe, but for {@link #things}.
 */
final class Counted<K> {
    private final Map<K, Integer> numbers = new HashMap<>();
    private final Registry<K> things = new Registry<>();
    private int[] uses = new int[64];
    private final List<Integer> born = new ArrayList<>();
    private final List<Integer> died = new ArrayList<>();
    private int settledCount;

    int acquire(K thing) {
        Integer known = numbers.get(thing);
        int number = known != null ? known : add(thing);
        uses[number]++;
        return number;
    }

    private int add(K thing) {
        int number = things.add(thing);
        if (number == uses.length) {
            uses = Arrays.copyOf(uses, 2 * number);
        }
        numbers.put(thing, number);
        born.add(number);
        return number;
    }

    void release(int number) {
        if (--uses[number] == 0) {
            numbers.remove(thing(number));
            died.add(number);
        }
    }

    /** The number of a thing that is in use. */
    int numberOf(K thing) {
        Integer number = numbers.get(thing);
        if (number == null) {
            throw new IllegalArgumentException("not in use: " + thing);
        }
        return number;
    }

    int uses(int number) {
        return uses[number];
    }

    /** How many numbers were given. */
    int count() {
        return things.count();
    }

    /** How many things are in use. */
    int live() {
        return numbers.size();
    }

    /** Those in use. */
    Collection<K> inUse() {
        return numbers.keySet();
    }

    BitSet numbersInUse() {
        BitSet out = new BitSet();
        numbers.values().forEach(out::set);
        return out;
    }

    /** A thing by its number, also one that is no longer in use; for any thread that was given the number. */
    K thing(int number) {
        return things.get(number);
    }

    /** In use now and not when it was last settled. */
    List<Integer> born() {
        return born.stream().filter(number -> uses[number] > 0).toList();
    }

    /** In use when it was last settled and not now. */
    List<Integer> died() {
        return died.stream().filter(number -> number < settledCount).toList();
    }

    /** Things in use now and not when it was last settled, or the other way round. */
    List<K> changed() {
        return Stream.concat(born().stream(), died().stream()).map(this::thing).toList();
    }

    /** All that went out of use since it was last settled, whether or not it was in use then. */
    List<Integer> gone() {
        return List.copyOf(died);
    }

    void settle() {
        born.clear();
        died.clear();
        settledCount = things.count();
    }
}
