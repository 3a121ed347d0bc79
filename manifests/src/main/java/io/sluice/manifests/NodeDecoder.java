package io.sluice.manifests;

import io.sluice.policy.model.Node;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Nodes: labels and addresses. */
final class NodeDecoder implements ObjectDecoder {
    @Override
    public Set<String> kinds() {
        return Set.of("v1 Node");
    }

    @Override
    public boolean namespaced() {
        return false;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Cursor status = object.root().mapping("status").orElse(object.root().missing("status"));
        List<Ip> ips = new ArrayList<>();
        for (Cursor item : status.list("addresses")) {
            String type = item.text("type").orElse("");
            if (type.equals("InternalIP") || type.equals("ExternalIP")) {
                item.child("address")
                        .flatMap(PodReader::ip)
                        .filter(ip -> !ips.contains(ip))
                        .ifPresent(ips::add);
            }
        }
        cluster.add(new Node(object.name(), Labels.read(object.metadata(), "labels"), ips));
    }
}
