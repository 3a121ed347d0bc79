package io.sluice.policy.table;

import io.sluice.policy.model.Selector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/**
 * Labelled things by label, so that a selector is a few operations on bitmaps instead of a walk over everything.
 * Indexed are only the keys and values that some selector mentions.
 */
final class LabelIndex {
    private static final RoaringBitmap NONE = new RoaringBitmap();

    private final Map<String, Key> keys = new HashMap<>();
    private final RoaringBitmap everything = new RoaringBitmap();

    private record Key(RoaringBitmap present, Map<String, RoaringBitmap> byValue) {}

    /** The keys of which every value is kept, since a selector asks for a part of it. */
    private final Set<String> whole = new HashSet<>();

    /** @param labels of thing 0, thing 1, ...; a thing is named by its place */
    LabelIndex(List<Map<String, String>> labels, Iterable<Selector> mentioned) {
        mentioned.forEach(this::mention);
        everything.add(0L, labels.size());
        for (int i = 0; i < labels.size(); i++) {
            for (Map.Entry<String, String> label : labels.get(i).entrySet()) {
                Key key = keys.get(label.getKey());
                if (key != null) {
                    key.present.add(i);
                    RoaringBitmap holders = whole.contains(label.getKey())
                            ? key.byValue.computeIfAbsent(label.getValue(), _ -> new RoaringBitmap())
                            : key.byValue.get(label.getValue());
                    if (holders != null) {
                        holders.add(i);
                    }
                }
            }
        }
    }

    private void mention(Selector selector) {
        switch (selector) {
            case Selector.All(List<Selector> parts) -> parts.forEach(this::mention);
            case Selector.Any(List<Selector> parts) -> parts.forEach(this::mention);
            case Selector.Not(Selector part) -> mention(part);
            case Selector.Has(String key) -> key(key);
            case Selector.In(String key, Set<String> values) ->
                values.forEach(value -> key(key).byValue.computeIfAbsent(value, _ -> new RoaringBitmap()));
            case Selector.Text(String key, var _, var _) -> {
                key(key);
                whole.add(key);
            }
        }
    }

    private Key key(String name) {
        return keys.computeIfAbsent(name, _ -> new Key(new RoaringBitmap(), new HashMap<>()));
    }

    RoaringBitmap everything() {
        return everything;
    }

    /** What in the scope matches. The result may be the scope itself: neither may be changed afterwards. */
    RoaringBitmap select(Selector selector, RoaringBitmap scope) {
        return switch (selector) {
            case Selector.All(List<Selector> parts) -> {
                RoaringBitmap left = scope;
                for (Selector part : parts) {
                    left = select(part, left);
                }
                yield left;
            }
            case Selector.Any(List<Selector> parts) -> {
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
                Key key = keys.get(name);
                if (key == null) {
                    yield NONE;
                }
                RoaringBitmap found = new RoaringBitmap();
                for (String value : values) {
                    RoaringBitmap holders = key.byValue.get(value);
                    if (holders != null) {
                        found.or(RoaringBitmap.and(scope, holders));
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
