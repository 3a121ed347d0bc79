package io.sluice.manifests;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Name, namespace, labels and annotations, checked as the API server checks them (ValidateObjectMeta). */
final class Metadata {
    private Metadata() {}

    /**
     * The name; where there is only a generateName, that.
     *
     * @param root the object
     * @param rules what a name of this kind must look like
     */
    static String name(Cursor root, Cursor metadata, ObjectDecoder rules) {
        Optional<Cursor> field = metadata.child("name");
        Optional<String> name = field.flatMap(Cursor::text);
        if (name.filter(n -> !n.isEmpty()).isPresent()) {
            Invalid.text(field.get(), name.get(), rules.wrongWithName(name.get()));
            return name.get();
        }
        String prefix = metadata.text("generateName").orElse("");
        boolean readable = root.child("metadata").isEmpty() || metadata.value() instanceof Value.Mapping;
        if (prefix.isEmpty() && readable && (field.isEmpty() || name.isPresent())) {
            root.problems()
                    .error(
                            "required-value",
                            metadata.keyPlace(),
                            "metadata.name: Required value: name or generateName is required",
                            "");
        }
        return prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    /** The namespace of a namespaced object. */
    static String namespace(Cursor metadata) {
        Optional<Cursor> field = metadata.child("namespace");
        Optional<String> text = field.flatMap(Cursor::text).filter(n -> !n.isEmpty());
        text.ifPresent(n -> Invalid.text(field.get(), n, NameRules.label(n)));
        return text.orElse("default");
    }

    /** Labels and annotations, for their errors. */
    static void check(Cursor metadata) {
        Labels.read(metadata, "labels");
        for (Map.Entry<String, Cursor> entry : metadata.texts("annotations").entrySet()) {
            entry.getValue().text();
            List<String> wrong = NameRules.labelKey(entry.getKey().toLowerCase(Locale.ROOT));
            for (String reason : wrong) {
                metadata.problems()
                        .error(
                                "invalid-value",
                                entry.getValue().keyPlace(),
                                "metadata.annotations: Invalid value: " + Quote.text(entry.getKey()) + ": " + reason,
                                "");
            }
        }
    }
}
