package io.sluice.analysis.decide;

import io.sluice.analysis.directory.Directory;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.net.Ip;
import io.sluice.policy.table.VerdictTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Endpoints by the bytes of their names, found without making a string of them. Open addressing with linear probing;
 * at most half full.
 */
final class EndpointBook {
    private static final int MOST = 1 << 20;

    /** Labels that controllers add, one value for each replica or revision. */
    private static final Set<String> OF_REPLICAS = Set.of(
            "pod-template-hash",
            "controller-revision-hash",
            "pod-template-generation",
            "statefulset.kubernetes.io/pod-name",
            "apps.kubernetes.io/pod-index");

    private final Directory directory;
    private final VerdictTable table;
    private byte[][] names = new byte[1 << 12][];
    private @Nullable Endpoint[] endpoints = new @Nullable Endpoint[1 << 12];
    private int count;

    EndpointBook(Directory directory, VerdictTable table) {
        this.directory = directory;
        this.table = table;
    }

    /** @throws BadLine if there is no such endpoint */
    Endpoint find(byte[] bytes, int from, int to) {
        int at = slot(bytes, from, to);
        Endpoint known = endpoints[at];
        if (known != null) {
            return known;
        }
        Endpoint found = lookUp(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        if (count >= MOST) {
            return found;
        }
        if (++count > names.length / 2) {
            grow();
            at = slot(bytes, from, to);
        }
        names[at] = Arrays.copyOfRange(bytes, from, to);
        endpoints[at] = found;
        return found;
    }

    private int slot(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        int at = (hash ^ hash >>> 15) & names.length - 1;
        while (endpoints[at] != null && !Arrays.equals(names[at], 0, names[at].length, bytes, from, to)) {
            at = at + 1 & names.length - 1;
        }
        return at;
    }

    private void grow() {
        byte[][] oldNames = names;
        @Nullable Endpoint[] old = endpoints;
        names = new byte[oldNames.length * 2][];
        endpoints = new @Nullable Endpoint[oldNames.length * 2];
        for (int i = 0; i < old.length; i++) {
            if (old[i] != null) {
                int at = slot(oldNames[i], 0, oldNames[i].length);
                names[at] = oldNames[i];
                endpoints[at] = old[i];
            }
        }
    }

    private Endpoint lookUp(String name) {
        Optional<Ip> address = Ip.tryParse(name);
        if (address.isPresent()) {
            return at(name, address.get());
        }
        return named(name)
                .orElseThrow(() -> new BadLine("no pod '" + name + "' in these manifests"
                        + (name.indexOf('/') < 0
                                ? "; write NAMESPACE/POD or an address"
                                : directory.near(name).stream()
                                        .findFirst()
                                        .map(near -> "; did you mean '" + near + "'?")
                                        .orElse(""))));
    }

    /** A pod, or the first pod of the workload of that name. */
    Optional<Endpoint> named(String fullName) {
        return directory
                .pod(fullName)
                .or(() -> directory.podsOfWorkload(fullName).stream().findFirst())
                .map(this::of);
    }

    /** The first pod of a namespace that has all of these labels, apart from what tells replicas apart. */
    Optional<Endpoint> labelled(String namespace, Map<String, String> labels) {
        Map<String, String> stable = new HashMap<>(labels);
        stable.keySet().removeAll(OF_REPLICAS);
        return stable.isEmpty()
                ? Optional.empty()
                : directory.snapshot().pods().stream()
                        .filter(pod -> pod.namespace().equals(namespace))
                        .filter(pod -> pod.labels().entrySet().containsAll(stable.entrySet()))
                        .findFirst()
                        .map(this::of);
    }

    Endpoint of(Pod pod) {
        boolean bare = pod.ips().isEmpty();
        return new Endpoint(
                pod.fullName(),
                directory.party(pod, true).map(table::end).orElse(null),
                directory.party(pod, false).map(table::end).orElse(null),
                bare ? table.end(directory.party(pod)) : null,
                pod,
                null,
                List.of());
    }

    Endpoint at(String text, Ip ip) {
        Optional<Service> service = directory.serviceAt(ip);
        if (service.isEmpty()) {
            return Endpoint.of(text, table.end(directory.party(ip)), ip.isV4());
        }
        List<Endpoint> backends =
                directory.backends(service.get()).stream().map(this::of).toList();
        return new Endpoint(text, null, null, null, null, service.get(), backends);
    }
}
