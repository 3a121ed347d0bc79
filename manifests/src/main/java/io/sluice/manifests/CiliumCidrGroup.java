package io.sluice.manifests;

import io.sluice.policy.net.Cidr;
import java.util.List;
import java.util.Map;

/** A CiliumCIDRGroup: networks under a name and labels. */
record CiliumCidrGroup(String name, Map<String, String> labels, List<Cidr> cidrs) {
    CiliumCidrGroup {
        labels = Map.copyOf(labels);
        cidrs = List.copyOf(cidrs);
    }
}
