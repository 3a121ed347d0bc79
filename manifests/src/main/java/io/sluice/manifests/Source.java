package io.sluice.manifests;

import io.sluice.manifests.Value.Mapping;
import io.sluice.manifests.Value.Sequence;
import io.sluice.policy.model.SourcePosition;

/** The text of an object, to find the place of any part of it. */
public final class Source {
    private final String file;
    private final Value root;

    Source(String file, Value root) {
        this.file = file;
        this.root = root;
    }

    /** Where the object begins. */
    public SourcePosition position() {
        return root.place().in(file);
    }

    /**
     * The place of a field, that is of its key or its list item.
     *
     * @param path as the API server writes it, {@code spec.ingress[0].from[1].podSelector}; of a path that is not in
     *     the text, the place of the longest part that is
     */
    public SourcePosition at(String path) {
        Value value = root;
        Place place = root.place();
        for (String step : path.split("[.\\[]")) {
            if (step.endsWith("]")) {
                int index = Integer.parseInt(step.substring(0, step.length() - 1));
                if (!(value instanceof Sequence sequence)
                        || index >= sequence.items().size()) {
                    break;
                }
                value = sequence.items().get(index);
                place = value.place();
            } else {
                Value.Entry entry =
                        value instanceof Mapping mapping ? mapping.entry(step).orElse(null) : null;
                if (entry == null) {
                    break;
                }
                value = entry.value();
                place = entry.key().place();
            }
        }
        return place.in(file);
    }
}
