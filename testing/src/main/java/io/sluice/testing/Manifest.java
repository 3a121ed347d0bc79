package io.sluice.testing;

import io.sluice.policy.model.Node;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a cluster as Kubernetes objects, so that what a test found can be saved to a file and read by the command line:
 * documents of YAML, each in the form of JSON. A policy that neither NetworkPolicy nor ClusterNetworkPolicy can say is
 * there as a comment, and so are domain names, which no object holds.
 */
public final class Manifest {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final StringBuilder out = new StringBuilder();

    private Manifest() {}

    public static String of(Snapshot snapshot) {
        Manifest manifest = new Manifest();
        snapshot.namespaces()
                .values()
                .forEach(namespace -> manifest.document(
                        "v1", "Namespace", Map.of("name", namespace.name(), "labels", namespace.labels()), Map.of()));
        snapshot.nodes().forEach(manifest::node);
        snapshot.pods().forEach(manifest::pod);
        PolicyObject objects = new PolicyObject(snapshot.policies());
        snapshot.policies().forEach(policy -> manifest.policy(policy, objects));
        snapshot.names().forEach((ip, names) -> manifest.out.append("# " + ip + " is known as " + names + "\n"));
        return manifest.out.toString();
    }

    private void document(String apiVersion, String kind, Map<String, ?> metadata, Map<String, ?> body) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        object.put("metadata", metadata);
        object.putAll(body);
        out.append("---\n").append(JSON.writeValueAsString(object)).append('\n');
    }

    private void node(Node node) {
        List<Map<String, String>> addresses = node.ips().stream()
                .map(ip -> Map.of("type", "InternalIP", "address", ip.toString()))
                .toList();
        document(
                "v1",
                "Node",
                Map.of("name", node.name(), "labels", node.labels()),
                Map.of("status", Map.of("addresses", addresses)));
    }

    private void pod(Pod pod) {
        List<Map<String, Object>> ports = pod.ports().stream()
                .map(port -> {
                    Map<String, Object> one = new LinkedHashMap<>();
                    if (!port.name().isEmpty()) {
                        one.put("name", port.name());
                    }
                    one.put("containerPort", port.port());
                    one.put("protocol", port.protocol().toString());
                    return one;
                })
                .toList();
        Map<String, Object> spec = new LinkedHashMap<>();
        if (!pod.node().isEmpty()) {
            spec.put("nodeName", pod.node());
        }
        spec.put("hostNetwork", pod.hostNetwork());
        spec.put("serviceAccountName", pod.account().name());
        spec.put("containers", List.of(Map.of("name", "main", "image", "main", "ports", ports)));
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("phase", "Running");
        if (!pod.ips().isEmpty()) {
            status.put("podIP", pod.ips().getFirst().toString());
            status.put(
                    "podIPs",
                    pod.ips().stream().map(ip -> Map.of("ip", ip.toString())).toList());
        }
        document(
                "v1",
                "Pod",
                Map.of("name", pod.name(), "namespace", pod.namespace(), "labels", pod.labels()),
                Map.of("spec", spec, "status", status));
    }

    private void policy(Policy policy, PolicyObject objects) {
        Optional<PolicyObject.Spec> spec = objects.of(policy);
        if (spec.isPresent()) {
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("name", policy.id().name());
            if (!policy.id().namespace().isEmpty()) {
                metadata.put("namespace", policy.id().namespace());
            }
            document(
                    spec.get().apiVersion(),
                    spec.get().kind(),
                    metadata,
                    Map.of("spec", spec.get().fields()));
        } else {
            out.append("# no Kubernetes object says this: ").append(policy).append('\n');
        }
    }
}
