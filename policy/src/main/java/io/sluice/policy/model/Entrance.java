package io.sluice.policy.model;

import java.util.List;

/**
 * Something that leads requests from outside of the cluster to Services: an Ingress or a Route. Policies do
 * not know it; who carries the requests is some pod of an ingress controller, which manifests rarely have.
 */
public record Entrance(String kind, String namespace, String name, List<Backend> backends, SourcePosition position) {
    public Entrance {
        backends = List.copyOf(backends);
    }

    /**
     * A port of a Service.
     *
     * @param portName empty where the port is a number, or where it is not said
     * @param port 0 where the port is a name, or where it is not said, which means all of them
     */
    public record Backend(String namespace, String service, String portName, int port) {}
}
