package io.sluice.policy.table;

import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who stands in a relation of its own to a pod: the pod itself, and the node that it runs on by any of its addresses. */
final class OwnPeers {
    private final AddressBook book;
    private final Map<String, List<Party>> nodes = new HashMap<>();

    OwnPeers(Snapshot snapshot) {
        book = AddressBook.of(snapshot);
        for (Node node : snapshot.nodes()) {
            List<Party> parties = nodes.computeIfAbsent(node.name(), _ -> new ArrayList<>());
            if (node.ips().isEmpty()) {
                parties.add(new Party.OfNode(node, null));
            }
            node.ips().forEach(ip -> parties.add(new Party.OfNode(node, ip)));
        }
        for (Pod pod : snapshot.pods()) {
            if (pod.hostNetwork() && !pod.node().isEmpty()) {
                nodes.computeIfAbsent(pod.node(), _ -> new ArrayList<>()).addAll(parties(pod));
            }
        }
    }

    /** @param pod one with a network of its own */
    List<Party> of(Pod pod, Relation relation) {
        return switch (relation) {
            case OTHER -> List.of();
            case SELF -> parties(pod);
            case OWN_NODE -> nodes.getOrDefault(pod.node(), List.of());
        };
    }

    private List<Party> parties(Pod pod) {
        return pod.ips().isEmpty()
                ? List.of(book.partyOf(pod))
                : pod.ips().stream().map(ip -> book.partyOf(pod, ip)).toList();
    }
}
