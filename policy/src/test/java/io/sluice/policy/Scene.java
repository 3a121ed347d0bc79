package io.sluice.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.decide.DirectionDecision;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Combining;
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
import io.sluice.policy.model.Tier;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A cluster in a few lines, asked in one. Every question is put to the decider and to the table, which must name the
 * same cause; the answer is that cause in words, such as {@code allow by p ingress[0]}, {@code isolated by p, q},
 * {@code no policy}, {@code self}, {@code own node}, {@code not a subject}.
 *
 * <p>Names: a pod is {@code namespace/name}, a node its name, anything else an address outside. Labels are written
 * {@code a=b,c=} and label conditions as in Kubernetes' selector language, as far as {@link #where} knows it.
 */
final class Scene {
    private final List<Namespace> namespaces = new ArrayList<>();
    private final Map<String, Pod> pods = new LinkedHashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Policy> policies = new ArrayList<>();

    Scene namespace(String name, String labels) {
        namespaces.add(new Namespace(name, labels(labels)));
        return this;
    }

    Scene node(String name, String labels, String... ips) {
        nodes.put(name, new Node(name, labels(labels), ips(ips)));
        return this;
    }

    /** A pod that is not placed. */
    Scene pod(String fullName, String labels, String... ips) {
        return add(fullName, labels, "", false, List.of(), ips);
    }

    Scene podOn(String node, String fullName, String labels, String... ips) {
        return add(fullName, labels, node, false, List.of(), ips);
    }

    Scene hostPod(String node, String fullName, String labels, String... ips) {
        return add(fullName, labels, node, true, List.of(), ips);
    }

    /** @param ports {@code name:TCP:80,...} */
    Scene podWithPorts(String ports, String fullName, String labels, String... ips) {
        List<ContainerPort> declared = Arrays.stream(ports.split(","))
                .map(p -> p.split(":"))
                .map(p -> new ContainerPort(p[0], Protocol.named(p[1]).orElseThrow(), Integer.parseInt(p[2])))
                .toList();
        return add(fullName, labels, "", false, declared, ips);
    }

    private Scene add(
            String fullName, String labels, String node, boolean host, List<ContainerPort> ports, String... ips) {
        String namespace = fullName.substring(0, fullName.indexOf('/'));
        String name = fullName.substring(namespace.length() + 1);
        pods.put(
                fullName,
                new Pod(
                        namespace,
                        name,
                        labels(labels),
                        ips(ips),
                        node,
                        host,
                        ports,
                        new Workload("Pod", namespace, name),
                        SourcePosition.NONE));
        return this;
    }

    /** A NetworkPolicy. */
    Scene policy(String fullName, String where, Section... sections) {
        String namespace = fullName.substring(0, fullName.indexOf('/'));
        String name = fullName.substring(namespace.length() + 1);
        policies.add(Policy.network(
                new PolicyId("NetworkPolicy", namespace, name),
                SourcePosition.NONE,
                new Subject(new NamespaceMatch.Named(namespace), where(where)),
                List.of(sections)));
        return this;
    }

    /** A cluster policy of a tier. */
    Scene policy(Tier tier, int priority, String name, Subject subject, Section... sections) {
        return add(new Policy(
                new PolicyId("ClusterNetworkPolicy", "", name),
                SourcePosition.NONE,
                tier,
                priority,
                Combining.FIRST_MATCH,
                subject,
                List.of(sections)));
    }

    Scene add(Policy policy) {
        policies.add(policy);
        return this;
    }

    static Section ingress(Rule... rules) {
        return Section.ofNetworkPolicy(Direction.INGRESS, List.of(rules));
    }

    static Section egress(Rule... rules) {
        return Section.ofNetworkPolicy(Direction.EGRESS, List.of(rules));
    }

    /** A section that does not isolate. */
    static Section ordered(Direction direction, Rule... rules) {
        return new Section(direction, false, List.of(rules));
    }

    static Rule allow(List<Peer> peers, List<PortMatch> ports) {
        return new Rule("", Action.ALLOW, peers, ports, SourcePosition.NONE);
    }

    static Rule deny(List<Peer> peers, List<PortMatch> ports) {
        return new Rule("", Action.DENY, peers, ports, SourcePosition.NONE);
    }

    static Rule pass(List<Peer> peers, List<PortMatch> ports) {
        return new Rule("", Action.PASS, peers, ports, SourcePosition.NONE);
    }

    static final List<Peer> ANYONE = List.of(Peer.EVERYTHING);
    static final List<PortMatch> ANYTHING = List.of(PortMatch.EVERYTHING);

    static List<PortMatch> tcp(int port) {
        return List.of(PortMatch.port(Protocol.TCP, port));
    }

    /** Pods by label in every namespace. */
    static Peer pods(String where) {
        return new Peer.Pods(NamespaceMatch.EVERY, where(where));
    }

