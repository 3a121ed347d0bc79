package io.sluice.bench;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
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
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** A cluster of a given size and shape; the same shape and seed give the same cluster. */
final class GeneratedCluster {
    private static final int PODS_OF_A_NODE = 100;
    private static final int REPLICAS = 3;
    private static final int[] PORTS = {80, 443, 3306, 5432, 6379, 8080, 9090, 9092};
    private static final List<String> TEAMS = List.of("red", "green", "blue", "grey");

    private final Shape shape;
    private final Random random = new Random(20_261_124);

    /**
     * What a cluster holds.
     *
     * @param policies NetworkPolicies, {@code emptyPolicies} of them without a rule (default deny)
     * @param peers in all rules together; {@code networkPeers} of them are a single prefix, the others select pods
     */
    record Shape(int pods, int namespaces, int policies, int emptyPolicies, int peers, int networkPeers) {
        /** The numbers of a large production cluster, where most policies are small and many are empty. */
        static final Shape PRODUCTION = new Shape(5_413, 604, 13_678, 3_559, 15_423, 5_521);

        /** The scalability limits of Kubernetes for pods, with many policies. */
        static final Shape LARGE = new Shape(100_000, 1_000, 10_000, 2_500, 12_000, 4_000);

        static Shape named(String name) {
            return switch (name) {
                case "production" -> PRODUCTION;
                case "large" -> LARGE;
                default -> throw new IllegalArgumentException("no shape " + name);
            };
        }
    }

    private GeneratedCluster(Shape shape) {
        this.shape = shape;
    }

    static Snapshot of(Shape shape) {
        GeneratedCluster cluster = new GeneratedCluster(shape);
        return Snapshot.of(
                IntStream.range(0, shape.namespaces)
                        .mapToObj(n ->
                                new Namespace(namespace(n), Map.of("team", TEAMS.get(n % TEAMS.size()), "env", env(n))))
                        .toList(),
                IntStream.range(0, shape.pods).mapToObj(cluster::pod).toList(),
                IntStream.rangeClosed(0, shape.pods / PODS_OF_A_NODE)
                        .mapToObj(n -> new Node(node(n), Map.of("zone", "z" + n % 3), List.of(Ip.v4(0xac100000 + n))))
                        .toList(),
                List.of(),
                cluster.policies());
    }

    /** Connections between pods drawn at random, to the ports that rules speak of. */
    static List<Connection> connections(Snapshot snapshot, int count) {
        Random random = new Random(7);
        List<Pod> pods = snapshot.pods();
        return IntStream.range(0, count)
                .mapToObj(_ -> new Connection(
                        party(pods.get(random.nextInt(pods.size()))),
                        party(pods.get(random.nextInt(pods.size()))),
                        Protocol.TCP,
                        PORTS[random.nextInt(PORTS.length)]))
                .toList();
    }

    /**
     * The policy with one port more in each of its rules.
     *
     * @param edit 0 to 9,999; another number is another port
     */
    static Policy edited(Policy policy, int edit) {
        PortMatch added = PortMatch.port(Protocol.TCP, 20_000 + edit);
        return policy.with(policy.sections().stream()
                .map(section -> section.with(section.rules().stream()
                        .map(rule -> rule.withPorts(with(rule, added)))
                        .toList()))
                .toList());
    }

    /** The port that an earlier edit added gives way to the new one. */
    private static List<PortMatch> with(Rule rule, PortMatch added) {
        List<PortMatch> ports = new ArrayList<>(rule.ports());
        ports.removeIf(port -> port instanceof PortMatch.Range(TrafficRange range)
                && range.first() == range.last()
                && range.first() >= TrafficRange.key(Protocol.TCP, 20_000));
        ports.add(added);
        return ports;
    }

    private static Party party(Pod pod) {
        return new Party.OfPod(pod, pod.ips().getFirst());
    }

    private Pod pod(int i) {
        String namespace = namespace(i % shape.namespaces);
        int app = i / shape.namespaces / REPLICAS;
        String name = "app" + app + "-" + i;
        return new Pod(
                namespace,
                name,
                Map.of("app", "app" + app, "tier", app % 2 == 0 ? "front" : "back", "pod-template-hash", "h" + app),
                List.of(Ip.v4(0x0a000000 + i + 1)),
                node(i / PODS_OF_A_NODE),
                false,
                List.of(new ContainerPort("http", Protocol.TCP, 8080)),
                new Workload("Deployment", namespace, "app" + app),
                SourcePosition.NONE);
    }

    private List<Policy> policies() {
        int full = shape.policies - shape.emptyPolicies;
        List<Peer> peers = peers();
        List<Policy> policies = new ArrayList<>();
        int given = 0;
        for (int i = 0; i < shape.policies; i++) {
            List<Peer> own = List.of();
            if (i < full) {
                int until = (int) ((long) (i + 1) * shape.peers / full);
                own = peers.subList(given, until);
                given = until;
            }
            policies.add(policy(i, own));
        }
        return policies;
    }

    private Policy policy(int i, List<Peer> peers) {
        String namespace = namespace(i % shape.namespaces);
        Direction direction = random.nextInt(4) == 0 ? Direction.EGRESS : Direction.INGRESS;
        List<Rule> rules =
                peers.isEmpty() ? List.of() : List.of(new Rule("", Action.ALLOW, peers, ports(), SourcePosition.NONE));
        Selector subject = peers.isEmpty() ? Selector.ALL : Selector.labels(Map.of("app", app()));
        return Policy.network(
                new PolicyId("NetworkPolicy", namespace, "policy" + i),
                SourcePosition.NONE,
                new Subject(new NamespaceMatch.Named(namespace), subject),
                List.of(Section.ofNetworkPolicy(direction, rules)));
    }

    private List<Peer> peers() {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < shape.peers; i++) {
            peers.add(i < shape.networkPeers ? network() : pods());
        }
        java.util.Collections.shuffle(peers, random);
        return peers;
    }

    private Peer network() {
        int length = 16 + random.nextInt(17);
        return new Peer.Network(new Cidr(Ip.v4(random.nextInt()), length), List.of());
    }

    private Peer pods() {
        NamespaceMatch namespaces = switch (random.nextInt(4)) {
            case 0 ->
                new NamespaceMatch.Labelled(Selector.labels(Map.of("team", TEAMS.get(random.nextInt(TEAMS.size())))));
            case 1 -> new NamespaceMatch.Labelled(new Selector.In("env", Set.of("production", "staging")));
            default -> new NamespaceMatch.Named(namespace(random.nextInt(shape.namespaces)));
        };
        Selector pods = random.nextInt(3) == 0 ? Selector.ALL : Selector.labels(Map.of("app", app()));
        return new Peer.Pods(namespaces, pods);
    }

    private List<PortMatch> ports() {
        return switch (random.nextInt(4)) {
            case 0 -> List.of(PortMatch.EVERYTHING);
            case 1 -> List.of(new PortMatch.Named("http", Protocol.TCP), port());
            default -> List.of(port());
        };
    }

    private PortMatch port() {
        return PortMatch.port(Protocol.TCP, PORTS[random.nextInt(PORTS.length)]);
    }

    private String app() {
        int apps = Math.max(1, shape.pods / shape.namespaces / REPLICAS);
        return "app" + random.nextInt(apps);
    }

    private static String namespace(int n) {
        return "ns" + n;
    }

    private static String node(int n) {
        return "node" + n;
    }

    private static String env(int n) {
        return n % 3 == 0 ? "production" : n % 3 == 1 ? "staging" : "test";
    }
}
