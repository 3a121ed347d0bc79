package io.sluice.manifests;

import io.sluice.policy.model.SourcePosition;

/**
 * An object of the API as it stands in a file.
 *
 * @param namespace "default" where none is given; empty for a cluster-scoped kind
 * @param root the whole object
 * @param metadata its metadata; where they are absent, an empty mapping
 */
record KubeObject(String apiVersion, String kind, String namespace, String name, Cursor root, Cursor metadata) {
    /** The group of the apiVersion, empty for the core. */
    String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    /** Where the object begins. */
    SourcePosition position() {
        return root.position();
    }

    Problems problems() {
        return root.problems();
    }

    /** {@code Kind namespace/name}, for messages. */
    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
