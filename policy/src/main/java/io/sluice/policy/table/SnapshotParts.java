package io.sluice.policy.table;

import io.sluice.policy.model.Entrance;
import io.sluice.policy.model.Mesh;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A snapshot that is put together only when somebody asks for it. Immutable. */
record SnapshotParts(
        Map<String, Namespace> namespaces,
        Pods pods,
        List<Node> nodes,
        List<Service> services,
        Paged<PolicyEntry> policies,
        int policyPlaces,
        List<Entrance> entrances,
        Map<Ip, Set<String>> names,
        Mesh mesh) {
    Snapshot snapshot() {
        List<Policy> inOrder = new ArrayList<>();
        for (int i = 0; i < policyPlaces; i++) {
            PolicyEntry entry = policies.get(i);
            if (entry != null) {
                inOrder.add(entry.policy());
            }
        }
        return new Snapshot(namespaces, pods.inOrder(), nodes, services, inOrder, entrances, names, mesh);
    }
}
