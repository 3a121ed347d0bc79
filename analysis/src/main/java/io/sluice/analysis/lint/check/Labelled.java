package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.LabelStandards.LabelStandard;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Labels of an object as they are written. Those of pods stand in Pod objects and in the templates of workloads, where
 * policies find them.
 *
 * @param what for a sentence: {@code Namespace shop}, {@code pods of Deployment web}
 * @param path of the mapping of labels
 */
record Labelled(ObjectText object, String what, List<Object> path) {
    private static final List<List<Object>> TEMPLATES =
            List.of(List.of("spec", "template"), List.of("spec", "jobTemplate", "spec", "template"));

    /** Every standard with each of the labelled things that it speaks of. */
    static void each(Cluster cluster, BiConsumer<LabelStandard, Labelled> visitor) {
        for (LabelStandard standard : cluster.standards().standards()) {
            for (ObjectText object : cluster.texts().objects()) {
                if (standard.kinds().contains(object.kind())) {
                    visitor.accept(
                            standard,
                            new Labelled(object, object.kind() + " " + object.name(), List.of("metadata", "labels")));
                }
                if (standard.kinds().contains("Pod")) {
                    templates(object).forEach(labelled -> visitor.accept(standard, labelled));
                }
            }
        }
    }

    private static List<Labelled> templates(ObjectText object) {
        List<Labelled> out = new ArrayList<>();
        for (List<Object> template : TEMPLATES) {
            if (object.has(template.toArray())) {
                List<Object> path = new ArrayList<>(template);
                path.addAll(List.of("metadata", "labels"));
                out.add(new Labelled(object, "pods of " + object.kind() + " " + object.name(), path));
            }
        }
        return out;
    }

    Map<String, String> labels() {
        Map<String, String> out = new LinkedHashMap<>();
        for (String key : object.keys(path.toArray())) {
            out.put(key, object.text(under(key)).orElse(""));
        }
        return out;
    }

    /** Where a label stands; for one that is not there, where it would. */
    SourcePosition at(String key) {
        return object.keyAt(under(key));
    }

    private Object[] under(String key) {
        List<Object> full = new ArrayList<>(path);
        full.add(key);
        return full.toArray();
    }
}
