package io.sluice.policy.model;

import io.sluice.policy.net.Protocol;
import java.util.List;

/**
 * Something that leads requests from outside of the cluster to Services: an Ingress, a Route of OpenShift or of the
 * Gateway API. Policies do not know it; who carries the requests is some pod of an ingress controller, which manifests rarely have.
 */
public record Entrance(String kind, String namespace, String name, List<Backend> backends, SourcePosition position) {
    public Entrance {
        backends = List.copyOf(backends);
    }

    /**
     * A port of a Service.
     *
     * @param protocol of the connections to the pods
     * @param portOf whose port is named
     * @param portName empty where the port is a number, or where it is not said
     * @param port 0 where the port is a name, or where it is not said, which means all of them
     */
    public record Backend(
            String namespace, String service, Protocol protocol, PortOf portOf, String portName, int port) {
        /** Whether this is about a port of the Service it names. */
        public boolean means(Service.ServicePort candidate) {
            if (!candidate.protocol().equals(protocol)) {
                return false;
            }
            if (port == 0 && portName.isEmpty()) {
                return true;
            }
            return switch (portOf) {
                case SERVICE -> portName.isEmpty() ? port == candidate.port() : portName.equals(candidate.name());
                case TARGET ->
                    portName.isEmpty()
                            ? port == candidate.targetPort()
                            : portName.equals(candidate.name()) || portName.equals(candidate.targetName());
            };
        }
    }

    /** Whose port a backend names. */
    public enum PortOf {
        SERVICE,
        /** OpenShift: "the target port on pods selected by the service". */
        TARGET
    }
}
