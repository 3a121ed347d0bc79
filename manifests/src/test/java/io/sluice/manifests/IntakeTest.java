package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Policy;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rendered texts and API answers: where their objects stand, and what files take the place of. */
class IntakeTest {
    private static final String SOURCE = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: db
            spec:
              podSelector: {}
              ingress:
                - from:
                    - podSelector:
                        matchLabels: {app: web}
                - ports:
                    - port: 80
            """;

    private static final String DEPLOYMENT = """
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"shop"},
            "spec":{"replicas":3,"template":{"metadata":{"labels":{"app":"%s"}},
            "spec":{"containers":[{"name":"c","ports":[{"containerPort":%s}]}]}}}}
            """;

    private static Manifests like(String rendered) {
        Intake intake = new Intake();
        ObjectText source = ObjectText.readAll("base.yaml", SOURCE.getBytes(StandardCharsets.UTF_8))
                .getFirst();
        intake.rendered("out", 1, rendered, "", _ -> new Origin.Like(source));
        return intake.manifests();
    }

    private static Policy policy(Manifests manifests) {
        assertThat(manifests.diagnostics()).isEmpty();
        return manifests.snapshot().policies().getFirst();
    }

    /** What the source says stands where it says it, whatever the rendered text has around it. */
    @Test
    void sameListsLineUp() {
        Policy policy = policy(like(SOURCE.replace("name: db", "namespace: shop\n  labels: {a: b}\n  name: prod-db")
                .replace("{app: web}", "{app: web, env: prod}")));
        assertThat(policy.position()).hasToString("base.yaml:1:1");
        assertThat(policy.sections().getFirst().rules())
                .extracting(rule -> rule.position().fileLine())
                .containsExactly("base.yaml:8", "base.yaml:11");
    }

    /** Of a list that a patch made longer, the items that are as before stand where they stood, a new one at the list. */
    @Test
    void longerListsAreMatchedByWhatTheySay() {
        Policy policy = policy(like(SOURCE.replace("  ingress:\n", "  ingress:\n    - ports: [{port: 9090}]\n")));
        assertThat(policy.sections().getFirst().rules())
                .extracting(rule -> rule.position().fileLine())
                .containsExactly("base.yaml:8", "base.yaml:8", "base.yaml:11");
    }

    /** A loop of a template writes many objects from one place; each still is told from the others. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            3, t.yaml:3:1, t.yaml:3:2
            0, t.yaml,     t.yaml (object 2)
            """)
    void objectsOfOnePlace(int line, String first, String second) {
        Intake intake = new Intake();
        for (String name : List.of("a", "b")) {
            intake.rendered("out", 1, SOURCE.replace("db", name), "", _ -> new Origin.At("t.yaml", line));
        }
        assertThat(intake.manifests().snapshot().policies())
                .extracting(policy -> policy.position().toString())
                .containsExactly(first, second);
    }

    @Test
    void renderedPartsCountTheirLines() {
        Intake intake = new Intake();
        intake.rendered("out", 41, SOURCE, "", _ -> Origin.RENDERED);
        intake.rendered("out", 100, "a: [", "", _ -> Origin.RENDERED);
        Manifests manifests = intake.manifests();
        assertThat(manifests.snapshot().policies().getFirst().position()).hasToString("out:41:1");
        assertThat(manifests.diagnostics().getFirst().position().line()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            metadata: {name: a}                 ; shop
            metadata: {name: a, namespace: own} ; own
            metadata: {name: a, namespace: ''}  ; shop
            """)
    void namespaceOfTheRelease(String metadata, String namespace) {
        Intake intake = new Intake();
        String text =
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n" + metadata + "\nspec: {podSelector: {}}\n";
        intake.rendered("out", 1, text, "shop", _ -> Origin.RENDERED);
        assertThat(intake.manifests().snapshot().policies().getFirst().id().namespace())
                .isEqualTo(namespace);
    }

    private static String list(String... items) {
        return "{\"kind\":\"List\",\"metadata\":{},\"items\":[" + String.join(",", items) + "]}";
    }

    /** Items of a typed list leave out apiVersion and kind; nobody can open them, so that they have no line. */
    @Test
    void answersOfAnApiServer() {
        Intake intake = new Intake();
        intake.listed("networking.k8s.io/v1", "NetworkPolicy", list("""
                {"metadata":{"name":"db","namespace":"shop","managedFields":[{"manager":"x"}]},
                "spec":{"podSelector":{},"policyTypes":["Ingress"],"ingress":[{}]}}"""));
        intake.listed("v1", "Namespace", list("{\"metadata\":{\"name\":\"shop\"}}"));
        Policy policy = policy(intake.manifests());
        assertThat(policy.position()).hasToString("cluster:NetworkPolicy shop/db");
        assertThat(policy.sections().getFirst().rules().getFirst().position().fileLine())
                .isEqualTo("cluster:NetworkPolicy shop/db");
    }

    /** The name stands where that of a file would, in every message and in what is explained. */
    @Test
    void namesOfAnApiServerDoNothingToATerminal() {
        Intake intake = new Intake();
        intake.listed("v1", "Namespace", list("{\"metadata\":{\"name\":\"a\\u001b[31m\"}}"));
        assertThat(intake.manifests().diagnostics())
                .first()
                .asString()
                .startsWith("cluster:Namespace a\\u001b[31m: error: metadata.name");
    }

    private static Manifests applied(String file) {
        Intake intake = new Intake();
        intake.paths(List.of("-"), new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), _ -> false);
        intake.listed("apps/v1", "Deployment", list(DEPLOYMENT.formatted("web", "80")));
        intake.listed("apps/v1", "ReplicaSet", list("""
                {"metadata":{"name":"web-1","namespace":"shop","ownerReferences":[{"kind":"Deployment","name":"web"}]},
                "spec":{"replicas":1,"template":{"metadata":{"labels":{"app":"web","pod-template-hash":"1"}}}}}"""));
        intake.listed("v1", "Namespace", list("""
                {"metadata":{"name":"shop","labels":{"team":"a","tier":"b"}}}"""));
        intake.listed("networking.k8s.io/v1", "NetworkPolicy", list("""
                {"metadata":{"name":"db","namespace":"default"},"spec":{"podSelector":{}}}""", """
                {"metadata":{"name":"other","namespace":"shop"},"spec":{"podSelector":{}}}"""));
        intake.listed("v1", "Pod", list("""
                {"metadata":{"name":"web-1-x","namespace":"shop","labels":{"app":"web","pod-template-hash":"1"},
                "ownerReferences":[{"kind":"ReplicaSet","name":"web-1"}]},"spec":{},"status":{"podIP":"10.0.0.1"}}"""));
        Manifests manifests = intake.manifests();
        assertThat(manifests.diagnostics()).isEmpty();
        return manifests;
    }

    @Test
    void objectsOfFilesTakeThePlaceOfTheirNamesakes() {
        assertThat(applied(SOURCE).snapshot().policies())
                .extracting(policy -> policy.position().fileLine())
                .containsExactlyInAnyOrder("<stdin>:1", "cluster:NetworkPolicy shop/other");
    }

    /** Other labels or ports mean other pods; another number of them does not. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            web, 80,   web-1-x
            site, 80,  web-1|web-2|web-3
            web, 8080, web-1|web-2|web-3
            """)
    void podsOfAWorkloadThatFilesChange(String label, String port, String pods) {
        assertThat(applied(DEPLOYMENT.formatted(label, port)).snapshot().pods())
                .extracting(pod -> pod.name())
                .containsExactly(pods.split("\\|"));
    }

    /** "kubectl apply" does not take away what the file does not speak of. */
    @Test
    void labelsOfANamespaceStay() {
        String file = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {tier: c, env: d}}\n";
        Namespace shop =
                Objects.requireNonNull(applied(file).snapshot().namespaces().get("shop"));
        assertThat(shop.labels())
                .containsEntry("team", "a")
                .containsEntry("tier", "c")
                .containsEntry("env", "d");
    }

    @Test
    void everyKindIsNamedWithItsVersion() {
        assertThat(Intake.kinds()).contains("v1 Pod", "networking.k8s.io/v1 NetworkPolicy");
    }
}
