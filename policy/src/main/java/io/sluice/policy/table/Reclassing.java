package io.sluice.policy.table;

import io.sluice.policy.model.Subject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/**
 * Pods that change their class, because of what they are or because selectors came and went. Few new pods are looked up
 * one by one; many are told apart by all selectors at once.
 */
final class Reclassing {
    private static final int SELECTORS_FOR_A_POD = 8;
    private final Scope.Use use;
    private final Population population;
    private final FeatureSets sets;
    private final Set<Integer> died;
    private final RoaringBitmap fresh;
    private final boolean all;
    private final Partition changes;
    private final RoaringBitmap touched;
    private final Map<Long, Integer> known = new HashMap<>();

    /**
     * The selectors of one use, by number.
     *
     * @param born those that were not there before
     * @param died those that no longer are
     * @param kept the others
     */
    record Selectors(Map<Integer, Subject> born, Map<Integer, Subject> died, Map<Integer, Subject> kept) {}

    /** Whether it is less work to ask all selectors for their pods than each of the pods for its selectors. */
    static boolean asksAll(RoaringBitmap fresh, int selectors) {
        return (long) fresh.getCardinality() * SELECTORS_FOR_A_POD > selectors;
    }

    /**
     * @param fresh pods whose class is not known
     * @param all {@link #asksAll}; the selectors that are kept need be there only then
     */
    Reclassing(
            Scope.Use use,
            Population population,
            FeatureSets sets,
            Selectors selectors,
            RoaringBitmap fresh,
            boolean all) {
        this.use = use;
        this.population = population;
        this.sets = sets;
        this.died = selectors.died.keySet();
        this.fresh = fresh;
        this.all = all;
        boolean any = all || !selectors.born.isEmpty() || !selectors.died.isEmpty();
        changes = new Partition(any ? population.slots() : 0);
        touched = fresh.clone();
        selectors.born.forEach((number, subject) -> split(number, without(population.select(subject))));
        selectors.died.forEach((number, subject) ->
                split(FeatureSets.gone(number), RoaringBitmap.andNot(population.select(subject), fresh)));
        if (all) {
            selectors.kept.forEach(
                    (number, subject) -> split(number, RoaringBitmap.and(population.select(subject), fresh)));
        }
    }

    private RoaringBitmap without(RoaringBitmap members) {
        return all ? members : RoaringBitmap.andNot(members, fresh);
    }

    private void split(int change, RoaringBitmap members) {
        changes.split(change, members);
        touched.or(members);
    }

    /** The pods whose class may be another one; not to be changed. */
    RoaringBitmap touched() {
        return touched;
    }

    /** @param before the class that the pod had, if it is not fresh */
    int classOf(int slot, int before) {
        if (!touched.contains(slot)) {
            return before;
        }
        boolean isFresh = fresh.contains(slot);
        if (isFresh && !all) {
            // Selectors stay filed for a while after they died, to find the pods that had them.
            return sets.number(Arrays.stream(population.matching(use, slot))
                    .filter(number -> !died.contains(number))
                    .toArray());
        }
        int from = isFresh ? FeatureSets.NONE : before;
        int change = changes.classOf(slot);
        if (change == Partition.NONE) {
            return from;
        }
        return known.computeIfAbsent((long) from << 32 | change, _ -> sets.changed(from, changes.features(change)));
    }
}
