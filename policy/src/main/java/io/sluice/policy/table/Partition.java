package io.sluice.policy.table;

import java.util.Arrays;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Things told apart by their features. Two things are in one class exactly when they have the same features: each
 * feature, in turn, moves those that have it into a child of the class they were in, so a class is a path in a trie
 * of features. The cost is the number of (thing, feature) pairs, and no set of features is ever hashed.
 */
final class Partition {
    /** The class of things without features. */
    static final int NONE = 0;

    private final int[] classOf;
    private int[] parent = new int[64];
    private int[] feature = new int[64];
    private int[] child = new int[64];
    private int[] childOfSplit = new int[64];
    private int classes = 1;
    private int splits;

    Partition(int things) {
        classOf = new int[things];
    }

    /** Tells apart the members, which have a feature that no split before was about, from the others. */
    void split(int newFeature, RoaringBitmap members) {
        splits++;
        IntIterator each = members.getIntIterator();
        while (each.hasNext()) {
            int thing = each.next();
            classOf[thing] = childOf(classOf[thing], newFeature);
        }
    }

    private int childOf(int old, int newFeature) {
        if (childOfSplit[old] == splits) {
            return child[old];
        }
        int made = classes++;
        if (made == parent.length) {
            parent = Arrays.copyOf(parent, made * 2);
            feature = Arrays.copyOf(feature, made * 2);
            child = Arrays.copyOf(child, made * 2);
            childOfSplit = Arrays.copyOf(childOfSplit, made * 2);
        }
        parent[made] = old;
        feature[made] = newFeature;
        child[old] = made;
        childOfSplit[old] = splits;
        return made;
    }

    /** Makes everything one class again, given all things that were in any split. */
    void forget(RoaringBitmap members) {
        IntIterator each = members.getIntIterator();
        while (each.hasNext()) {
            classOf[each.next()] = NONE;
        }
        classes = 1;
    }

    int classOf(int thing) {
        return classOf[thing];
    }

    /** The features of a class in the order of the splits. */
    int[] features(int ofClass) {
        int count = 0;
        for (int c = ofClass; c != NONE; c = parent[c]) {
            count++;
        }
        int[] out = new int[count];
        for (int c = ofClass; c != NONE; c = parent[c]) {
            out[--count] = feature[c];
        }
        return out;
    }
}
