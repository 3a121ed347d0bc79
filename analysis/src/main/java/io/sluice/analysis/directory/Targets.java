package io.sluice.analysis.directory;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads names: {@code ns/name}, {@code name} in a default namespace, {@code kind/name}, {@code ns/kind/name}, the form
 * {@code ns/name[Kind]} that connectivity prints, {@code service.namespace.svc}, an address, or a domain name that the
 * caller has given an address.
 */
public final class Targets {
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("pod", "Pod"),
            Map.entry("po", "Pod"),
            Map.entry("deployment", "Deployment"),
            Map.entry("deploy", "Deployment"),
            Map.entry("statefulset", "StatefulSet"),
            Map.entry("sts", "StatefulSet"),
            Map.entry("daemonset", "DaemonSet"),
            Map.entry("ds", "DaemonSet"),
            Map.entry("replicaset", "ReplicaSet"),
            Map.entry("rs", "ReplicaSet"),
            Map.entry("replicationcontroller", "ReplicationController"),
            Map.entry("rc", "ReplicationController"),
            Map.entry("job", "Job"),
            Map.entry("cronjob", "CronJob"),
            Map.entry("service", "Service"),
            Map.entry("svc", "Service"));

    private final Directory directory;
    private final String defaultNamespace;
    private final Map<String, Ip> domains;

    /** @param domains addresses of domain names outside of the cluster */
    public Targets(Directory directory, String defaultNamespace, Map<String, Ip> domains) {
        this.directory = directory;
        this.defaultNamespace = defaultNamespace;
        this.domains = Map.copyOf(domains);
    }

    /** Says what could not be found, in one sentence. */
    public static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unknown(String message) {
            super(message);
        }
    }

    /** @throws Unknown if nothing, or more than one thing, has this name */
    public Target find(String text) {
        Optional<Ip> address = Ip.tryParse(text);
        if (address.isPresent()) {
            return byAddress(address.get());
        }
        if (domains.containsKey(text)) {
            return byAddress(domains.get(text));
        }
        Written written = read(text);
        String fullName = written.namespace + "/" + written.name;
        return switch (written.kind) {
            case "Pod" ->
                directory.pod(fullName).<Target>map(Target.OfPod::new).orElseThrow(() -> unknown(text, fullName));
            case "Service" ->
                directory.service(fullName).<Target>map(this::of).orElseThrow(() -> unknown(text, fullName));
            case "" -> byName(text, fullName);
            default -> {
                Workload workload = new Workload(written.kind, written.namespace, written.name);
                List<Pod> pods = directory.podsOf(workload);
                if (pods.isEmpty()) {
                    throw unknown(text, fullName);
                }
                yield new Target.OfWorkload(workload, pods);
            }
        };
    }

    private Target byAddress(Ip ip) {
        Optional<Service> service = directory.serviceAt(ip);
        return service.isPresent() ? of(service.get()) : new Target.OfAddress(ip);
    }

    /** A workload comes before a Service of the same name: both lead to the same pods, and ports mean what they say. */
    private Target byName(String text, String fullName) {
        List<Workload> workloads = directory.workloadsNamed(fullName);
        if (workloads.size() > 1) {
            throw new Unknown("'" + text + "' could be any of "
                    + String.join(
                            ", ", workloads.stream().map(Workload::toString).toList()) + ": name the kind");
        }
        if (workloads.size() == 1) {
            return new Target.OfWorkload(workloads.getFirst(), directory.podsOf(workloads.getFirst()));
        }
        Optional<Pod> pod = directory.pod(fullName);
        if (pod.isPresent()) {
            return new Target.OfPod(pod.get());
        }
        return directory.service(fullName).<Target>map(this::of).orElseThrow(() -> unknown(text, fullName));
    }

    private Target of(Service service) {
        return new Target.OfService(service, directory.backends(service));
    }

    private Unknown unknown(String text, String fullName) {
        List<String> near = directory.near(fullName);
        if (near.isEmpty() && text.indexOf('.') > 0 && text.indexOf('/') < 0) {
            return new Unknown("'" + text + "' is a name outside of the cluster: give its address, --resolve " + text
                    + "=ADDRESS");
        }
        return new Unknown("no pod, workload or Service '" + text + "' in these manifests"
                + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?"));
    }

    private record Written(String kind, String namespace, String name) {}

    private Written read(String text) {
        if (text.endsWith("]") && text.indexOf('[') > 0) {
            String kind = text.substring(text.indexOf('[') + 1, text.length() - 1);
            Written bare = read(text.substring(0, text.indexOf('[')));
            return new Written(kind, bare.namespace, bare.name);
        }
        String[] parts = text.split("/", -1);
        return switch (parts.length) {
            case 1 -> single(text);
            case 2 -> {
                Optional<String> kind = kind(parts[0]);
                boolean namesExist = directory.snapshot().namespaces().containsKey(parts[0]);
                yield kind.isPresent() && !namesExist
                        ? new Written(kind.get(), defaultNamespace, parts[1])
                        : new Written("", parts[0], parts[1]);
            }
            case 3 ->
                new Written(
                        kind(parts[1])
                                .orElseThrow(() -> new Unknown("'" + parts[1] + "' in '" + text
                                        + "' is no kind of workload; write NAMESPACE/KIND/NAME")),
                        parts[0],
                        parts[2]);
            default -> throw new Unknown("'" + text + "' is no name of the form NAMESPACE/NAME");
        };
    }

    private static Optional<String> kind(String word) {
        return Optional.ofNullable(KINDS.get(word.toLowerCase(Locale.ROOT)));
    }

    /** {@code name}, {@code service.namespace} or {@code service.namespace.svc.cluster.local}. */
    private Written single(String text) {
        String[] labels = text.split("\\.", -1);
        boolean dns = labels.length >= 3 && labels[2].equals("svc")
                || labels.length == 2
                        && directory.service(labels[1] + "/" + labels[0]).isPresent();
        return dns ? new Written("Service", labels[1], labels[0]) : new Written("", defaultNamespace, text);
    }
}
