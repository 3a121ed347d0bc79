package io.sluice.policy.table;

import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the port names of policies mean on a pod. */
final class NamedPorts {
    private final Map<String, List<PortMatch.Named>> byName = new HashMap<>();

    NamedPorts(Collection<PortMatch.Named> used) {
        used.forEach(named ->
                byName.computeIfAbsent(named.name(), _ -> new ArrayList<>()).add(named));
    }

    /** The traffic that each name means on a pod; without the names that mean nothing there. */
    Map<PortMatch.Named, Set<TrafficRange>> on(Pod pod) {
        Map<PortMatch.Named, Set<TrafficRange>> found = Map.of();
        for (ContainerPort port : pod.ports()) {
            for (PortMatch.Named named : byName.getOrDefault(port.name(), List.of())) {
                if (named.names(port)) {
                    found = found.isEmpty() ? new HashMap<>() : found;
                    found.computeIfAbsent(named, _ -> new TreeSet<>())
                            .add(TrafficRange.ports(port.protocol(), port.port(), port.port()));
                }
            }
        }
        return found;
    }
}
