package io.sluice.policy.table;

import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * The pods of some namespaces, and the selectors that are asked of them. A selector that demands one of some values of a
 * label is filed under those, so that a pod meets only the selectors that its labels may match.
 */
final class Scope {
    /** What selectors are for. */
    enum Use {
        PEER,
        SUBJECT
    }

    final NamespaceMatch namespaces;

    /** The pods of the namespaces that match. */
    final RoaringBitmap members = new RoaringBitmap();

    private final Map<Use, File> files = Map.of(Use.PEER, new File(), Use.SUBJECT, new File());
    private int filed;

    private record Label(String key, String value) {}

    private record Filed(int number, Selector selector, Optional<Selector.In> under) {}

    /** The selectors of one use. */
    private static final class File {
        final Map<Label, List<Filed>> byLabel = new HashMap<>();
        final List<Filed> others = new ArrayList<>();
        final Map<Integer, Filed> all = new HashMap<>();
    }

    Scope(NamespaceMatch namespaces) {
        this.namespaces = namespaces;
    }

    private File file(Use use) {
        File file = files.get(use);
        if (file == null) {
            throw new IllegalStateException("no file for " + use);
        }
        return file;
    }

    void file(Use use, int number, Selector selector, LabelIndex labels) {
        File file = file(use);
        Filed entry = new Filed(number, selector, mostSelective(selector, labels));
        file.all.put(number, entry);
        if (entry.under.isPresent()) {
            Selector.In in = entry.under.get();
            for (String value : in.values()) {
                file.byLabel
                        .computeIfAbsent(new Label(in.key(), value), _ -> new ArrayList<>())
                        .add(entry);
            }
        } else {
            file.others.add(entry);
        }
        filed++;
    }

    void remove(Use use, int number) {
        File file = file(use);
        Filed entry = file.all.remove(number);
        if (entry == null) {
            return;
        }
        if (entry.under.isPresent()) {
            Selector.In in = entry.under.get();
            for (String value : in.values()) {
                file.byLabel.computeIfPresent(new Label(in.key(), value), (_, list) -> {
                    list.remove(entry);
                    return list.isEmpty() ? null : list;
                });
            }
        } else {
            file.others.remove(entry);
        }
        filed--;
    }

    /** Whether nobody asks any more. */
    boolean isIdle() {
        return filed == 0;
    }

    /** The demand on one label that the fewest pods meet. */
    private static Optional<Selector.In> mostSelective(Selector selector, LabelIndex labels) {
        return switch (selector) {
            case Selector.In in -> Optional.of(in);
            case Selector.All(List<Selector> parts) ->
                parts.stream()
                        .filter(Selector.In.class::isInstance)
                        .map(Selector.In.class::cast)
                        .min(Comparator.comparingInt(labels::holders));
            case Selector.Any _, Selector.Not _, Selector.Has _, Selector.Text _ -> Optional.empty();
        };
    }

    /** Adds the numbers of the selectors that match a pod of the scope. */
    void match(Use use, Map<String, String> labels, IntBag found) {
        File file = file(use);
        match(file.others, labels, found);
        if (!file.byLabel.isEmpty()) {
            for (Map.Entry<String, String> label : labels.entrySet()) {
                List<Filed> under = file.byLabel.get(new Label(label.getKey(), label.getValue()));
                if (under != null) {
                    match(under, labels, found);
                }
            }
        }
    }

    private static void match(List<Filed> candidates, Map<String, String> labels, IntBag found) {
        for (Filed candidate : candidates) {
            if (candidate.selector.matches(labels)) {
                found.add(candidate.number);
            }
        }
    }
}
