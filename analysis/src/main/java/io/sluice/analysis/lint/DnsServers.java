package io.sluice.analysis.lint;

import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who answers DNS in the cluster, and whether a pod's egress reaches it.
 *
 * <p>Where the pods of the cluster's DNS are not among what was read, they are taken to be where every distribution
 * puts them: {@code k8s-app: kube-dns} in kube-system on port 53 (kubeadm, EKS, AKS, GKE, k3s), or OpenShift's
 * {@code dns-default} on port 5353. A node-local cache at 169.254.20.10 counts as DNS. So does an address that a rule
 * opens on port 53 by name: whoever writes that means a DNS server.
 */
public final class DnsServers {
    public static final int PORT = 53;

    private static final Ip NODE_LOCAL = Ip.parse("169.254.20.10");
    private static final Ip USUAL_CLUSTER_IP = Ip.parse("10.96.0.10");
    private static final Set<String> APP_LABELS = Set.of("kube-dns", "coredns");

    private final List<Pod> pods;
    private final List<Pod> assumed;
    private final List<Ip> addresses = new ArrayList<>();
    private final Map<Asked, Boolean> answers = new HashMap<>();

    private record Asked(int policySet, Protocol protocol) {}

    DnsServers(Snapshot snapshot) {
        pods = snapshot.pods().stream()
                .filter(pod -> !pod.hostNetwork() && isDns(pod))
                .toList();
        assumed = pods.isEmpty()
                ? List.of(
                        assumed("kube-system", "kube-dns", "k8s-app", "kube-dns", PORT),
                        assumed(
                                "openshift-dns",
                                "dns-default",
                                "dns.operator.openshift.io/daemonset-dns",
                                "default",
                                5353))
                : List.of();
        addresses.add(NODE_LOCAL);
        if (pods.isEmpty()) {
            addresses.add(USUAL_CLUSTER_IP);
        }
        for (Service service : snapshot.services()) {
            if (pods.stream().anyMatch(service::selects)) {
                addresses.addAll(service.clusterIps());
            }
        }
    }

    private static Pod assumed(String namespace, String name, String key, String value, int port) {
        return new Pod(
                namespace,
                "(assumed) " + name,
                Map.of(key, value),
                List.of(),
                "",
                false,
                List.of(new ContainerPort("dns", Protocol.UDP, port), new ContainerPort("dns-tcp", Protocol.TCP, port)),
                new Workload("Deployment", namespace, name),
                SourcePosition.NONE);
    }

    /** Whether these labels are those of a cluster's DNS. */
    public static boolean isDns(Pod pod) {
        return isDns(pod.namespace(), pod.labels());
    }

    static boolean isDns(String namespace, Map<String, String> labels) {
        return APP_LABELS.contains(labels.getOrDefault("k8s-app", ""))
                || "coredns".equals(labels.get("app.kubernetes.io/name"))
                || namespace.equals("openshift-dns");
    }

    /** Whether a selector asks for the labels of a cluster's DNS. */
    public static boolean isDns(Selector selector) {
        for (Requirement asked : Requirement.of(selector)) {
            for (String value : asked.values()) {
                if (asked.wanted() && isDns("", Map.of(asked.key(), value))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The snapshot with the DNS pods that it lacks, and with others that are assumed. */
    Snapshot with(Snapshot snapshot, List<Pod> others) {
        List<Pod> all = new ArrayList<>(snapshot.pods());
        all.addAll(assumed);
        all.addAll(others);
        Map<String, Namespace> namespaces = new LinkedHashMap<>(snapshot.namespaces());
        all.forEach(pod -> namespaces.putIfAbsent(pod.namespace(), new Namespace(pod.namespace(), Map.of())));
        return snapshot.withNamespaces(namespaces).withPods(all);
    }

    /** Whether the pod's own policies let it ask some DNS server over a protocol. */
    boolean isReachable(Pod subject, Protocol protocol, Reach reach, PodIndex index) {
        return answers.computeIfAbsent(
                new Asked(reach.policySet(subject), protocol),
                _ -> reachesPod(subject, protocol, reach)
                        || reachesAddress(subject, protocol, reach)
                        || pods.isEmpty() && opensToUnknown(subject, protocol, reach, index));
    }

    private boolean reachesPod(Pod subject, Protocol protocol, Reach reach) {
        for (Pod server : pods.isEmpty() ? assumed : pods) {
            for (ContainerPort port : server.ports()) {
                int key = TrafficRange.key(protocol, port.port());
                if (port.protocol().equals(protocol)
                        && reach.between(subject, Direction.EGRESS, server)
                                        .at(key)
                                        .verdict()
                                == Verdict.ALLOW) {
                    return true;
                }
            }
            int key = TrafficRange.key(protocol, PORT);
            if (server.ports().isEmpty()
                    && reach.between(subject, Direction.EGRESS, server).at(key).verdict() == Verdict.ALLOW) {
                return true;
            }
        }
        return false;
    }

    private boolean reachesAddress(Pod subject, Protocol protocol, Reach reach) {
        int key = TrafficRange.key(protocol, PORT);
        List<Ip> candidates = new ArrayList<>(addresses);
        for (Rule rule : egressRules(subject, reach)) {
            if (namesPort(rule, key)) {
                for (Peer peer : rule.peers()) {
                    if (peer instanceof Peer.Network(var cidr, var _)) {
                        candidates.add(cidr.base());
                        candidates.add(cidr.last());
                    }
                }
            }
        }
        for (Ip address : candidates) {
            if (reach.between(subject, Direction.EGRESS, address).at(key).verdict() == Verdict.ALLOW) {
                return true;
            }
        }
        return false;
    }

    /** A rule that names the port, to pods of which nothing was read: its author knows where the DNS is. */
    private static boolean opensToUnknown(Pod subject, Protocol protocol, Reach reach, PodIndex index) {
        int key = TrafficRange.key(protocol, PORT);
        for (Rule rule : egressRules(subject, reach)) {
            if (namesPort(rule, key)) {
                for (Peer peer : rule.peers()) {
                    if (peer instanceof Peer.Pods(NamespaceMatch namespaces, var _)
                            && index.in(namespaces).isEmpty()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static List<Rule> egressRules(Pod subject, Reach reach) {
        List<Rule> out = new ArrayList<>();
        for (Policy policy : reach.policies(subject)) {
            out.addAll(policy.section(Direction.EGRESS).map(Section::rules).orElse(List.of()));
        }
        return out;
    }

    private static boolean namesPort(Rule rule, int key) {
        for (PortMatch port : rule.ports()) {
            if (port instanceof PortMatch.Range(TrafficRange range)
                    && range.contains(key)
                    && range.first() == range.last()) {
                return true;
            }
        }
        return false;
    }
}
