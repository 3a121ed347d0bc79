package io.sluice.manifests;

import org.jspecify.annotations.Nullable;

/** The path of a field as the API server writes it: {@code spec.ingress[0].ports[1].endPort}. */
final class FieldPath {
    static final FieldPath ROOT = new FieldPath(null, "", -1);

    private final @Nullable FieldPath parent;
    private final String name;
    private final int index;

    private FieldPath(@Nullable FieldPath parent, String name, int index) {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    FieldPath child(String childName) {
        return new FieldPath(this, childName, -1);
    }

    FieldPath item(int itemIndex) {
        return new FieldPath(this, "", itemIndex);
    }

    /** The last name on the path, without the index of a list item. */
    String lastName() {
        return index >= 0 && parent != null ? parent.lastName() : name;
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        if (parent == null) {
            return;
        }
        parent.write(out);
        if (index >= 0) {
            out.append('[').append(index).append(']');
        } else {
            out.append(out.isEmpty() ? "" : ".").append(name);
        }
    }
}
