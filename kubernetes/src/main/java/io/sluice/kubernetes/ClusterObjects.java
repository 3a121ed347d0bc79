package io.sluice.kubernetes;

import java.util.List;

/**
 * What a cluster holds.
 *
 * @param listings owners before what they own: Deployments, ReplicaSets, Pods
 * @param warnings what is left out, a sentence each
 */
public record ClusterObjects(List<Listing> listings, List<String> warnings) {
    public ClusterObjects {
        listings = List.copyOf(listings);
        warnings = warnings.stream().sorted().toList();
    }
}
