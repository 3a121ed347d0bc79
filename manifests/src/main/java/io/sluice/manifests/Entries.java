package io.sluice.manifests;

import io.sluice.manifests.Value.Entry;
import io.sluice.manifests.Value.Mapping;
import io.sluice.manifests.Value.Scalar;
import io.sluice.manifests.Value.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The entries of a mapping while it is read. A key given twice is an error: kubectl silently keeps the last one.
 * {@code <<} brings in the entries of other mappings, below those written here.
 */
final class Entries {
    /** Below this many entries a search is quicker than a map. */
    private static final int FEW = 12;

    private final List<Entry> entries = new ArrayList<>(6);
    private final List<Entry> merged = new ArrayList<>(0);
    private final Map<String, Scalar> byKey = new HashMap<>(0);

    void add(Entry entry) {
        if (entry.key().plain() && entry.key().text().equals("<<")) {
            merge(entry);
            return;
        }
        Scalar earlier = find(entry.key().text());
        if (earlier != null) {
            throw new SyntaxException(
                    "duplicate-key",
                    entry.key().place(),
                    "the key " + Quote.shortened(entry.key().text()) + " is given twice, first on line "
                            + earlier.place().line(),
                    "kubectl would silently keep the last; remove one of them");
        }
        entries.add(entry);
        if (entries.size() > FEW) {
            if (byKey.isEmpty()) {
                entries.forEach(e -> byKey.put(e.key().text(), e.key()));
            }
            byKey.put(entry.key().text(), entry.key());
        }
    }

    private @org.jspecify.annotations.Nullable Scalar find(String key) {
        if (entries.size() > FEW) {
            return byKey.get(key);
        }
        for (Entry entry : entries) {
            if (entry.key().text().equals(key)) {
                return entry.key();
            }
        }
        return null;
    }

    private void merge(Entry entry) {
        switch (entry.value()) {
            case Mapping mapping -> merged.addAll(mapping.entries());
            case Sequence(Place _, List<Value> items) -> items.forEach(item -> merge(new Entry(entry.key(), item)));
            case Scalar scalar ->
                throw new SyntaxException(
                        "bad-merge", scalar.place(), "<< needs a mapping to bring in, found " + scalar.described(), "");
        }
    }

    List<Entry> list() {
        for (Entry entry : merged) {
            if (find(entry.key().text()) == null) {
                add(entry);
            }
        }
        return entries;
    }
}
