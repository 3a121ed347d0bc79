package io.sluice.testing;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Combining;
import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Tier;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A cluster of the size and shape of a large real one, for measurements: namespaces of 50 dual-stack pods in workloads
 * of a few replicas, each replica with labels that no policy mentions; for each namespace a default deny, DNS, its own
 * pods, the monitoring namespace, and then rules from workload to workload and to address blocks with exceptions; over
 * all a few cluster policies.
 */
public final class LargeCluster {
    private static final int PODS_IN_NAMESPACE = 50;
    private static final int WORKLOADS = 10;
    private static final int PODS_ON_NODE = 100;
    private static final int CLUSTER_POLICIES = 12;

    private final Chance chance;
    private final int namespaces;
    private final List<Pod> pods = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();

    private LargeCluster(long seed, int pods, int policies) {
        chance = new Chance(seed);
        namespaces = Math.max(1, pods / PODS_IN_NAMESPACE);
        for (int i = 0; i < (pods + PODS_ON_NODE - 1) / PODS_ON_NODE; i++) {
            nodes.add(new Node(
                    "node-" + i,
                    Map.of("zone", "z" + i % 3, "kubernetes.io/hostname", "node-" + i),
                    List.of(Ip.v4(0xAC100000 + i))));
        }
        for (int i = 0; i < pods; i++) {
            addPod(i);
        }
        for (int i = 0; i < CLUSTER_POLICIES && i < policies; i++) {
            addClusterPolicy(i);
        }
        for (int i = 0; this.policies.size() < policies; i++) {
            addPolicy(i);
        }
    }

    /** The same for equal arguments. */
    public static Snapshot of(long seed, int pods, int policies) {
        LargeCluster cluster = new LargeCluster(seed, pods, policies);
        List<Namespace> named = new ArrayList<>();
        for (int i = 0; i < cluster.namespaces; i++) {
            named.add(
                    new Namespace(namespace(i), Map.of("team", "team-" + i % 40, "env", i % 4 == 0 ? "prod" : "dev")));
        }
        return Snapshot.of(named, cluster.pods, cluster.nodes, List.of(), cluster.policies);
    }

    private static String namespace(int i) {
        return i == 0 ? "kube-system" : i == 1 ? "monitoring" : "ns-" + i;
    }

    private void addPod(int i) {
        String namespace = namespace(i % namespaces);
        int inNamespace = i / namespaces;
        String app = "app-" + inNamespace % WORKLOADS;
        Map<String, String> labels = new TreeMap<>();
        labels.put("app", app);
        labels.put("tier", inNamespace % WORKLOADS < 3 ? "front" : inNamespace % WORKLOADS < 7 ? "back" : "data");
        labels.put("pod-template-hash", Long.toString(chance.bits() & 0xffff, 36));
        labels.put("apps.kubernetes.io/pod-index", Integer.toString(inNamespace));
        pods.add(new Pod(
                namespace,
                app + "-" + inNamespace,
                labels,
                List.of(Ip.v4(0x0A000000 + i), new Ip(0xfd00_0000_0000_0000L, i + 1L)),
                "node-" + i / PODS_ON_NODE,
                false,
                List.of(
                        new ContainerPort("http", Protocol.TCP, 8000 + inNamespace % WORKLOADS % 3),
                        new ContainerPort("metrics", Protocol.TCP, 9090)),
                new Workload("Deployment", namespace, app),
                SourcePosition.NONE));
    }

