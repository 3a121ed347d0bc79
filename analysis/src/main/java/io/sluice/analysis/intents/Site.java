package io.sluice.analysis.intents;

import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import java.util.Optional;

/**
 * Parties of one name that no policy can tell apart, told by one of them.
 *
 * @param name of the workload, or the address
 * @param another of them; the same one where there is no other
 * @param set of policies that it is subject to
 * @param family 4 or 6; 0 for a pod without addresses
 * @param count how many parties it stands for
 */
record Site(String name, Party party, Party another, int set, int identity, int family, int count) {
    boolean canMeet(Site other) {
        return family == other.family || family == 0 || other.family == 0;
    }

    /** Whether it is one pod, and the other is the same. */
    boolean isSamePod(Site other) {
        return count == 1
                && pod().isPresent()
                && other.pod().filter(pod -> pod.isSame(pod().get())).isPresent();
    }

    Optional<Pod> pod() {
        return party instanceof Party.OfPod of ? Optional.of(of.pod()) : Optional.empty();
    }
}
