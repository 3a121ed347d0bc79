package io.sluice.manifests;

import io.sluice.manifests.Value.Mapping;
import io.sluice.manifests.Value.Scalar;
import java.util.Optional;

/** Documents to objects: flattens lists, reads what all objects have, and hands each to its decoder. */
final class ObjectReader {
    private final ClusterBuilder cluster;

    ObjectReader(ClusterBuilder cluster) {
        this.cluster = cluster;
    }

    /** @param named whether the user named the file: then a document that is no object of the API is worth a warning */
    void read(Value document, boolean named, Problems problems) {
        read(Cursor.root(document, problems), "", "", named);
    }

    /** An item of the list of one kind that an API server answers with. */
    void listed(Value item, String apiVersion, String kind, Problems problems) {
        read(Cursor.root(item, problems), apiVersion, kind, true);
    }

    /**
     * @param apiVersion where the object does not say it
     * @param kind where the object does not say it
     */
    private void read(Cursor root, String apiVersion, String kind, boolean named) {
        String version = header(root, "apiVersion").orElse(apiVersion);
        String type = header(root, "kind").orElse(kind);
        if (!(root.value() instanceof Mapping) || version.isEmpty() || type.isEmpty()) {
            ApiVersions.incomplete(root, version + type, named);
            return;
        }
        if (!type.endsWith("List") || root.child("items").isEmpty()) {
            object(root, version, type);
            return;
        }
        // The items of a typed list (PodList) may leave out what the list says already.
        boolean typed = !type.equals("List");
        String itemKind = typed ? type.substring(0, type.length() - "List".length()) : "";
        for (Cursor item : root.list("items")) {
            Cursor object = new Cursor(item.value(), FieldPath.ROOT, item.keyPlace(), item.problems());
            read(object, typed ? version : "", itemKind, true);
        }
    }

    private static Optional<String> header(Cursor root, String field) {
        return root.child(field).flatMap(c -> c.value() instanceof Scalar s ? Optional.of(s.text()) : Optional.empty());
    }

    private void object(Cursor root, String apiVersion, String kind) {
        Optional<ObjectDecoder> found = Decoders.of(apiVersion, kind);
        if (found.isEmpty()) {
            ApiVersions.check(root, apiVersion, kind);
            cluster.ignore(apiVersion + " " + kind);
            return;
        }
        ObjectDecoder decoder = found.get();
        if (!StrictFields.check(root, decoder.shape())) {
            return;
        }
        Cursor metadata = root.mapping("metadata").orElse(root.missing("metadata"));
        String name = Metadata.name(root, metadata, decoder);
        String namespace = decoder.namespaced() ? Metadata.namespace(metadata) : "";
        KubeObject object = new KubeObject(apiVersion, kind, namespace, name, root, metadata);
        boolean generated = metadata.child("name").isEmpty();
        if (generated || cluster.isNew(object, decoder)) {
            decoder.decode(object, cluster);
        }
    }
}
