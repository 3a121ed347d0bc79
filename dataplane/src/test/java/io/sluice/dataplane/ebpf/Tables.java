package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.PolicySet;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Subject;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.PortTable;
import java.util.List;
import java.util.Map;

/** Hand-written tables and their parts. */
final class Tables {
    static final Cause FREE = new Cause.NoPolicy();
    static final PortTable ALLOW = PortTable.of(FREE);

    private Tables() {}

    static Cause isolated(String policy) {
        return new Cause.Isolated("NetworkPolicy", List.of(policyId(policy)));
    }

    static PolicyId policyId(String name) {
        return new PolicyId("NetworkPolicy", "test", name);
    }

    /** Only these ports of TCP are allowed, else isolated by the named policy. */
    static PortTable onlyTcp(String policy, int first, int last) {
        Cause deny = isolated(policy);
        return new PortTable(List.of(
                new PortTable.Entry(0, deny),
                new PortTable.Entry(TrafficRange.key(Protocol.TCP, first), FREE),
                new PortTable.Entry(TrafficRange.key(Protocol.TCP, last) + 1, deny)));
    }

    static Rows everyone(PortTable table) {
        return new Rows(table, Map.of());
    }

    static PolicySet ingress(int id, Rows rows) {
        return new PolicySet(id, rows, everyone(ALLOW));
    }

    static PolicySet egress(int id, Rows rows) {
        return new PolicySet(id, everyone(ALLOW), rows);
    }

    static NodeTable.AddressEntry address(String ip, int identity, int policySet) {
        return new NodeTable.AddressEntry(Ip.parse(ip), identity, policySet);
    }

    static NodeTable.NetworkEntry network(String prefix, int identity) {
        return new NodeTable.NetworkEntry(Cidr.parse(prefix), identity);
    }

    static NodeTable table(List<NodeTable.AddressEntry> addresses, PolicySet... sets) {
        return new NodeTable(addresses, List.of(), List.of(sets), List.of(), 900, NodeTable.Mode.DEFAULT);
    }

    /** A rule by its place; the policy is empty, only its name counts. */
    static RuleRef rule(String policy, int index) {
        Policy of = Policy.network(
                policyId(policy), SourcePosition.NONE, new Subject(NamespaceMatch.EVERY, Selector.ALL), List.of());
        return new RuleRef(of, Direction.INGRESS, index);
    }
}
