package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.net.Ip;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A block of addresses in which pods live. Only where the addresses of pods are known. */
final class CidrCoversPods implements Check {
    private static final About ABOUT = new About(
            "cidr-covers-pods",
            Severity.INFO,
            "An ipBlock holds the addresses of pods.",
            "ipBlock is meant for addresses outside the cluster. Pod addresses come and go, and network plugins differ:"
                    + " most match pods by address, Cilium does not.",
            "Select the pods by their labels, and leave their addresses to except.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        TreeMap<Ip, Pod> holders = new TreeMap<>();
        for (Pod pod : cluster.snapshot().pods()) {
            if (!pod.hostNetwork()) {
                pod.ips().forEach(ip -> holders.put(ip, pod));
            }
        }
        if (holders.isEmpty()) {
            return;
        }
        for (PolicyText text : cluster.policies()) {
            for (Section section : text.policy().sections()) {
                for (int r = 0; r < section.rules().size(); r++) {
                    Rule rule = section.rules().get(r);
                    for (int p = 0; p < rule.peers().size(); p++) {
                        if (rule.peers().get(p) instanceof Peer.Network network && !Rules.isWorld(network)) {
                            Map.Entry<Ip, Pod> held = first(holders, network);
                            if (held != null) {
                                findings.add(
                                        text.at(text.peer(section.direction(), r, p)),
                                        network.cidr() + " holds pods, such as "
                                                + held.getValue().fullName() + " at " + held.getKey());
                            }
                        }
                    }
                }
            }
        }
    }

    private static Map.@Nullable Entry<Ip, Pod> first(TreeMap<Ip, Pod> holders, Peer.Network network) {
        for (Map.Entry<Ip, Pod> entry : holders.subMap(
                        network.cidr().base(), true, network.cidr().last(), true)
                .entrySet()) {
            if (network.contains(entry.getKey())) {
                return entry;
            }
        }
        return null;
    }
}
