package io.sluice.lab;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the cluster's DNS says, as text for dnsmasq and for resolvers. */
final class DnsRecords {
    private static final String ZONE = "svc.cluster.local";

    private DnsRecords() {}

    /** In the form of hosts(5): each Service by its virtual addresses, a headless one by those of its pods. */
    static String hosts(Snapshot placed) {
        List<String> lines = new ArrayList<>();
        for (Service service : placed.services()) {
            Stream<Ip> ips = service.headless()
                    ? placed.pods().stream()
                            .filter(service::selects)
                            .flatMap(p -> p.ips().stream())
                            .distinct()
                    : service.clusterIps().stream();
            ips.forEach(ip -> lines.add(ip + " " + service.name() + "." + service.namespace() + "." + ZONE));
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Options of dnsmasq: the names above and no others, nothing from this machine, nothing asked of anybody. */
    static String configuration(int port, Path hosts, Path pidFile, Path log) {
        return """
                port=%d
                no-resolv
                no-hosts
                addn-hosts=%s
                local=/#/
                cache-size=0
                max-tcp-connections=500
                user=root
                pid-file=%s
                log-facility=%s
                """.formatted(port, hosts, pidFile, log);
    }

    /** The resolv.conf of a pod, as the kubelet writes it for dnsPolicy ClusterFirst. */
    static String resolver(Pod pod, List<Ip> servers) {
        return resolver(servers, pod.namespace() + "." + ZONE + " " + ZONE + " cluster.local");
    }

    /** The resolv.conf of a node. */
    static String nodeResolver(List<Ip> servers) {
        return resolver(servers, ZONE + " cluster.local");
    }

    private static String resolver(List<Ip> servers, String search) {
        return servers.stream().map(ip -> "nameserver " + ip + "\n").collect(Collectors.joining()) + "search " + search
                + "\noptions ndots:5\n";
    }
}