    private void addPolicy(int i) {
        String namespace = namespace(i % namespaces);
        NamespaceMatch here = new NamespaceMatch.Named(namespace);
        Peer.Pods everybodyHere = new Peer.Pods(here, Selector.ALL);
        switch (i / namespaces) {
            case 0 -> add(namespace, "default-deny", Selector.ALL, in(), out());
            case 1 ->
                add(
                        namespace,
                        "dns",
                        Selector.ALL,
                        out(rule(
                                Action.ALLOW,
                                List.of(new Peer.Pods(new NamespaceMatch.Named("kube-system"), app(0))),
                                PortMatch.port(Protocol.UDP, 53),
                                PortMatch.port(Protocol.TCP, 53))));
            case 2 ->
                add(
                        namespace,
                        "monitoring",
                        Selector.ALL,
                        in(rule(
                                Action.ALLOW,
                                List.of(new Peer.Pods(new NamespaceMatch.Named("monitoring"), Selector.ALL)),
                                new PortMatch.Named("metrics", Protocol.TCP))));
            case 3 ->
                add(
                        namespace,
                        "own-team",
                        new Selector.In("tier", Set.of("front")),
                        in(rule(
                                Action.ALLOW,
                                List.of(new Peer.Pods(
                                        new NamespaceMatch.Labelled(
                                                new Selector.In("team", Set.of("team-" + i % namespaces % 40))),
                                        Selector.ALL)),
                                PortMatch.port(Protocol.TCP, 443))),
                        out(rule(Action.ALLOW, List.of(everybodyHere), PortMatch.EVERYTHING)));
            default -> addFlow(i, namespace, here);
        }
    }

    /** From one workload to another, or from one to addresses outside. */
    private void addFlow(int i, String namespace, NamespaceMatch here) {
        int from = chance.below(WORKLOADS);
        int to = chance.below(WORKLOADS);
        if (chance.percent(30)) {
            Cidr block = new Cidr(Ip.v4(0xC6000000 | chance.below(1 << 8) << 12), chance.between(16, 24));
            add(
                    namespace,
                    "outside-" + i,
                    app(from),
                    out(rule(
                            Action.ALLOW,
                            List.of(new Peer.Network(block, List.of(new Cidr(block.base(), block.length() + 2)))),
                            PortMatch.port(Protocol.TCP, 443))));
        } else {
            PortMatch http = chance.percent(50)
                    ? new PortMatch.Named("http", Protocol.TCP)
                    : PortMatch.port(Protocol.TCP, 8000 + chance.below(3));
            add(namespace, "flow-" + i, app(to), in(rule(Action.ALLOW, List.of(new Peer.Pods(here, app(from))), http)));
        }
    }

    private void addClusterPolicy(int i) {
        Subject dev =
                new Subject(new NamespaceMatch.Labelled(new Selector.In("team", Set.of("team-" + i))), Selector.ALL);
        Peer prod = new Peer.Pods(
                new NamespaceMatch.Labelled(new Selector.In("env", Set.of("prod"))),
                new Selector.In("tier", Set.of("data")));
        policies.add(new Policy(
                new PolicyId("ClusterNetworkPolicy", "", "cluster-" + i),
                SourcePosition.NONE,
                i % 2 == 0 ? Tier.ADMIN : Tier.BASELINE,
                i,
                Combining.FIRST_MATCH,
                dev,
                List.of(new Section(
                        Direction.EGRESS,
                        false,
                        List.of(
                                rule(Action.PASS, List.of(prod), PortMatch.port(Protocol.TCP, 443)),
                                rule(Action.DENY, List.of(prod), PortMatch.EVERYTHING),
                                rule(
                                        Action.DENY,
                                        List.of(new Peer.Network(Cidr.parse("169.254.0.0/16"), List.of())),
                                        PortMatch.EVERYTHING))))));
    }

    private static Selector app(int number) {
        return Selector.labels(Map.of("app", "app-" + number));
    }

    private static Rule rule(Action action, List<Peer> peers, PortMatch... ports) {
        return new Rule("", action, peers, List.of(ports), SourcePosition.NONE);
    }

    private static Section in(Rule... rules) {
        return Section.ofNetworkPolicy(Direction.INGRESS, List.of(rules));
    }

    private static Section out(Rule... rules) {
        return Section.ofNetworkPolicy(Direction.EGRESS, List.of(rules));
    }

    private void add(String namespace, String name, Selector subject, Section... sections) {
        policies.add(Policy.network(
                new PolicyId("NetworkPolicy", namespace, name),
                SourcePosition.NONE,
                new Subject(new NamespaceMatch.Named(namespace), subject),
                List.of(sections)));
    }
}
