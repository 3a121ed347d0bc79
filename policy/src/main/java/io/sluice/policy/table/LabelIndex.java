package io.sluice.policy.table;

import io.sluice.policy.model.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Labelled things by label, so that a selector is a few operations on bitmaps instead of a walk over everything.
 * Indexed are only the keys that some selector mentions. Not thread-safe.
 */
final class LabelIndex {
    private static final RoaringBitmap NONE = new RoaringBitmap();

    private final Map<String, Key> keys = new HashMap<>();

    private record Key(RoaringBitmap present, Map<String, RoaringBitmap> byValue) {
        void add(int thing, String value) {
            present.add(thing);
            byValue.computeIfAbsent(value, _ -> new RoaringBitmap()).add(thing);
        }
    }

    /** The things that were there before one of their keys was mentioned. */
    @FunctionalInterface
    interface Things {
        void forEach(Taker taker);

        /** Takes one with its labels. */
        @FunctionalInterface
        interface Taker {
            void take(int thing, Map<String, String> labels);
        }
    }

    void add(int thing, Map<String, String> labels) {
        labels.forEach((key, value) -> {
            Key known = keys.get(key);
            if (known != null) {
                known.add(thing, value);
            }
        });
    }

    /** @param labels that it was added with */
    void remove(int thing, Map<String, String> labels) {
        labels.forEach((key, value) -> {
            Key known = keys.get(key);
            RoaringBitmap holders = known == null ? null : known.byValue.get(value);
            if (known != null && holders != null) {
                known.present.remove(thing);
                holders.remove(thing);
                if (holders.isEmpty()) {
                    known.byValue.remove(value);
                }
            }
        });
    }

    /** Makes a selector's keys known. */
    void mention(Selector selector, Things there) {
        switch (selector) {
            case Selector.All(var parts) -> parts.forEach(part -> mention(part, there));
            case Selector.Any(var parts) -> parts.forEach(part -> mention(part, there));
            case Selector.Not(Selector part) -> mention(part, there);
            case Selector.Has(String key) -> mention(key, there);
            case Selector.In(String key, var _) -> mention(key, there);
            case Selector.Text(String key, var _, var _) -> mention(key, there);
        }
    }

    private void mention(String name, Things there) {
        if (!keys.containsKey(name)) {
            Key key = new Key(new RoaringBitmap(), new HashMap<>());
            keys.put(name, key);
            there.forEach((thing, labels) -> {
                String value = labels.get(name);
                if (value != null) {
                    key.add(thing, value);
                }
            });
        }
    }

    /** How many have one of the values. */
    int holders(Selector.In in) {
        int count = 0;
        for (String value : in.values()) {
            RoaringBitmap holders = holders(in.key(), value);
            count += holders == null ? 0 : holders.getCardinality();
        }
        return count;
    }

    private @Nullable RoaringBitmap holders(String name, String value) {
        Key key = keys.get(name);
        return key == null ? null : key.byValue.get(value);
    }

    /** What in the scope matches. The result may be the scope itself: neither may be changed afterwards. */
    RoaringBitmap select(Selector selector, RoaringBitmap scope) {
        return switch (selector) {
            case Selector.All(var parts) -> {
                RoaringBitmap left = scope;
                for (Selector part : parts) {
                    left = select(part, left);
                }
                yield left;
            }
            case Selector.Any(var parts) -> {
                RoaringBitmap found = new RoaringBitmap();
                parts.forEach(part -> found.or(select(part, scope)));
                yield found;
            }
            case Selector.Not(Selector part) -> RoaringBitmap.andNot(scope, select(part, scope));
            case Selector.Has(String name) -> {
                Key key = keys.get(name);
                yield key == null ? NONE : RoaringBitmap.and(scope, key.present);
            }
            case Selector.In(String name, Set<String> values) -> {
                RoaringBitmap found = NONE;
                for (String value : values) {
                    RoaringBitmap holders = holders(name, value);
                    if (holders != null) {
                        RoaringBitmap some = RoaringBitmap.and(scope, holders);
                        found = found.isEmpty() ? some : RoaringBitmap.or(found, some);
                    }
                }
                yield found;
            }
            case Selector.Text text -> {
                RoaringBitmap found = new RoaringBitmap();
                Key key = keys.get(text.key());
                if (key != null) {
                    key.byValue.forEach((value, holders) -> {
                        if (text.accepts(value)) {
                            found.or(RoaringBitmap.and(scope, holders));
                        }
                    });
                }
                yield found;
            }
        };
    }
}