    static Peer podsIn(String namespace, String where) {
        return new Peer.Pods(new NamespaceMatch.Named(namespace), where(where));
    }

    static Peer podsOf(String namespacesWhere, String where) {
        return new Peer.Pods(new NamespaceMatch.Labelled(where(namespacesWhere)), where(where));
    }

    static Peer block(String cidr, String... except) {
        return new Peer.Network(
                Cidr.parse(cidr), Arrays.stream(except).map(Cidr::parse).toList());
    }

    static Subject everyPod() {
        return new Subject(NamespaceMatch.EVERY, Selector.ALL);
    }

    /** {@code k=v}, {@code k!=v}, {@code k in v w}, {@code k notin v w}, {@code k}, {@code !k}, by comma; or nothing. */
    static Selector where(String text) {
        List<Selector> parts = new ArrayList<>();
        for (String part : text.isEmpty() ? new String[0] : text.split(",")) {
            List<String> words = List.of(part.split(" "));
            if (words.size() > 2 && words.get(1).equals("in")) {
                parts.add(new Selector.In(words.get(0), Set.copyOf(words.subList(2, words.size()))));
            } else if (words.size() > 2 && words.get(1).equals("notin")) {
                parts.add(new Selector.Not(new Selector.In(words.get(0), Set.copyOf(words.subList(2, words.size())))));
            } else if (part.startsWith("!")) {
                parts.add(new Selector.Not(new Selector.Has(part.substring(1))));
            } else if (part.contains("!=")) {
                String[] sides = part.split("!=", -1);
                parts.add(new Selector.Not(new Selector.In(sides[0], Set.of(sides[1]))));
            } else if (part.contains("=")) {
                String[] sides = part.split("=", -1);
                parts.add(new Selector.In(sides[0], Set.of(sides[1])));
            } else {
                parts.add(new Selector.Has(part));
            }
        }
        return new Selector.All(parts);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : text.isEmpty() ? new String[0] : text.split(",")) {
            String[] sides = label.split("=", -1);
            labels.put(sides[0], sides[1]);
        }
        return labels;
    }

    private static List<Ip> ips(String... texts) {
        return Arrays.stream(texts).map(Ip::parse).toList();
    }

    Snapshot snapshot() {
        return Snapshot.of(namespaces, List.copyOf(pods.values()), List.copyOf(nodes.values()), List.of(), policies);
    }

    /** By its first address, or by the address after an @. */
    Party party(String name) {
        AddressBook book = AddressBook.of(snapshot());
        String holder = name.contains("@") ? name.substring(0, name.indexOf('@')) : name;
        Pod pod = pods.get(holder);
        Node node = nodes.get(holder);
        if (pod != null) {
            return holder.equals(name)
                    ? book.partyOf(pod)
                    : book.partyOf(pod, Ip.parse(name.substring(holder.length() + 1)));
        }
        return node != null
                ? new Party.OfNode(
                        node, node.ips().isEmpty() ? null : node.ips().getFirst())
                : book.party(Ip.parse(name));
    }

    String ingress(String from, String to, Protocol protocol, int port) {
        return words(ask(new Connection(party(from), party(to), protocol, port)).ingress());
    }

    String egress(String from, String to, Protocol protocol, int port) {
        return words(ask(new Connection(party(from), party(to), protocol, port)).egress());
    }

    /** Ingress of TCP port 80. */
    String ingress(String from, String to) {
        return ingress(from, to, Protocol.TCP, 80);
    }

    /** Egress of TCP port 80. */
    String egress(String from, String to) {
        return egress(from, to, Protocol.TCP, 80);
    }

    /** The whole answer, on which decider and table agree. */
    Decision ask(Connection connection) {
        Decision decision = Decider.decide(snapshot(), connection);
        VerdictTable table = VerdictTable.of(snapshot());
        assertThat(table.cause(connection, Direction.EGRESS))
                .isEqualTo(decision.egress().cause());
        assertThat(table.cause(connection, Direction.INGRESS))
                .isEqualTo(decision.ingress().cause());
        assertThat(table.verdict(connection)).isEqualTo(decision.verdict());
        return decision;
    }

    static String words(DirectionDecision decision) {
        return switch (decision.cause()) {
            case Cause.ByRule(var rule, var verdict) ->
                verdict + " by " + rule.policy().id().name() + " " + rule.direction() + "[" + rule.index() + "]";
            case Cause.Isolated isolated ->
                "isolated by "
                        + String.join(
                                ", ",
                                isolated.policies().stream().map(PolicyId::name).toList());
            case Cause.NoPolicy() -> "no policy";
            case Cause.NotASubject() -> "not a subject";
            case Cause.Self() -> "self";
            case Cause.OwnNode() -> "own node";
        };
    }
}
