package io.sluice.policy.model;

import java.util.Map;

/**
 * The account that a pod runs under.
 *
 * @param labels of the ServiceAccount object; empty where it is not known
 */
public record ServiceAccount(String name, Map<String, String> labels) {
    /** What a pod has that names none (ServiceAccount admission controller). */
    public static final ServiceAccount DEFAULT = new ServiceAccount("default", Map.of());

    public ServiceAccount {
        labels = Map.copyOf(labels);
    }
}
