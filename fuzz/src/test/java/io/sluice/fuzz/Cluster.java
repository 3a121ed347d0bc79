package io.sluice.fuzz;

import io.sluice.manifests.ManifestReader;
import io.sluice.policy.model.Snapshot;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A small cluster that questions and intents are asked of. */
final class Cluster {
    static final Snapshot SHOP = ManifestReader.read(
                    List.of("-"), new ByteArrayInputStream("""
                    apiVersion: v1
                    kind: Node
                    metadata: {name: n1}
                    status: {addresses: [{type: InternalIP, address: 192.168.0.1}]}
                    ---
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: web, namespace: shop, labels: {app: web}}
                    spec: {nodeName: n1, containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}
                    status: {phase: Running, podIPs: [{ip: 10.0.0.1}, {ip: "fd00::1"}]}
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: db, namespace: shop}
                    spec: {replicas: 2, template: {metadata: {labels: {app: db}}, spec: {containers: [{name: c}]}}}
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: web, namespace: shop}
                    spec: {selector: {app: web}, clusterIP: 10.96.0.1, ports: [{port: 80, targetPort: http}]}
                    ---
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {name: db, namespace: shop}
                    spec:
                      podSelector: {matchLabels: {app: db}}
                      ingress:
                      - from: [{podSelector: {matchLabels: {app: web}}}, {ipBlock: {cidr: 203.0.113.0/24}}]
                        ports: [{port: 5432}]
                    ---
                    apiVersion: security.istio.io/v1
                    kind: AuthorizationPolicy
                    metadata: {name: web, namespace: shop}
                    spec:
                      selector: {matchLabels: {app: web}}
                      rules:
                      - to: [{operation: {methods: [GET], paths: ["/a/{*}"], hosts: ["*.example.org"]}}]
                        when: [{key: "request.headers[x-a]", values: [b]}, {key: "request.auth.claims[c][d]", values: [e]}]
                    """.getBytes(StandardCharsets.UTF_8)))
            .snapshot();

    private Cluster() {}
}
