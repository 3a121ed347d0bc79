package io.sluice.bench;

import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A cluster as a folder of manifests, the way a repository of one holds it: a file for what belongs to no namespace and
 * one for each namespace, its pods as the API server tells them (with owner, node and addresses) and its policies.
 */
final class ManifestFolder {
    private final Map<String, YamlText> files = new LinkedHashMap<>();
    private int documents;

    private ManifestFolder() {}

    /** What was written. */
    record Size(int files, int documents, long bytes) {}

    /**
     * Writes it into a new folder.
     *
     * @param without policies, by namespace and name, that are left out
     */
    static Size write(Snapshot snapshot, Path folder, Set<String> without) throws IOException {
        ManifestFolder manifests = new ManifestFolder();
        snapshot.nodes().forEach(manifests::node);
        snapshot.namespaces().values().forEach(manifests::namespace);
        snapshot.pods().forEach(manifests::pod);
        for (Policy policy : snapshot.policies()) {
            if (!without.contains(policy.id().namespace() + "/" + policy.id().name())) {
                manifests.policy(policy);
            }
        }
        return manifests.writeTo(folder);
    }

    /** Writes the NetworkPolicies alone, a file each: what a tool needs that reads one document of a file. */
    static void writePoliciesApart(Snapshot snapshot, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Policy policy : snapshot.policies()) {
            if (!policy.id().namespace().isEmpty()) {
                ManifestFolder one = new ManifestFolder();
                one.policy(policy);
                String text = one.files.values().iterator().next().toString();
                Files.writeString(
                        folder.resolve(
                                policy.id().namespace() + "-" + policy.id().name() + ".yaml"),
                        text);
            }
        }
    }

    private Size writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        long bytes = 0;
        for (Map.Entry<String, YamlText> file : files.entrySet()) {
            String text = file.getValue().toString();
            bytes += text.length();
            Files.writeString(folder.resolve(file.getKey() + ".yaml"), text);
        }
        return new Size(files.size(), documents, bytes);
    }

    private YamlText document(String namespace, String apiVersion, String kind, String name) {
        YamlText text = files.computeIfAbsent(namespace.isEmpty() ? "cluster" : namespace, _ -> new YamlText());
        documents++;
        text.separator();
        text.line(0, "apiVersion: " + apiVersion);
        text.line(0, "kind: " + kind);
        text.line(0, "metadata:");
        text.line(1, "name: " + name);
        if (!namespace.isEmpty() && !kind.equals("Namespace")) {
            text.line(1, "namespace: " + namespace);
        }
        return text;
    }

    private void node(Node node) {
        YamlText text = document("", "v1", "Node", node.name());
        text.labels(1, "labels", node.labels());
        text.line(0, "status:");
        text.line(1, "addresses:");
        node.ips().forEach(ip -> text.line(1, "- {type: InternalIP, address: \"" + ip + "\"}"));
    }

    private void namespace(Namespace namespace) {
        document(namespace.name(), "v1", "Namespace", namespace.name()).labels(1, "labels", namespace.labels());
    }

    private void pod(Pod pod) {
        YamlText text = document(pod.namespace(), "v1", "Pod", pod.name());
        text.labels(1, "labels", pod.labels());
        text.line(1, "ownerReferences:");
        text.line(1, "- apiVersion: apps/v1");
        text.line(1, "  kind: ReplicaSet");
        text.line(1, "  name: " + pod.workload().name() + "-" + pod.labels().get("pod-template-hash"));
        text.line(1, "  controller: true");
        text.line(0, "spec:");
        text.line(1, "nodeName: " + pod.node());
        text.line(1, "containers:");
        text.line(1, "- name: main");
        text.line(1, "  image: registry.example/" + pod.workload().name() + ":1.0");
        text.line(1, "  ports:");
        pod.ports()
                .forEach(port -> text.line(
                        1,
                        "  - {name: " + port.name() + ", containerPort: " + port.port() + ", protocol: "
                                + port.protocol() + "}"));
        text.line(0, "status:");
        text.line(1, "phase: Running");
        text.line(1, "podIP: " + pod.ips().getFirst());
        text.line(1, "podIPs:");
        pod.ips().forEach(ip -> text.line(1, "- ip: \"" + ip + "\""));
    }

    private void policy(Policy policy) {
        boolean namespaced = policy.subject().namespaces() instanceof NamespaceMatch.Named;
        YamlText text = document(
                policy.id().namespace(),
                namespaced ? "networking.k8s.io/v1" : "policy.networking.k8s.io/v1alpha2",
                policy.id().kind(),
                policy.id().name());
        PolicyText body = new PolicyText(text);
        if (namespaced) {
            body.networkPolicy(policy);
        } else {
            body.clusterNetworkPolicy(policy);
        }
    }
}
