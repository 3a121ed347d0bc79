package io.sluice.policy.model;

import io.sluice.policy.net.Ip;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A running or coming pod. Finished pods are no endpoints and are left out of a snapshot.
 *
 * @param ips empty while unknown, as in manifests that no cluster has seen
 * @param node the node's name, empty while unscheduled
 * @param ports of its containers and of its sidecars
 * @param position of the object it was read from
 * @param account that it runs under
 */
public record Pod(
        String namespace,
        String name,
        Map<String, String> labels,
        List<Ip> ips,
        String node,
        boolean hostNetwork,
        List<ContainerPort> ports,
        Workload workload,
        SourcePosition position,
        ServiceAccount account) {
    /** The attribute that holds the name of the service account; no label can have such a key. */
    public static final String ACCOUNT = "serviceaccount:name";

    /** What comes before the key of a label of the service account, as an attribute of the pod. */
    public static final String ACCOUNT_LABEL = "serviceaccount:label:";

    /** The attribute that holds the name of the namespace, for conditions that mix it with labels. */
    public static final String NAMESPACE = "namespace:name";

    public Pod {
        labels = Map.copyOf(labels);
        ips = List.copyOf(ips);
        ports = List.copyOf(ports);
    }

    /** One that runs under the default account. */
    public Pod(
            String namespace,
            String name,
            Map<String, String> labels,
            List<Ip> ips,
            String node,
            boolean hostNetwork,
            List<ContainerPort> ports,
            Workload workload,
            SourcePosition position) {
        this(namespace, name, labels, ips, node, hostNetwork, ports, workload, position, ServiceAccount.DEFAULT);
    }

    /** What selectors of policies see: the labels, and service account and namespace under keys that no label has. */
    public Map<String, String> attributes() {
        Map<String, String> all =
                HashMap.newHashMap(labels.size() + account.labels().size() + 2);
        all.putAll(labels);
        all.put(ACCOUNT, account.name());
        all.put(NAMESPACE, namespace);
        account.labels().forEach((key, value) -> all.put(ACCOUNT_LABEL + key, value));
        return all;
    }

    /** Whether the key is that of an attribute which is no label. */
    public static boolean isNoLabel(String key) {
        return key.equals(ACCOUNT) || key.equals(NAMESPACE) || key.startsWith(ACCOUNT_LABEL);
    }

    public String fullName() {
        return namespace + "/" + name;
    }

    /** Whether the other is this pod, by namespace and name. */
    public boolean isSame(Pod other) {
        return name.equals(other.name) && namespace.equals(other.namespace);
    }

    /** The same pod, placed. */
    public Pod at(String newNode, List<Ip> newIps) {
        return new Pod(namespace, name, labels, newIps, newNode, hostNetwork, ports, workload, position, account);
    }
}
