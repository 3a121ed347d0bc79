package io.sluice.analysis.convert;

import io.sluice.analysis.reason.RuleWords;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes policies of the model as documents of one dialect. */
interface Writer {
    /** @throws Unsayable if the dialect has no words for it */
    List<Document> write(Policy policy, ObjectText text);

    static Writer of(Target target, Snapshot snapshot) {
        return switch (target) {
            case CLUSTER_NETWORK_POLICY -> new ClusterNetworkPolicyWriter(snapshot);
            case NETWORK_POLICY -> new NetworkPolicyWriter();
            case CILIUM -> new CiliumWriter();
            case CALICO -> new CalicoWriter();
        };
    }

    static String words(Peer peer) {
        return RuleWords.peer(peer);
    }

    /** A block with its exceptions, under the names that NetworkPolicy and Cilium share. */
    static Map<String, Object> cidr(Namespaced.Block block, String except) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("cidr", block.cidr().toString());
        if (!block.except().isEmpty()) {
            out.put(except, block.except().stream().map(Cidr::toString).toList());
        }
        return out;
    }
}
