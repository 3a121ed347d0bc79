package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import java.util.BitSet;
import java.util.List;

/** The pods whose ports the ports of a rule are: the subject's for ingress, the peers' for egress. */
final class Destinations {
    private Destinations() {}

    /** Empty where not all of them are known: then nothing can be said of their ports. */
    static List<PodGroup> of(Cluster cluster, Policy policy, Direction direction, Rule rule) {
        if (direction == Direction.INGRESS) {
            return cluster.pods()
                    .of(cluster.pods()
                            .select(policy.subject().namespaces(), policy.subject().pods()));
        }
        BitSet found = new BitSet();
        for (Peer peer : rule.peers()) {
            if (!(peer instanceof Peer.Pods(var namespaces, var pods)) || Selections.isOpenEnded(namespaces)) {
                return List.of();
            }
            BitSet here = cluster.pods().select(namespaces, pods);
            if (here.isEmpty()) {
                return List.of();
            }
            found.or(here);
        }
        return cluster.pods().of(found);
    }
}
