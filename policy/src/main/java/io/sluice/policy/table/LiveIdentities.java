package io.sluice.policy.table;

import org.roaringbitmap.RoaringBitmap;

/**
 * The identities that somebody has at one time, by their features. Immutable: the bitmaps are not to be changed, and one
 * that is the same object as before has the same members.
 */
final class LiveIdentities {
    private static final RoaringBitmap NONE = new RoaringBitmap();

    private final IdentityRegistry registry;
    private final int count;
    private final Paged<RoaringBitmap> byFeature;
    private final RoaringBitmap withNames;

    private LiveIdentities(
            IdentityRegistry registry, int count, Paged<RoaringBitmap> byFeature, RoaringBitmap withNames) {
        this.registry = registry;
        this.count = count;
        this.byFeature = byFeature;
        this.withNames = withNames;
    }

    IdentityRegistry registry() {
        return registry;
    }

    /** One more than the largest number given at that time. */
    int count() {
        return count;
    }

    RoaringBitmap having(int feature) {
        RoaringBitmap some = byFeature.get(feature);
        return some == null ? NONE : some;
    }

    /** Those on which a port name of an egress rule means something. */
    RoaringBitmap withNames() {
        return withNames;
    }

    /** Counts who has which identity. Not thread-safe. */
    static final class Editor {
        private final IdentityRegistry registry;
        private final Paged.Editor<RoaringBitmap> byFeature = new Paged.Editor<>();
        private RoaringBitmap withNames = new RoaringBitmap();
        private int[] holders = new int[64];
        private int held;
        private final RoaringBitmap live = new RoaringBitmap();
        private final RoaringBitmap touched = new RoaringBitmap();
        private final RoaringBitmap copied = new RoaringBitmap();

        Editor(IdentityRegistry registry) {
            this.registry = registry;
        }

        void acquire(int identity) {
            if (identity >= holders.length) {
                holders = java.util.Arrays.copyOf(holders, Math.max(identity + 1, 2 * holders.length));
            }
            if (holders[identity]++ == 0) {
                held++;
                touched.add(identity);
            }
        }

        void release(int identity) {
            if (--holders[identity] == 0) {
                held--;
                touched.add(identity);
            }
        }

        /** Whether more numbers are out of use than in use. */
        boolean isStale() {
            return registry.count() > 10_000 && held * 2 < registry.count();
        }

        LiveIdentities publish() {
            boolean ownNames = false;
            for (int identity : touched.toArray()) {
                boolean now = holders[identity] > 0;
                if (now == live.contains(identity)) {
                    continue;
                }
                IdentityEntry entry = registry.get(identity);
                set(live, identity, now);
                each(entry.labelled(), identity, now);
                each(entry.addressed(), identity, now);
                if (entry.meaning() != 0) {
                    withNames = ownNames ? withNames : withNames.clone();
                    ownNames = true;
                    set(withNames, identity, now);
                }
            }
            touched.clear();
            copied.clear();
            return new LiveIdentities(registry, registry.count(), byFeature.publish(), withNames);
        }

        private void each(int[] features, int identity, boolean now) {
            for (int feature : features) {
                RoaringBitmap before = byFeature.get(feature);
                if (before == null) {
                    before = new RoaringBitmap();
                    byFeature.set(feature, before);
                    copied.add(feature);
                } else if (copied.checkedAdd(feature)) {
                    before = before.clone();
                    byFeature.set(feature, before);
                }
                set(before, identity, now);
            }
        }

        private static void set(RoaringBitmap members, int member, boolean in) {
            if (in) {
                members.add(member);
            } else {
                members.remove(member);
            }
        }
    }
}
