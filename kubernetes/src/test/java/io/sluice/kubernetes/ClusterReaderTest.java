package io.sluice.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of an API server, and what becomes of each kind of answer. */
class ClusterReaderTest {
    private static final Set<String> KINDS = Set.of(
            "v1 Pod",
            "v1 Node",
            "apps/v1 Deployment",
            "apps/v1 ReplicaSet",
            "networking.k8s.io/v1 NetworkPolicy",
            "networking.k8s.io/v1 Ingress",
            "networking.k8s.io/v1beta1 Ingress",
            "extensions/v1beta1 Ingress",
            "policy.networking.k8s.io/v1alpha1 AdminNetworkPolicy");
    private static final String GROUPS = """
            {"groups":[{"name":"apps","versions":[{"groupVersion":"apps/v1","version":"v1"}]},
            {"name":"extensions","versions":[{"groupVersion":"extensions/v1beta1"}]},
            {"name":"networking.k8s.io","versions":[{"groupVersion":"networking.k8s.io/v1"},
            {"groupVersion":"networking.k8s.io/v1beta1"}]}%s]}
            """;

    @TempDir
    Path folder;

    private ScriptedServer server;

    @BeforeEach
    void serve() throws IOException {
        server = new ScriptedServer();
        server.serves("/api/v1", "pods Pod", "pods/log Pod", "nodes Node", "secrets Secret");
        server.serves("/apis/apps/v1", "deployments Deployment", "replicasets ReplicaSet");
        server.serves("/apis/extensions/v1beta1", "ingresses Ingress");
        server.serves("/apis/networking.k8s.io/v1", "networkpolicies NetworkPolicy", "ingresses Ingress");
        server.serves("/apis/networking.k8s.io/v1beta1", "ingresses Ingress");
        server.on("/api/v1/nodes?limit=500", list(""));
        server.on("/apis/apps/v1/deployments?limit=500", list(""));
        server.on("/apis/apps/v1/replicasets?limit=500", list(""));
        server.on("/apis/networking.k8s.io/v1/ingresses?limit=500", list(""));
        server.on("/apis/networking.k8s.io/v1/networkpolicies?limit=500", list(""));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String list(String next) {
        return "{\"items\":[],\"metadata\":{\"resourceVersion\":\"7\",\"continue\":\"" + next + "\"}}";
    }

    private static String status(String message) {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"" + message + "\"}";
    }

    private ClusterObjects read() throws IOException {
        return ClusterReader.read(server.access(folder), KINDS);
    }

    @Test
    void ownersComeFirstAndPagesInOrder() throws IOException {
        server.on("/apis", GROUPS.formatted(""))
                .on("/api/v1/pods?limit=500", list("a b"))
                .on("/api/v1/pods?limit=500&continue=a+b", list("c"))
                .on("/api/v1/pods?limit=500&continue=c", list(""));
        ClusterObjects objects = read();
        assertThat(objects.listings())
                .extracting(
                        l -> l.apiVersion() + " " + l.kind() + " " + l.pages().size())
                .containsExactly(
                        "apps/v1 Deployment 1",
                        "apps/v1 ReplicaSet 1",
                        "networking.k8s.io/v1 Ingress 1",
                        "networking.k8s.io/v1 NetworkPolicy 1",
                        "v1 Node 1",
                        "v1 Pod 3");
        assertThat(objects.warnings()).isEmpty();
        assertThat(server.asked()).noneMatch(path -> path.contains("secrets"));
    }

    /** "The provided continue parameter is too old": the list begins anew. */
    @Test
    void listThatExpiresBeginsAnew() throws IOException {
        server.on("/apis", GROUPS.formatted(""))
                .on("/api/v1/pods?limit=500", list("old"))
                .on("/api/v1/pods?limit=500&continue=old", 410, status("too old"))
                .on("/api/v1/pods?limit=500", list(""));
        assertThat(read().listings().getLast().pages()).hasSize(1);
    }

    @Test
    void dispensableKindThatIsForbiddenIsAWarning() throws IOException {
        server.on("/apis", GROUPS.formatted("")).on("/api/v1/pods?limit=500", list(""));
        server.instead("/api/v1/nodes?limit=500", 403, status("nodes is forbidden: User \\\"me\\\" cannot list"));
        ClusterObjects objects = read();
        assertThat(objects.warnings())
                .containsExactly("cannot list nodes: 403: nodes is forbidden: User \"me\" cannot list; verdicts leave"
                        + " them out");
    }

    @Test
    void policyThatIsForbiddenIsAnError() {
        server.on("/apis", GROUPS.formatted("")).on("/api/v1/pods?limit=500", list(""));
        server.instead("/apis/networking.k8s.io/v1/networkpolicies?limit=500", 403, status("forbidden"));
        assertThatThrownBy(this::read)
                .isInstanceOf(ClusterUnavailable.class)
                .hasMessage("cannot list networkpolicies.networking.k8s.io: 403: forbidden; without them verdicts would"
                        + " be wrong");
    }

    /** Verdicts of a cluster with another engine's policies would be wrong in silence. */
    @Test
    void policiesThatNobodyReadsAreSaid() throws IOException {
        server.on("/apis", GROUPS.formatted("""
                        ,{"name":"cilium.io","versions":[{"groupVersion":"cilium.io/v2"}]}
                        ,{"name":"policy.networking.k8s.io","versions":[{"groupVersion":"policy.networking.k8s.io/v1beta1"}]}"""))
                .on("/api/v1/pods?limit=500", list(""))
                .serves(
                        "/apis/cilium.io/v2",
                        "ciliumnetworkpolicies CiliumNetworkPolicy",
                        "ciliumclusterwidenetworkpolicies CiliumClusterwideNetworkPolicy")
                .serves("/apis/policy.networking.k8s.io/v1beta1", "adminnetworkpolicies AdminNetworkPolicy")
                .on("/apis/cilium.io/v2/ciliumnetworkpolicies?limit=1", "{\"items\":[{\"metadata\":{\"name\":\"a\"}}]}")
                .on("/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies?limit=1", list(""))
                .on("/apis/policy.networking.k8s.io/v1beta1/adminnetworkpolicies?limit=1", 403, status("no"));
        assertThat(read().warnings())
                .containsExactly(
                        "there are ciliumnetworkpolicies.cilium.io in the cluster, which are not read; verdicts leave"
                                + " them out",
                        "there may be adminnetworkpolicies.policy.networking.k8s.io in the cluster (403: no), which are"
                                + " not read; verdicts leave them out");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            401 ; {"kind":"Status","message":"Unauthorized"} ; does not accept the credentials of the kubeconfig (401)
            403 ; {"kind":"Status","message":"forbidden: no"}  ; does not say what it serves: 403: forbidden: no
            200 ; <html>hello</html>                           ; answers with something that is not JSON
            """)
    void serverThatDoesNotAnswer(int status, String body, String said) {
        server.on("/apis", status, body);
        assertThatThrownBy(this::read)
                .isInstanceOf(ClusterUnavailable.class)
                .hasMessageContaining(said)
                .extracting(Throwable::getMessage)
                .satisfies(message -> assertThat(String.valueOf(message)).doesNotContain("\n"));
    }

    @Test
    void nobodyIsThere() throws IOException {
        ClusterAccess access = server.access(folder);
        server.close();
        assertThatThrownBy(() -> ClusterReader.read(access, KINDS))
                .hasMessage("cannot reach the API server " + server.url() + ": connection refused");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            clusters: []                    ; kc has no current context: name one with --context
            'current-context: [1, 2'        ; kc: cannot be read as a kubeconfig
            'current-context: gone'         ; kc has no current context: name one with --context
            ''                              ; kc: cannot be read as a kubeconfig: it is empty
            """)
    void kubeconfigThatSaysNothing(String text, String said) throws IOException {
        Path file = Files.writeString(folder.resolve("kc"), text);
        assertThatThrownBy(() -> ClusterReader.read(new ClusterAccess(Optional.of(file), Optional.empty()), KINDS))
                .isInstanceOf(ClusterUnavailable.class)
                .hasMessageContaining(said);
    }

    @Test
    void contextThatIsNotThere() throws IOException {
        Path file = server.access(folder).kubeconfig().orElseThrow();
        assertThatThrownBy(() -> ClusterReader.read(new ClusterAccess(Optional.of(file), Optional.of("x")), KINDS))
                .hasMessage("there is no context 'x' in " + file + "; there is here, there");
    }

    @Test
    void kubeconfigThatIsNotThere() {
        assertThatThrownBy(() -> ClusterReader.read(
                        new ClusterAccess(Optional.of(Path.of("/nowhere")), Optional.empty()), List.of()))
                .hasMessage("/nowhere: no such kubeconfig");
    }
}
