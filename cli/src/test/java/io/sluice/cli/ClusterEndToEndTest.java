package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every verb on a running cluster: the real API server, users with the rights of docs/inputs.md and with fewer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterEndToEndTest {
    /** More than one page of the API. */
    private static final int MANY = 620;

    private static final String OBJECTS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {team: shop}}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: many}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: shop}
            spec:
              serviceName: db
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec: {containers: [{name: c, image: i, ports: [{containerPort: 5432}]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: db, namespace: shop}
            spec: {selector: {app: db}, ports: [{port: 5432}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: db, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: db}}
              policyTypes: [Ingress]
              ingress:
                - from: [{podSelector: {matchLabels: {app: web}}}]
                  ports: [{port: 5432}]
            """;

    /** As little of a definition as the API server takes: what is in a policy is not its business here. */
    private static final String DEFINITION = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: %2$s.%1$s
              annotations: {api-approved.kubernetes.io: "unapproved, for a test"}
            spec:
              group: %1$s
              scope: Cluster
              names: {plural: %2$s, singular: %3$s, kind: %4$s, listKind: %4$sList}
              versions:
                - name: v1alpha1
                  served: true
                  storage: true
                  schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
            """;

    private static final String ADMIN_POLICY = """
            apiVersion: policy.networking.k8s.io/v1alpha1
            kind: AdminNetworkPolicy
            metadata: {name: no-web-to-world}
            spec:
              priority: 10
              subject: {namespaces: {matchLabels: {team: shop}}}
              egress:
                - {name: world, action: Deny, to: [{networks: ["203.0.113.0/24"]}]}
            """;

    private Path folder;
    private ControlPlane plane;
    private KubernetesClient client;

    @BeforeAll
    void start() throws Exception {
        Optional<Path> binary = ControlPlane.binary();
        assumeTrue(
                binary.isPresent(),
                "the API server that these tests run against is not built: make test-cluster builds it");
        folder = Files.createTempDirectory("sluice-cp");
        Path tokens = Files.writeString(folder.resolve("tokens"), """
                reader,reader,u1
                blind,blind,u2
                nodeless,nodeless,u3
                """);
        plane = ControlPlane.start(binary.get(), folder, "--token-auth-file=" + tokens);
        client = plane.client();
        apply(DEFINITION.formatted(
                "policy.networking.k8s.io", "adminnetworkpolicies", "adminnetworkpolicy", "AdminNetworkPolicy"));
        apply(OBJECTS);
        apply(replicaSet());
        run("web-6d4f-a", "ReplicaSet", "web-6d4f", "app: web, pod-template-hash: 6d4f", "10.1.0.1");
        run("web-6d4f-b", "ReplicaSet", "web-6d4f", "app: web, pod-template-hash: 6d4f", "10.1.0.2");
        run("db-0", "StatefulSet", "db", "app: db", "10.1.0.3");
        retried(() -> apply(ADMIN_POLICY));
        many();
        roles();
        Files.writeString(folder.resolve("opened.yaml"), policy("{port: 5432}, {port: 9090}"));
        Files.writeString(folder.resolve("same.yaml"), policy("{port: 5432}"));
        Files.writeString(folder.resolve("renamed.yaml"), document(OBJECTS, 2).replace("app: web", "app: site"));
        Files.writeString(
                folder.resolve("namespace.yaml"), "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
        Files.writeString(
                folder.resolve("q.jsonl"), "{\"from\":\"shop/web-6d4f-a\",\"to\":\"10.1.0.3\",\"port\":80}\n");
        Files.writeString(folder.resolve("intents.yaml"), """
                tests:
                  - {name: web reaches db, from: shop/web, to: shop/db, ports: [TCP 5432], expect: allow}
                """);
    }

    @AfterAll
    void stop() throws Exception {
        if (client != null) {
            client.close();
        }
        if (plane != null) {
            plane.close();
            Sluice.output("rm", "-r", folder.toString());
        }
    }

    private static String document(String text, int number) {
        return text.split("---\n")[number];
    }

    /** As the controller of Deployments makes it. */
    private static String replicaSet() {
        return document(OBJECTS, 2)
                .replace("kind: Deployment", "kind: ReplicaSet")
                .replace(
                        "{name: web, namespace: shop}",
                        "{name: web-6d4f, namespace: shop, labels: {app: web, pod-template-hash: 6d4f}, ownerReferences:"
                                + " [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u, controller: true}]}")
                .replace("{app: web}", "{app: web, pod-template-hash: 6d4f}");
    }

    private static String policy(String ports) {
        return document(OBJECTS, 5).replace("{port: 5432}", ports);
    }

    private void apply(String text) {
        for (HasMetadata object : client.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .items()) {
            client.resource(object).create();
        }
    }

    /** A kind is served a moment after its definition has been accepted. */
    private static void retried(Runnable action) throws InterruptedException {
        for (int i = 0; ; i++) {
            try {
                action.run();
                return;
            } catch (RuntimeException e) {
                if (i == 50) {
                    throw e;
                }
                Thread.sleep(200);
            }
        }
    }

    private void run(String name, String ownerKind, String owner, String labels, String address) {
        String text = """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: shop
                  labels: {%s}
                  ownerReferences: [{apiVersion: apps/v1, kind: %s, name: %s, uid: u, controller: true}]
                spec: {containers: [{name: c, image: i}]}
                """.formatted(name, labels, ownerKind, owner);
        apply(text);
        Pod pod = client.pods().inNamespace("shop").withName(name).get();
        client.resource(new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase("Running")
                        .withPodIP(address)
                        .addNewPodIP(address)
                        .endStatus()
                        .build())
                .updateStatus();
    }

    private void many() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> made = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                String text = """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: pod-%d, namespace: many, labels: {n: "%d"}}
                        spec: {containers: [{name: c, image: i}]}
                        """.formatted(i, i);
                made.add(threads.submit(() -> apply(text)));
            }
            for (Future<?> one : made) {
                one.get();
            }
        }
    }

    /** The role as the documentation gives it, and two that lack something. */
    private void roles() throws IOException {
        String documented = clusterRole();
        apply(documented);
        bind("reader", "sluice-reader");
        apply(documented.replace("sluice-reader", "blind").replace("[networkpolicies, ", "["));
        bind("blind", "blind");
        apply(documented.replace("sluice-reader", "nodeless").replace("nodes, ", ""));
        bind("nodeless", "nodeless");
    }

    private void bind(String user, String role) {
        apply("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: %s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %s}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %s}]
                """.formatted(user, role, user));
    }

    private static String clusterRole() throws IOException {
        String page = Files.readString(Path.of("../docs/inputs.md"));
        int at = page.indexOf("kind: ClusterRole\n");
        int begin = page.lastIndexOf("```yaml\n", at) + "```yaml\n".length();
        return page.substring(begin, page.indexOf("```", begin));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            lint --cluster                                                     ; 0 ; cluster:Pod shop/db-0: info: namespace shop has no default deny
            connectivity --cluster --focus shop/db                             ; 0 ; shop/web[Deployment] => shop/db[StatefulSet] : TCP 5432
            connectivity --cluster --focus shop/db-0 --pods                    ; 0 ; shop/web-6d4f-a[Pod] => shop/db-0[Pod] : TCP 5432
            connectivity --cluster --focus many/pod-619                        ; 0 ; many/pod-0[Pod] => many/pod-619[Pod] : All
            explain --cluster --from shop/web --to svc/db -n shop -p 5432      ; 0 ; NetworkPolicy shop/db  cluster:NetworkPolicy shop/db
            explain --cluster --from shop/web --to 203.0.113.1 -p 80           ; 0 ; cluster:AdminNetworkPolicy no-web-to-world
            decide --cluster -c q.jsonl                                        ; 0 ; "file":"cluster:NetworkPolicy shop/db"
            check --cluster                                                    ; 0 ; Nothing superfluous
            check equal --cluster same.yaml                                    ; 0 ; equal
            check equal --cluster opened.yaml                                  ; 1 ; TCP 9090
            test --cluster -t intents.yaml                                     ; 0 ; web reaches db
            generate --cluster --static -n shop                                ; 0 ; kind: NetworkPolicy
            diff --cluster same.yaml                                           ; 0 ; No difference
            diff --cluster opened.yaml                                         ; 1 ; gained TCP 9090
            diff --cluster renamed.yaml                                        ; 1 ; shop/web[Deployment] => shop/db[StatefulSet]
            diff --cluster namespace.yaml                                      ; 0 ; No difference
            """)
    void everyVerb(String line, int status, String said) throws Exception {
        Sluice.Run run = as(plane.kubeconfig(), line);
        assertThat(run.out()).as(run.err()).contains(said);
        assertThat(run.status()).as(run.out() + run.err()).isEqualTo(status);
        assertThat(run.err()).doesNotContain("cannot", "\tat ");
    }

    /** The documented rights are enough for every verb, and lead to no warning. */
    @Test
    void documentedRights() throws Exception {
        Path reader = plane.kubeconfig(folder, "reader", Optional.empty());
        Sluice.Run run = as(reader, "check --cluster");
        assertThat(run.err().lines().filter(line -> !line.endsWith(" ..."))).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(as(reader, "generate --cluster --static -n shop").status()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            nodeless ; 0 ; sluice: warning: cannot list nodes: 403: nodes is forbidden
            blind    ; 2 ; sluice: cannot list networkpolicies.networking.k8s.io: 403: networkpolicies.networking.k8s.io is forbidden
            nobody   ; 2 ; does not accept the credentials of the kubeconfig (401)
            """)
    void fewerRights(String user, int status, String said) throws Exception {
        Sluice.Run run = as(plane.kubeconfig(folder, user, Optional.empty()), "check --cluster");
        assertThat(run.err()).contains(said).doesNotContain("\tat ");
        assertThat(run.status()).isEqualTo(status);
        assertThat(run.out()).matches(out -> status == 0 || out.isEmpty(), "nothing on stdout as if it were a result");
    }

    @Test
    void certificateOfAnotherAuthority() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other"));
        try (ControlPlane second = ControlPlane.start(ControlPlane.binary().orElseThrow(), other)) {
            Path wrong = plane.kubeconfig(
                    folder, "reader", Optional.of(second.kubeconfig().resolveSibling("authority.crt")));
            Sluice.Run run = as(wrong, "lint --cluster");
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err()).contains("the certificate of the API server").doesNotContain("\tat ");
        }
    }

    /** Policies of an engine that is not read are said once there is one. */
    @Test
    void policiesThatNobodyReads() throws Exception {
        apply(DEFINITION.formatted("example.org", "othernetworkpolicies", "othernetworkpolicy", "OtherNetworkPolicy"));
        retried(() -> apply("apiVersion: example.org/v1alpha1\nkind: OtherNetworkPolicy\nmetadata: {name: a}\n"));
        Sluice.Run run = as(plane.kubeconfig(), "check --cluster");
        assertThat(run.err()).contains("there are othernetworkpolicies.example.org in the cluster, which are not read");
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("othernetworkpolicies.example.org")
                .delete();
    }

    private Sluice.Run as(Path kubeconfig, String line) throws Exception {
        return Sluice.run(List.of("env", "-C", folder.toString(), "KUBECONFIG=" + kubeconfig), line.split(" +"));
    }
}
