package io.sluice.manifests;

import io.sluice.manifests.Value.Entry;
import io.sluice.manifests.Value.Mapping;
import io.sluice.manifests.Value.Scalar;
import io.sluice.manifests.Value.Sequence;
import io.sluice.policy.model.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text of one object: what is written, not what it comes to mean. A path is made of keys and, for the items of
 * lists, their numbers from 0.
 */
public final class ObjectText {
    private final String file;
    private final Value root;

    ObjectText(String file, Value root) {
        this.file = file;
        this.root = root;
    }

    /** An object of which nothing but its place is known. */
    public static ObjectText unknown(SourcePosition position) {
        return new ObjectText(position.file(), new Mapping(new Place(position.line(), position.column()), List.of()));
    }

    /**
     * Reads one document, YAML or JSON, whatever it is about.
     *
     * @param problems where to put what is wrong with the text
     * @return the first document; an empty one where there is none that can be read
     */
    public static ObjectText read(String file, byte[] bytes, List<Diagnostic> problems) {
        Problems here = Problems.start().in(file);
        List<Value> documents = SourceText.decode(bytes, here)
                .map(text -> Documents.read(text, here))
                .orElse(List.of());
        problems.addAll(here.sorted());
        return documents.isEmpty() ? unknown(Place.START.in(file)) : new ObjectText(file, documents.getFirst());
    }

    /** Every document of a text that can be read; what is wrong with the others is not said. */
    public static List<ObjectText> readAll(String file, byte[] bytes) {
        Problems here = Problems.start().in(file);
        return SourceText.decode(bytes, here).map(text -> Documents.read(text, here)).orElse(List.of()).stream()
                .map(document -> new ObjectText(file, document))
                .toList();
    }

    Value root() {
        return root;
    }

    public String file() {
        return file;
    }

    /** Where the value of the path stands; of a path that is not in the text, the longest part of it that is. */
    public SourcePosition at(Object... path) {
        return place(false, path).in(file);
    }

    /** The same, for the last key of the path rather than its value. */
    public SourcePosition keyAt(Object... path) {
        return place(true, path).in(file);
    }

    private Place place(boolean ofKey, Object... path) {
        Value value = root;
        Place place = root.place();
        for (int i = 0; i < path.length; i++) {
            Entry entry = entry(value, path[i]);
            if (entry != null) {
                value = entry.value();
                boolean last = i == path.length - 1;
                place = last && ofKey || value.isNull() ? entry.key().place() : value.place();
            } else {
                Value item = item(value, path[i]);
                if (item == null) {
                    return place;
                }
                value = item;
                place = value.place();
            }
        }
        return place;
    }

    private static @Nullable Entry entry(Value value, Object step) {
        return value instanceof Mapping mapping && step instanceof String key
                ? mapping.entry(key).orElse(null)
                : null;
    }

    private static @Nullable Value item(Value value, Object step) {
        return value instanceof Sequence sequence
                        && step instanceof Integer item
                        && item < sequence.items().size()
                ? sequence.items().get(item)
                : null;
    }

    private @Nullable Value value(Object... path) {
        Value value = root;
        for (Object step : path) {
            Entry entry = entry(value, step);
            Value next = entry != null ? entry.value() : item(value, step);
            if (next == null) {
                return null;
            }
            value = next;
        }
        return value;
    }

    /** Whether something is written there, null included. */
    public boolean has(Object... path) {
        return value(path) != null;
    }

    /** Whether the key is written, and what follows is null or an empty list or mapping. */
    public boolean isHollow(Object... path) {
        Value value = value(path);
        return value != null
                && switch (value) {
                    case Mapping mapping -> mapping.entries().isEmpty();
                    case Sequence sequence -> sequence.items().isEmpty();
                    case Scalar scalar -> scalar.isNull();
                };
    }

    /** The scalar there, as written; empty for null and for what is no scalar. */
    public Optional<String> text(Object... path) {
        return value(path) instanceof Scalar scalar && !scalar.isNull() ? Optional.of(scalar.text()) : Optional.empty();
    }

    /** The scalars of the list there. */
    public List<String> texts(Object... path) {
        List<String> out = new ArrayList<>();
        if (value(path) instanceof Sequence sequence) {
            for (Value item : sequence.items()) {
                if (item instanceof Scalar scalar) {
                    out.add(scalar.text());
                }
            }
        }
        return out;
    }

    /** The length of the list there; 0 where there is none. */
    public int size(Object... path) {
        return value(path) instanceof Sequence sequence ? sequence.items().size() : 0;
    }

    /** The keys of the mapping there, in the order of the text. */
    public Set<String> keys(Object... path) {
        Set<String> out = new LinkedHashSet<>();
        if (value(path) instanceof Mapping mapping) {
            mapping.entries().forEach(entry -> out.add(entry.key().text()));
        }
        return out;
    }

    public String kind() {
        return text("kind").orElse("");
    }

    public String name() {
        return text("metadata", "name").orElse("");
    }

    /** As it is written; empty where none is. */
    public String namespace() {
        return text("metadata", "namespace").orElse("");
    }
}
