package io.sluice.policy.gate;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Protocol;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a proxy takes the bytes on a port for (Istio, protocol selection). */
enum Wire {
    HTTP,
    /** Bytes that it does not look into. */
    TCP,
    /** It looks at the first bytes to find out. */
    DETECTED;

    /** Ports on which the server speaks first, so that nothing can be detected there. */
    private static final Set<Integer> SERVER_FIRST = Set.of(25, 53, 3306, 27017);

    /** What a pod's port is for the Services that lead to it; detected where there is none, or where they disagree. */
    static Wire of(Snapshot snapshot, Pod pod, int port) {
        Set<Wire> all = EnumSet.noneOf(Wire.class);
        for (Service service : snapshot.services()) {
            if (service.selects(pod)) {
                for (ServicePort one : service.ports()) {
                    if (one.protocol().equals(Protocol.TCP) && one.targetOf(pod) == port) {
                        all.add(of(one));
                    }
                }
            }
        }
        return all.size() == 1 ? all.iterator().next() : DETECTED;
    }

    /** By {@code appProtocol}, or else by what the name begins with: {@code http-metrics}. */
    static Wire of(ServicePort port) {
        String said = (port.appProtocol().isEmpty() ? port.name() : port.appProtocol()).toLowerCase(Locale.ROOT);
        int dash = said.indexOf('-');
        String first = dash < 0 ? said : said.substring(0, dash);
        return switch (said) {
            case "kubernetes.io/h2c", "kubernetes.io/ws" -> HTTP;
            case "kubernetes.io/wss" -> TCP;
            default ->
                switch (first) {
                    case "http", "http2", "grpc", "http_proxy" -> HTTP;
                    case "tcp", "https", "tls", "mongo", "mysql", "redis" -> TCP;
                    default -> SERVER_FIRST.contains(port.port()) ? TCP : DETECTED;
                };
        };
    }
}
