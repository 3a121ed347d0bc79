package io.sluice.policy.model;

import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.Map;

/**
 * A Service, as far as it leads to pods.
 *
 * @param type ClusterIP, NodePort, LoadBalancer or ExternalName
 * @param selector empty for a Service without selector, which leads to its endpoints
 * @param headless {@code clusterIP: None}
 * @param clusterIps empty while unassigned
 * @param exposure how it is reached from outside of the cluster
 * @param endpoints where a Service without selector leads; empty for one that has a selector
 */
public record Service(
        String namespace,
        String name,
        String type,
        Map<String, String> selector,
        boolean headless,
        List<Ip> clusterIps,
        List<ServicePort> ports,
        SourcePosition position,
        Exposure exposure,
        List<Endpoint> endpoints) {
    public Service {
        selector = Map.copyOf(selector);
        clusterIps = List.copyOf(clusterIps);
        ports = List.copyOf(ports);
        endpoints = List.copyOf(endpoints);
    }

    /** One that is not reached from outside and has no endpoints of its own. */
    public Service(
            String namespace,
            String name,
            String type,
            Map<String, String> selector,
            boolean headless,
            List<Ip> clusterIps,
            List<ServicePort> ports,
            SourcePosition position) {
        this(namespace, name, type, selector, headless, clusterIps, ports, position, new Exposure.Closed(), List.of());
    }

    public Service withEndpoints(List<Endpoint> newEndpoints) {
        return new Service(
                namespace, name, type, selector, headless, clusterIps, ports, position, exposure, newEndpoints);
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
                            .filter(p ->
                                    p.name().equals(targetName) && p.protocol().equals(protocol))
                            .mapToInt(ContainerPort::port)
                            .findFirst()
                            .orElse(0);
        }
    }

    /** How a Service is reached from outside of the cluster, and whom its pods then see as the source. */
    public sealed interface Exposure {
        /** Not at all. */
        record Closed() implements Exposure {}

        /**
         * By a port of every node, by a load balancer, or by external addresses. With {@code externalTrafficPolicy:
         * Local} a pod sees the client's address; with {@code Cluster}, the default, that of the node by which the
         * connection came in.
         *
         * @param keepsSource {@code externalTrafficPolicy: Local}
         * @param admitted {@code loadBalancerSourceRanges}: whom the load balancer admits; empty for everybody
         */
        record Open(boolean keepsSource, List<Cidr> admitted) implements Exposure {
            public Open {
                admitted = List.copyOf(admitted);
            }
        }
    }

    /**
     * An address that somebody else wrote down (EndpointSlice, Endpoints), inside of the cluster or not.
     *
     * @param portName the name of the Service's port that leads there
     * @param port 0 where none is written, which means the Service's own target
     */
    public record Endpoint(Ip ip, String portName, Protocol protocol, int port) {}
}
