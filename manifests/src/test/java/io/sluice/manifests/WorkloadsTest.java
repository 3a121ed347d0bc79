package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Pod;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pods from templates, pods from a cluster, and both together. */
class WorkloadsTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            apps/v1 Deployment       | {}                                      | web-1
            apps/v1 Deployment       | {replicas: 3}                           | web-1 web-2 web-3
            apps/v1 Deployment       | {replicas: 0}                           |
            apps/v1 ReplicaSet       | {replicas: 2}                           | web-1 web-2
            v1 ReplicationController | {replicas: 2}                           | web-1 web-2
            apps/v1 StatefulSet      | {replicas: 2}                           | web-0 web-1
            apps/v1 DaemonSet        | {}                                      | web-1
            batch/v1 Job             | {}                                      | web-1
            batch/v1 Job             | {parallelism: 3}                        | web-1 web-2 web-3
            batch/v1 Job             | {parallelism: 3, completions: 2}        | web-1 web-2
            batch/v1 Job             | {suspend: true}                         |
            batch/v1 CronJob         | {}                                      | web-1
            batch/v1 CronJob         | {suspend: true}                         |
            batch/v1 CronJob         | {jobTemplate: {spec: {parallelism: 2}}} | web-1 web-2
            """)
    void replicas(String kind, String spec, String pods) {
        Manifests read = Reading.of("""
                apiVersion: %s
                kind: %s
                metadata: {name: web}
                spec: %s
                """.formatted(kind.split(" ")[0], kind.split(" ")[1], spec));
        assertThat(read.diagnostics()).isEmpty();
        assertThat(names(read)).isEqualTo(pods == null ? "" : pods);
    }

    @Test
    void templateOfAPod() {
        Manifests read = Reading.of("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop, labels: {not: these}}
                spec:
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      hostNetwork: true
                      initContainers:
                      - {name: once, ports: [{containerPort: 1}]}
                      - {name: sidecar, restartPolicy: Always, ports: [{containerPort: 9000, name: mesh}]}
                      containers:
                      - {name: a, ports: [{containerPort: 80, name: http}, {containerPort: 53, protocol: UDP}]}
                      - {name: b}
                """);
        Pod pod = read.snapshot().pods().getFirst();
        assertThat(pod.fullName()).isEqualTo("shop/web-1");
        assertThat(pod.labels()).containsExactly(java.util.Map.entry("app", "web"));
        assertThat(pod.hostNetwork()).isTrue();
        assertThat(pod.workload()).hasToString("shop/web[Deployment]");
        assertThat(pod.ports().stream().map(p -> p.name() + ":" + p.protocol() + ":" + p.port()))
                .containsExactly("http:TCP:80", ":UDP:53", "mesh:TCP:9000");
        assertThat(read.snapshot().namespaces()).containsKey("shop");
    }

    @Test
    void aDaemonSetHasAPodOnEveryNode() {
        Manifests read = Reading.of("""
                {apiVersion: v1, kind: Node, metadata: {name: n1}}
                ---
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: agent}
                ---
                {apiVersion: v1, kind: Node, metadata: {name: n2}}
                """);
        assertThat(read.snapshot().pods().stream().map(p -> p.name() + " on " + p.node()))
                .containsExactly("agent-n1 on n1", "agent-n2 on n2");
    }

    @Test
    void namesAreUnique() {
        Manifests read = Reading.of("""
                {apiVersion: v1, kind: Pod, metadata: {name: web-1}}
                ---
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}
                ---
                {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: web}, spec: {replicas: 2}}
                """);
        assertThat(names(read)).isEqualTo("web-1 web-1-deployment web-0 web-1-statefulset");
    }

    @Test
    void aDumpCountsEveryPodOnce() {
        Manifests read = Reading.of("""
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 2}}
                - apiVersion: apps/v1
                  kind: ReplicaSet
                  metadata: {name: web-old, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
                  spec: {replicas: 0}
                - apiVersion: apps/v1
                  kind: ReplicaSet
                  metadata: {name: web-6c, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
                  spec: {replicas: 2}
                - apiVersion: v1
                  kind: Pod
                  metadata: {name: web-6c-a, ownerReferences: [{kind: ReplicaSet, name: web-6c, controller: true}]}
                  spec: {nodeName: n1}
                  status: {phase: Running, podIP: 10.0.0.1, podIPs: [{ip: 10.0.0.1}, {ip: "fd00::1"}]}
                - apiVersion: v1
                  kind: Pod
                  metadata:
                    name: web-6c-b
                    deletionTimestamp: "2026-01-01T00:00:00Z"
                    ownerReferences: [{kind: ReplicaSet, name: web-6c, controller: true}]
                  status: {phase: Running, podIP: 10.0.0.2}
                - {apiVersion: batch/v1, kind: Job, metadata: {name: once}}
                - apiVersion: v1
                  kind: Pod
                  metadata: {name: once-x, ownerReferences: [{kind: Job, name: once}]}
                  status: {phase: Succeeded, podIP: 10.0.0.1}
                - apiVersion: v1
                  kind: Pod
                  metadata:
                    name: api-5f-z
                    labels: {pod-template-hash: 5f}
                    ownerReferences: [{kind: ReplicaSet, name: api-5f}]
                - {apiVersion: v1, kind: Pod, metadata: {name: gone, deletionTimestamp: "2026-01-01T00:00:00Z"}}
                - {apiVersion: v1, kind: Pod, metadata: {name: alone}}
                """);
        assertThat(read.diagnostics()).isEmpty();
        assertThat(read.snapshot().pods().stream().map(p -> p.name() + " " + p.workload() + " " + p.ips()))
                .containsExactly(
                        "web-6c-a default/web[Deployment] [10.0.0.1, fd00::1]",
                        "web-6c-b default/web[Deployment] [10.0.0.2]",
                        "api-5f-z default/api[Deployment] []",
                        "alone default/alone[Pod] []");
    }

    @Test
    void aDeploymentThatHasNoPodsYetIsExpanded() {
        Manifests read = Reading.of("""
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 2}}
                ---
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata: {name: web-old, ownerReferences: [{kind: Deployment, name: web, controller: true}]}
                spec: {replicas: 0}
                """);
        assertThat(names(read)).isEqualTo("web-1 web-2");
    }

    @Test
    void ownersInACircleEnd() {
        Manifests read = Reading.of("""
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata: {name: a, ownerReferences: [{kind: ReplicaSet, name: b}]}
                ---
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata: {name: b, ownerReferences: [{kind: ReplicaSet, name: a}]}
                """);
        assertThat(read.diagnostics()).isEmpty();
    }

    @Test
    void servicesAndNodes() {
        Manifests read = Reading.of("""
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec:
                  selector: {app: web}
                  clusterIP: 10.96.0.1
                  clusterIPs: [10.96.0.1, "fd00::1"]
                  ports:
                  - {port: 80}
                  - {port: 81, targetPort: 8081, name: b, protocol: UDP}
                  - {port: 82, targetPort: http}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: h}, spec: {clusterIP: None, ports: null}}
                ---
                {apiVersion: v1, kind: Service, metadata: {name: e}, spec: {type: ExternalName, externalName: a.b}}
                ---
                apiVersion: v1
                kind: Node
                metadata: {name: n1, labels: {zone: a}}
                status:
                  addresses:
                  - {type: InternalIP, address: 192.168.0.1}
                  - {type: ExternalIP, address: 203.0.113.1}
                  - {type: Hostname, address: node}
                """);
        assertThat(read.diagnostics()).isEmpty();
        assertThat(read.snapshot().services().stream()
                        .map(v -> v.name() + " " + v.type() + " " + v.headless() + " " + v.clusterIps()))
                .containsExactly(
                        "web ClusterIP false [10.96.0.1, fd00::1]", "h ClusterIP true []", "e ExternalName false []");
        assertThat(read.snapshot().services().getFirst().ports().stream()
                        .map(p -> p.name() + " " + p.protocol() + " " + p.port() + " to " + p.targetName() + " "
                                + p.targetPort()))
                .containsExactly(" TCP 80 to  80", "b UDP 81 to  8081", " TCP 82 to http 0");
        assertThat(read.snapshot().nodes().getFirst().ips())
                .extracting(Object::toString)
                .containsExactly("192.168.0.1", "203.0.113.1");
    }

    private static String names(Manifests read) {
        return read.snapshot().pods().stream().map(Pod::name).collect(Collectors.joining(" "));
    }

    /** A pod that has ended keeps its address in the status for a while, which another pod may have by now. */
    @ParameterizedTest
    @CsvSource({"Succeeded, false", "Failed, false", "Running, true", "Pending, true"})
    void trap33_aPodThatHasFinishedIsNoEndpoint(String phase, boolean counts) {
        Manifests read = Reading.of("""
                apiVersion: v1
                kind: Pod
                metadata: {name: a}
                status: {phase: %s, podIP: 10.0.0.1}
                """.formatted(phase));
        assertThat(read.snapshot().pods()).hasSize(counts ? 1 : 0);
    }
}
