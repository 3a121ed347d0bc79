package io.sluice.manifests;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with an apiVersion and kind: a removed version, a group that has no such kind, a misspelt kind. */
final class ApiVersions {
    /** The apiVersions that once served the kinds read here, with the Kubernetes release that removed each. */
    private static final Map<String, String> REMOVED = Map.of(
            "extensions/v1beta1", "1.16",
            "apps/v1beta1", "1.16",
            "apps/v1beta2", "1.16",
            "batch/v2alpha1", "1.21",
            "batch/v1beta1", "1.25");

    private ApiVersions() {}

    /** Says what is wrong with a kind that is not read, if anything is: it may just not concern us. */
    static void check(Cursor root, String apiVersion, String kind) {
        List<String> right = meant(kind);
        String removedIn = REMOVED.get(apiVersion);
        if (removedIn != null && !right.isEmpty()) {
            error(
                    root,
                    "apiVersion",
                    "removed-version",
                    apiVersion + " " + kind + " was removed in Kubernetes " + removedIn,
                    "write apiVersion: " + right.getFirst());
        } else if (!right.isEmpty() && isBuiltIn(apiVersion)) {
            error(
                    root,
                    "apiVersion",
                    "wrong-version",
                    "there is no " + kind + " in " + Quote.shortened(apiVersion),
                    "write apiVersion: " + String.join(" or ", right));
        } else if (right.isEmpty()) {
            Set<String> kinds = Decoders.kindsOf(apiVersion);
            Spelling.nearest(kind, kinds)
                    .ifPresent(near -> error(
                            root,
                            "kind",
                            "unknown-kind",
                            "there is no " + Quote.shortened(kind) + " in " + apiVersion,
                            "did you mean " + near + "?"));
        }
    }

    /** A document with one of kind and apiVersion, or with neither but the look of an object. */
    static void incomplete(Cursor root, String present, boolean named) {
        if (!(root.value() instanceof Value.Mapping mapping)) {
            if (named) {
                notAnObject(root);
            }
            return;
        }
        for (Value.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            for (String field : Set.of("kind", "apiVersion")) {
                if (!key.equals(field) && key.equalsIgnoreCase(field)) {
                    root.problems()
                            .error(
                                    "unknown-field",
                                    entry.key().place(),
                                    "unknown field " + key,
                                    "field names are case-sensitive: write " + field);
                    return;
                }
            }
        }
        List<String> right = meant(present);
        if (!right.isEmpty()) {
            missing(root, "apiVersion", "write apiVersion: " + right.getFirst());
        } else if (!Decoders.kindsOf(present).isEmpty() && present.indexOf('/') > 0) {
            missing(root, "kind", "in " + present + ": " + String.join(", ", Decoders.kindsOf(present)));
        } else if (looksLikePolicy(root)) {
            missing(root, "kind", "write apiVersion: networking.k8s.io/v1 and kind: NetworkPolicy");
        } else if (named) {
            notAnObject(root);
        }
    }

    /**
     * The apiVersions that whoever writes a kind most probably means: those of Kubernetes itself, and rather a project's
     * API than the resources it is kept in.
     */
    private static List<String> meant(String kind) {
        Set<String> all = Decoders.versionsOf(kind);
        List<String> builtIn = all.stream().filter(ApiVersions::isBuiltIn).toList();
        return builtIn.isEmpty()
                ? all.stream()
                        .sorted(Comparator.comparing(version -> version.startsWith("crd.")))
                        .toList()
                : builtIn;
    }

    private static boolean looksLikePolicy(Cursor root) {
        return root.child("spec")
                .filter(s -> s.child("policyTypes").isPresent()
                        || s.child("podSelector").isPresent()
                                && (s.child("ingress").isPresent()
                                        || s.child("egress").isPresent()))
                .isPresent();
    }

    private static void notAnObject(Cursor root) {
        root.problems()
                .warning(
                        "not-an-object",
                        root.place(),
                        "no Kubernetes object: apiVersion and kind are missing; it is skipped",
                        "");
    }

    private static void missing(Cursor root, String field, String hint) {
        root.problems().error("required-value", root.place(), field + ": Required value", hint);
    }

    private static void error(Cursor root, String field, String code, String message, String hint) {
        root.problems().error(code, root.child(field).orElse(root).place(), message, hint);
    }

    /** Groups of Kubernetes itself; another group may have a kind of the same name (Calico has NetworkPolicy). */
    private static boolean isBuiltIn(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        return group.indexOf('.') < 0 || group.endsWith(".k8s.io");
    }
}
