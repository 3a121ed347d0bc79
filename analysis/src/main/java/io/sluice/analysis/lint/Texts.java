package io.sluice.analysis.lint;

import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The objects as they are written. */
public final class Texts {
    private final List<ObjectText> objects;
    private final Map<SourcePosition, ObjectText> byPosition = new HashMap<>();
    private final Map<String, List<ObjectText>> byKind = new HashMap<>();

    Texts(List<ObjectText> objects) {
        this.objects = List.copyOf(objects);
        for (ObjectText object : objects) {
            byPosition.put(object.at(), object);
            byKind.computeIfAbsent(object.kind(), _ -> new ArrayList<>()).add(object);
        }
    }

    /** In the order of reading. */
    public List<ObjectText> objects() {
        return objects;
    }

    public List<ObjectText> objects(String kind) {
        return byKind.getOrDefault(kind, List.of());
    }

    /** The object that begins at the position. */
    public ObjectText of(SourcePosition position) {
        ObjectText text = byPosition.get(position);
        return text != null ? text : ObjectText.unknown(position);
    }
}
