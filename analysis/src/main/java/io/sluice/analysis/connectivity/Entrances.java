package io.sluice.analysis.connectivity;

import io.sluice.analysis.directory.Directory;
import io.sluice.analysis.reach.End;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.model.Entrance;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.TrafficRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ports of workloads that Ingress and its like lead to, which an ingress controller is going to open. */
final class Entrances {
    /** The name that np-guard gives it. */
    static final String CONTROLLER = "{ingress-controller}";

    private final Map<String, Traffic> byPod = new HashMap<>();

    Entrances(Snapshot snapshot) {
        Directory directory = Directory.of(snapshot);
        for (Entrance entrance : snapshot.entrances()) {
            for (Entrance.Backend backend : entrance.backends()) {
                directory
                        .service(backend.namespace() + "/" + backend.service())
                        .ifPresent(service -> add(service, backend, directory.backends(service)));
            }
        }
    }

    private void add(Service service, Entrance.Backend backend, List<Pod> pods) {
        for (ServicePort port : service.ports()) {
            if (!backend.means(port)) {
                continue;
            }
            for (Pod pod : pods) {
                Directory.targetPort(service, port.protocol(), port.port(), pod)
                        .map(target -> Traffic.of(TrafficRange.ports(port.protocol(), target, target)))
                        .ifPresent(target -> byPod.merge(pod.fullName(), target, Traffic::or));
            }
        }
    }

    boolean isEmpty() {
        return byPod.isEmpty();
    }

    Traffic to(End end) {
        return end.parties().stream()
                .map(party -> party instanceof Party.OfPod(Pod pod, var _)
                        ? byPod.getOrDefault(pod.fullName(), Traffic.NONE)
                        : Traffic.NONE)
                .reduce(Traffic.NONE, Traffic::or);
    }
}
