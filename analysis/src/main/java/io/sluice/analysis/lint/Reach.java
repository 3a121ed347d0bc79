package io.sluice.analysis.lint;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Ip;
import io.sluice.policy.table.PolicySet;
import io.sluice.policy.table.PortTable;
import io.sluice.policy.table.Relation;
import io.sluice.policy.table.VerdictTable;
import java.util.List;

/** What the engine says of pods that have a network of their own. */
public final class Reach {
    private final VerdictTable table;

    Reach(Snapshot snapshot) {
        table = VerdictTable.of(snapshot);
    }

    /** The number of the policies that a pod is subject to; equal numbers, equal verdicts. */
    public int policySet(Pod pod) {
        return table.policySetOf(pod);
    }

    /** The policies that select a pod, in the order of evaluation. */
    public List<Policy> policies(Pod pod) {
        return table.policySets().get(table.policySetOf(pod)).policies();
    }

    /** Whether some policy isolates the pod, so that what no rule allows is denied. */
    public boolean isolates(Pod pod, Direction direction) {
        for (Policy policy : policies(pod)) {
            if (policy.section(direction).filter(s -> s.isolates()).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** What the subject's policies say of traffic from or to another pod. */
    public PortTable between(Pod subject, Direction direction, Pod peer) {
        return row(
                subject,
                direction,
                new Party.OfPod(peer, peer.ips().isEmpty() ? null : peer.ips().getFirst()));
    }

    /** What the subject's policies say of traffic from or to an address that no pod and no node holds. */
    public PortTable between(Pod subject, Direction direction, Ip address) {
        return row(subject, direction, new Party.OfNetwork(address));
    }

    /** Whether the pod's policies admit a connection from somebody who is not itself and not its own node. */
    public boolean admits(Pod subject, Party source, int key) {
        return row(subject, Direction.INGRESS, source).at(key).verdict() == Verdict.ALLOW;
    }

    private PortTable row(Pod subject, Direction direction, Party peer) {
        PolicySet set = table.policySets().get(table.policySetOf(subject));
        return set.side(direction).rows(Relation.OTHER).of(table.identityOf(peer));
    }
}
