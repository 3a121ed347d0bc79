package io.sluice.testing;

import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Published conformance suites: states of a cluster and what must hold in each. The files are test data from outside
 * the project ({@link SharedFiles}).
 */
public enum Conformance {
    /** kubernetes/kubernetes test/e2e/network/netpol: 48 tests, 506 cells. */
    KUBERNETES_E2E("k8s-e2e-netpol.json"),
    /** mattfenwick/cyclonus: 230 cases, each with ingress, egress and combined. */
    CYCLONUS("cyclonus-cases.json"),
    /** kubernetes-sigs/network-policy-api, ClusterNetworkPolicy v1alpha2: 24 tests, 301 probes. */
    CLUSTER_NETWORK_POLICY("cnp-v1alpha2-conformance.json");

    private final String file;

    Conformance(String file) {
        this.file = "conformance/" + file;
    }

    /** A test of the suite: states that follow one another. */
    public record Case(String name, List<State> states) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A whole state of the cluster and the connections that were tried in it. */
    public record State(String name, Snapshot snapshot, List<Probe> probes) {}

    /**
     * A connection and what must come of it. The directions are judged only by the suites that tell them apart.
     *
     * @param from {@code namespace/pod}
     * @param to {@code namespace/pod}
     */
    public record Probe(
            String from,
            String to,
            Protocol protocol,
            int port,
            Verdict combined,
            Optional<Verdict> ingress,
            Optional<Verdict> egress) {}

    /** The path below the shared folder. */
    public String file() {
        return file;
    }

    /** The cases in the order of the file; empty if the file is not here. */
    public Optional<List<Case>> cases() {
        return SharedFiles.find(file).map(path -> switch (this) {
            case KUBERNETES_E2E -> e2e(tree(path));
            case CYCLONUS -> cyclonus(tree(path));
            case CLUSTER_NETWORK_POLICY -> cluster(tree(path));
        });
    }

    private static JsonNode tree(Path path) {
        try {
            return JsonMapper.shared().readTree(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Case> e2e(JsonNode tests) {
        return PolicyJson.each(
                tests,
                test -> new Case(test.path("name").asString(), PolicyJson.each(test.path("steps"), step -> {
                    List<Probe> probes = new ArrayList<>();
                    JsonNode rows = step.path("expect");
                    columns(
                            step,
                            (from, to, column) -> verdict(rows, from, column)
                                    .ifPresent(v -> probes.add(new Probe(
                                            from,
                                            to,
                                            protocol(step),
                                            step.path("port").asInt(),
                                            v,
                                            Optional.empty(),
                                            Optional.empty()))));
                    return new State("", snapshot(step, step.path("pods"), List.of()), probes);
                })));
    }

    private static List<Case> cyclonus(JsonNode cases) {
        return PolicyJson.each(
                cases,
                test -> new Case(
                        test.path("id").asInt() + " " + test.path("description").asString(),
                        PolicyJson.each(test.path("steps"), step -> {
                            List<Probe> probes = new ArrayList<>();
                            for (JsonNode expected : step.path("expect")) {
                                columns(step, (from, to, column) -> {
                                    if (!from.equals(to)) {
                                        probes.add(new Probe(
                                                from,
                                                to,
                                                protocol(expected),
                                                expected.path("port").asInt(),
                                                verdict(expected.path("combined"), from, column)
                                                        .orElseThrow(),
                                                verdict(expected.path("ingress"), from, column),
                                                verdict(expected.path("egress"), from, column)));
                                    }
                                });
                            }
                            return new State(
                                    step.path("actions").toString(),
                                    snapshot(step, step.path("pods"), List.of()),
                                    probes);
                        })));
    }

    private static List<Case> cluster(JsonNode suite) {
        List<Node> nodes = PolicyJson.each(
                suite.path("nodes"),
                node -> new Node(
                        node.path("name").asString(),
                        labels(node.path("labels")),
                        PolicyJson.each(
                                node.path("addresses"),
                                a -> Ip.parse(a.path("address").asString()))));
        return PolicyJson.each(
                suite.path("tests"),
                test -> new Case(
                        test.path("shortName").asString(),
                        PolicyJson.each(
                                test.path("steps"),
                                step -> new State(
                                        step.path("subtest").asString(),
                                        snapshot(step, suite.path("pods"), nodes),
                                        PolicyJson.each(
                                                step.path("probes"),
                                                probe -> new Probe(
                                                        probe.path("from").asString(),
                                                        probe.path("to").asString(),
                                                        protocol(probe),
                                                        probe.path("port").asInt(),
                                                        probe.path("allowed").asBoolean()
                                                                ? Verdict.ALLOW
                                                                : Verdict.DENY,
                                                        Optional.empty(),
                                                        Optional.empty()))))));
    }

    private interface Cell {
        void at(String from, String to, int column);
    }

    private static void columns(JsonNode step, Cell cell) {
        List<String> names = PolicyJson.each(step.path("columns"), JsonNode::asString);
        for (String from : names) {
            for (int column = 0; column < names.size(); column++) {
                cell.at(from, names.get(column), column);
            }
        }
    }

    private static Optional<Verdict> verdict(JsonNode rows, String from, int column) {
        return switch (rows.path(from).asString().charAt(column)) {
            case '.' -> Optional.of(Verdict.ALLOW);
            case 'X' -> Optional.of(Verdict.DENY);
            case '-' -> Optional.empty();
            default -> throw new IllegalArgumentException("no cell: " + rows.path(from));
        };
    }

    private static Protocol protocol(JsonNode json) {
        return Protocol.named(json.path("protocol").asString().toUpperCase(Locale.ROOT))
                .orElseThrow();
    }

    private static Snapshot snapshot(JsonNode step, JsonNode pods, List<Node> nodes) {
        List<Namespace> namespaces = new ArrayList<>();
        step.path("namespaces")
                .properties()
                .forEach(e -> namespaces.add(new Namespace(e.getKey(), labels(e.getValue()))));
        return Snapshot.of(
                namespaces,
                PolicyJson.each(pods, Conformance::pod),
                nodes,
                List.of(),
                PolicyJson.each(step.path("policies"), PolicyJson::read));
    }

    private static Pod pod(JsonNode json) {
        String namespace = json.path("namespace").asString();
        String name = json.path("name").asString();
        return new Pod(
                namespace,
                name,
                labels(json.path("labels")),
                List.of(Ip.parse(json.path("ip").asString())),
                json.path("node").asString(""),
                json.path("hostNetwork").asBoolean(false),
                PolicyJson.each(
                        json.path("ports"),
                        port -> new ContainerPort(
                                port.path("name").asString(""),
                                protocol(port),
                                port.has("port")
                                        ? port.path("port").asInt()
                                        : port.path("containerPort").asInt())),
                new Workload("Pod", namespace, name),
                SourcePosition.NONE);
    }

    private static Map<String, String> labels(JsonNode json) {
        Map<String, String> out = new TreeMap<>();
        json.properties().forEach(e -> out.put(e.getKey(), e.getValue().asString()));
        return out;
    }
}
