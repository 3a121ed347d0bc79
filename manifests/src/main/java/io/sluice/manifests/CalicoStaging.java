package io.sluice.manifests;

import java.util.List;
import java.util.Optional;

/** Staged policies: Calico reports what they would do, and enforces none of it. */
final class CalicoStaging {
    private static final List<String> ACTIONS = List.of("Set", "Delete", "Learn", "Ignore");

    private CalicoStaging() {}

    /**
     * Reads {@code stagedAction}. "Spec fields, except Tier, should all be zero-value if stagedAction is Delete."
     *
     * @return whether the policy only says that another is to be deleted
     */
    static boolean isDeletion(Cursor spec) {
        Optional<String> action = spec.child("stagedAction").flatMap(f -> CrdRules.oneOf(f, ACTIONS));
        if (action.filter("Delete"::equals).isEmpty()) {
            return false;
        }
        if (spec.value() instanceof Value.Mapping mapping) {
            for (Value.Entry entry : mapping.entries()) {
                String name = entry.key().text();
                if (!name.equals("stagedAction") && !name.equals("tier")) {
                    spec.child(name)
                            .filter(CalicoEntityReader::saysSomething)
                            .ifPresent(f -> Invalid.forbidden(
                                    f, "must be empty, as all fields but tier, if stagedAction is Delete", ""));
                }
            }
        }
        return true;
    }

    static void report(KubeObject object) {
        object.problems()
                .warning(
                        "calico-staged",
                        object.root().place(),
                        object + " is staged: it is checked, and not enforced",
                        "");
    }
}
