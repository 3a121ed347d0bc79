package io.sluice.policy.table;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * An immutable array that shares most of itself with the one before: a spine of pages. An {@link Editor} makes the next
 * one by copying the spine and the pages that it writes to, so a change costs a few kilobytes however long the array is.
 */
final class Paged<T> {
    private static final int BITS = 8;
    private static final int PAGE = 1 << BITS;
    private static final int IN_PAGE = PAGE - 1;

    private final @Nullable Object[] @Nullable [] spine;

    private Paged(@Nullable Object[] @Nullable [] spine) {
        this.spine = spine;
    }

    /** What is there; null where nothing was ever put. */
    @Nullable
    T get(int index) {
        return get(spine, index);
    }

    @SuppressWarnings("unchecked") // only an Editor<T> writes to pages
    private static <T> @Nullable T get(@Nullable Object[] @Nullable [] spine, int index) {
        int page = index >>> BITS;
        if (page >= spine.length) {
            return null;
        }
        @Nullable Object @Nullable [] there = spine[page];
        return there == null ? null : (T) there[index & IN_PAGE];
    }

    /** Writes; what it has published stays as it is. Not thread-safe. */
    static final class Editor<T> {
        private @Nullable Object[] @Nullable [] spine = new @Nullable Object[4][];
        private final BitSet own = new BitSet();
        private @Nullable Paged<T> published;

        @Nullable
        T get(int index) {
            return Paged.get(spine, index);
        }

        void set(int index, @Nullable T value) {
            if (published != null) {
                spine = spine.clone();
                own.clear();
                published = null;
            }
            int page = index >>> BITS;
            if (page >= spine.length) {
                spine = java.util.Arrays.copyOf(spine, Math.max(page + 1, spine.length * 2));
            }
            @Nullable Object @Nullable [] there = spine[page];
            if (there == null || !own.get(page)) {
                there = there == null ? new @Nullable Object[PAGE] : there.clone();
                spine[page] = there;
                own.set(page);
            }
            there[index & IN_PAGE] = value;
        }

        /** All that was set so far, for good. */
        Paged<T> publish() {
            Paged<T> now = published;
            if (now == null) {
                now = new Paged<>(spine);
                published = now;
            }
            return now;
        }
    }
}
