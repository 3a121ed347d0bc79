package io.sluice.analysis.lint;

import io.sluice.policy.model.SourcePosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The objects as they are written. */
public final class Texts {
    private final List<ObjectText> objects;
    private final Map<SourcePosition, ObjectText> byPosition = new HashMap<>();

    Texts(List<ObjectText> objects) {
        this.objects = List.copyOf(objects);
        objects.forEach(object -> byPosition.put(object.at(), object));
    }

    /** In the order of reading. */
    public List<ObjectText> objects() {
        return objects;
    }

    public List<ObjectText> objects(String kind) {
        return objects.stream().filter(object -> object.kind().equals(kind)).toList();
    }

    /** The object that begins at the position. */
    public ObjectText of(SourcePosition position) {
        ObjectText text = byPosition.get(position);
        return text != null ? text : new NoText(position);
    }
}
