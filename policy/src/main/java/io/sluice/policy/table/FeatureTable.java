package io.sluice.policy.table;

/** Features, to find out quickly whether another table has one of them too. Immutable; open addressing, half full at most. */
final class FeatureTable {
    /** One more than each feature; 0 is a free place. */
    private final int[] places;

    private final long sketch;

    FeatureTable(int[]... features) {
        int count = 0;
        for (int[] some : features) {
            count += some.length;
        }
        places = new int[Math.max(2, Integer.highestOneBit(Math.max(1, count)) * 4)];
        long bits = 0;
        for (int[] some : features) {
            for (int feature : some) {
                places[placeOf(feature)] = feature + 1;
                bits |= 1L << hash(feature);
            }
        }
        sketch = bits;
    }

    private static int hash(int feature) {
        int hash = feature * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }

    /** Tables whose sketches have no bit in common have no feature in common. */
    long sketch() {
        return sketch;
    }

    /** Where a feature is, or would be. */
    private int placeOf(int feature) {
        int mask = places.length - 1;
        int at = hash(feature) & mask;
        while (places[at] != 0 && places[at] != feature + 1) {
            at = at + 1 & mask;
        }
        return at;
    }

    boolean has(int feature) {
        return places[placeOf(feature)] != 0;
    }

    /** Whether both have some feature. */
    boolean meets(FeatureTable other) {
        return places.length <= other.places.length ? other.hasAny(places) : hasAny(other.places);
    }

    private boolean hasAny(int[] few) {
        for (int one : few) {
            if (one != 0 && has(one - 1)) {
                return true;
            }
        }
        return false;
    }
}
