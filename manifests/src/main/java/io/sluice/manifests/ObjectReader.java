package io.sluice.manifests;

import io.sluice.manifests.Value.Mapping;
import java.util.Optional;

/** Documents to objects: flattens lists, reads what all objects have, and hands each to its decoder. */
final class ObjectReader {
    private final ClusterBuilder cluster;

    ObjectReader(ClusterBuilder cluster) {
        this.cluster = cluster;
    }

    /** @param named whether the user named the file: then a document that is no object of the API is worth a warning */
    void read(Value document, boolean named, Problems problems) {
        read(Cursor.root(document, problems), named);
    }

    private void read(Cursor root, boolean named) {
        Optional<String> apiVersion = header(root, "apiVersion");
        Optional<String> kind = header(root, "kind");
        if (!(root.value() instanceof Mapping) || apiVersion.isEmpty() || kind.isEmpty()) {
            notAnObject(root, apiVersion.isPresent() || kind.isPresent(), named);
            return;
        }
        if (kind.get().endsWith("List") && root.child("items").isPresent()) {
            for (Cursor item : root.list("items")) {
                // Items of typed lists (PodList) may leave out what the list says already.
                read(new Cursor(item.value(), FieldPath.ROOT, item.keyPlace(), item.problems()), true);
            }
            return;
        }
        object(root, apiVersion.get(), kind.get());
    }

    private static Optional<String> header(Cursor root, String field) {
        return root.child(field)
                .filter(c -> c.value() instanceof Value.Scalar)
                .map(c -> ((Value.Scalar) c.value()).text())
                .filter(t -> !t.isEmpty());
    }

    private static void notAnObject(Cursor root, boolean half, boolean named) {
        if (named) {
            root.problems().warning("not-an-object", root.place(), "no Kubernetes object: apiVersion or kind is missing", "");
        }
    }

    private void object(Cursor root, String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        Optional<ObjectDecoder> decoder = Decoders.of(group, kind);
        if (decoder.isEmpty()) {
            cluster.ignore(apiVersion + " " + kind);
            return;
        }
        Cursor metadata = root.mapping("metadata").orElse(root.missing("metadata"));
        String name = metadata.text("name").orElse("");
        String namespace = decoder.get().namespaced()
                ? metadata.text("namespace").filter(n -> !n.isEmpty()).orElse("default")
                : "";
        KubeObject object = new KubeObject(apiVersion, kind, namespace, name, root, metadata);
        if (cluster.isNew(object)) {
            decoder.get().decode(object, cluster);
        }
    }

}
