package io.sluice.manifests;

import java.util.Map;

/** The labels of a Service, which policies of some dialects select it by. */
record ServiceLabels(String namespace, String name, Map<String, String> labels) {
    ServiceLabels {
        labels = Map.copyOf(labels);
    }
}
