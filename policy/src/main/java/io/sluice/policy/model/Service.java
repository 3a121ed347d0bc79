package io.sluice.policy.model;

import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.Map;

/**
 * A Service, as far as it leads to pods.
 *
 * @param type ClusterIP, NodePort, LoadBalancer or ExternalName
 * @param selector empty for a Service without selector, which leads to no pod known here
 * @param headless {@code clusterIP: None}
 * @param clusterIps empty while unassigned
 */
public record Service(
        String namespace,
        String name,
        String type,
        Map<String, String> selector,
        boolean headless,
        List<Ip> clusterIps,
        List<ServicePort> ports,
        SourcePosition position) {
    public Service {
        selector = Map.copyOf(selector);
        clusterIps = List.copyOf(clusterIps);
        ports = List.copyOf(ports);
    }

    public boolean selects(Pod pod) {
        return !selector.isEmpty()
                && pod.namespace().equals(namespace)
                && pod.labels().entrySet().containsAll(selector.entrySet());
    }

    /**
     * @param name empty where it has none
     * @param targetName the container port's name, empty where the target is a number
     * @param targetPort the container port's number; 0 where the target is a name
     * @param appProtocol what is spoken there; empty where it is not said
     */
    public record ServicePort(
            String name, Protocol protocol, int port, String targetName, int targetPort, String appProtocol) {
        /** One that does not say what is spoken there. */
        public ServicePort(String name, Protocol protocol, int port, String targetName, int targetPort) {
            this(name, protocol, port, targetName, targetPort, "");
        }

        /** The port of a pod of the Service to which it leads; 0 where the pod declares none of that name. */
        public int targetOf(Pod pod) {
            return targetName.isEmpty()
                    ? targetPort
                    : pod.ports().stream()
                            .filter(p -> p.name().equals(targetName) && p.protocol().equals(protocol))
                            .mapToInt(ContainerPort::port)
                            .findFirst()
                            .orElse(0);
        }
    }
}
