package io.sluice.policy.table;

import io.sluice.policy.model.Pod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pods by namespace and name, with what is known of each. Immutable; the next one shares most of itself with this. */
final class Pods {
    private final Paged<Chain> buckets;
    private final int mask;
    private final int count;

    private Pods(Paged<Chain> buckets, int mask, int count) {
        this.buckets = buckets;
        this.mask = mask;
        this.count = count;
    }

    int count() {
        return count;
    }

    /** Pods whose names fall into one bucket. */
    private record Chain(PodEntry entry, @Nullable Chain next) {}

    @Nullable
    PodEntry get(Pod pod) {
        Chain start = buckets.get(hash(pod.namespace(), pod.name()) & mask);
        // Most callers have the pods of the snapshot, which are known without reading their names.
        return start != null && start.entry.pod() == pod ? start.entry : find(start, pod.namespace(), pod.name());
    }

    /** In the order of the snapshot. */
    List<Pod> inOrder() {
        List<PodEntry> all = new ArrayList<>();
        for (int i = 0; i <= mask; i++) {
            for (Chain chain = buckets.get(i); chain != null; chain = chain.next) {
                all.add(chain.entry);
            }
        }
        all.sort(Comparator.comparingLong(PodEntry::order));
        return all.stream().map(PodEntry::pod).toList();
    }

    private static int hash(String namespace, String name) {
        int hash = 31 * namespace.hashCode() + name.hashCode();
        return hash ^ hash >>> 16;
    }

    private static @Nullable PodEntry find(@Nullable Chain start, String namespace, String name) {
        for (Chain chain = start; chain != null; chain = chain.next) {
            Pod pod = chain.entry.pod();
            if (pod.name().equals(name) && pod.namespace().equals(namespace)) {
                return chain.entry;
            }
        }
        return null;
    }

    private static @Nullable Chain without(@Nullable Chain start, PodEntry entry) {
        if (start == null) {
            return null;
        }
        return start.entry.pod().isSame(entry.pod()) ? start.next : new Chain(start.entry, without(start.next, entry));
    }

    /** Writes. Not thread-safe. */
    static final class Editor {
        private Paged.Editor<Chain> buckets = new Paged.Editor<>();
        private int mask = 255;
        private int count;

        @Nullable
        PodEntry get(String namespace, String name) {
            return find(buckets.get(hash(namespace, name) & mask), namespace, name);
        }

        void put(PodEntry entry) {
            int at = hash(entry.pod().namespace(), entry.pod().name()) & mask;
            Chain start = buckets.get(at);
            boolean known = find(start, entry.pod().namespace(), entry.pod().name()) != null;
            buckets.set(at, new Chain(entry, known ? without(start, entry) : start));
            if (!known && ++count > mask) {
                spread();
            }
        }

        void remove(PodEntry entry) {
            int at = hash(entry.pod().namespace(), entry.pod().name()) & mask;
            buckets.set(at, without(buckets.get(at), entry));
            count--;
        }

        private void spread() {
            Paged.Editor<Chain> wider = new Paged.Editor<>();
            int newMask = 2 * mask + 1;
            for (int i = 0; i <= mask; i++) {
                for (Chain chain = buckets.get(i); chain != null; chain = chain.next) {
                    Pod pod = chain.entry.pod();
                    int at = hash(pod.namespace(), pod.name()) & newMask;
                    wider.set(at, new Chain(chain.entry, wider.get(at)));
                }
            }
            buckets = wider;
            mask = newMask;
        }

        Pods publish() {
            return new Pods(buckets.publish(), mask, count);
        }
    }
}
