package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kustomizations and Helm charts: what is read, and which file and line is named. */
class RenderedInputsTest {
    private static final String PODS = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, labels: {app: web}}
            spec: {containers: [{name: c, image: i}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: db, labels: {app: db}}
            spec: {containers: [{name: c, image: i}]}
            """;

    /** The rule stands on line 13. */
    private static final String POLICIES = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: closed}
            spec: {podSelector: {matchLabels: {app: none}}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: db
            spec:
              podSelector: {matchLabels: {app: db}}
              ingress:
                - from: [{podSelector: {matchLabels: {app: web}}}]
                  ports: [{port: 80}]
            """;

    private static final String TEMPLATE = """
            {{- if .Values.policies }}
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: {{ .Release.Name }}-closed
            spec: {podSelector: {matchLabels: {app: none}}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: {{ .Release.Name }}-db
            spec:
              podSelector: {matchLabels: {app: db}}
              ingress:
                - from: [{podSelector: {matchLabels: {app: web}}}]
                  ports: [{port: {{ .Values.port }}}]
            {{- end }}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        write("q.jsonl", "{\"from\":\"shop/web\",\"to\":\"shop/db\",\"port\":80}\n");
        write("q2.jsonl", "{\"from\":\"shop/p-web\",\"to\":\"shop/p-db\",\"port\":80}\n");
        write("app/base/kustomization.yaml", "resources: [pods.yaml, policies.yaml]\n");
        write("app/base/pods.yaml", PODS);
        write("app/base/policies.yaml", POLICIES);
        write("app/prod/kustomization.yaml", """
                resources: [../base]
                namespace: shop
                namePrefix: p-
                patches:
                  - path: patch.yaml
                """);
        write("app/prod/patch.yaml", """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: closed}
                spec: {policyTypes: [Ingress, Egress]}
                """);
        write("app/notes.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes}\n");
        write("charts/shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
        write("charts/shop/values.yaml", "policies: true\nport: 80\n");
        write("charts/shop/templates/policies.yaml", TEMPLATE);
        write("charts/shop/templates/pods.yaml", PODS);
        write("prod.yaml", "port: 80\n");
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    private Sluice.Run run(String line) throws Exception {
        return Sluice.run(List.of("env", "-C", folder.toString()), line.split(" +"));
    }

    /** With nothing on the PATH but what a test has put there. */
    private Sluice.Run runWithTools(String line) throws Exception {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        return Sluice.run(List.of("env", "-C", folder.toString(), "PATH=" + tools), line.split(" +"));
    }

    private void tool(String name, String script) throws IOException {
        Path file = write("tools/" + name, "#!/bin/sh\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static void assumeKustomize() {
        assumeTrue(
                Tool.find("kustomize").or(() -> Tool.find("kubectl")).isPresent(),
                "neither kustomize nor kubectl is installed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            decide app/prod -c q2.jsonl              ; 0 ; "name":"p-db","rule":"ingress[0]","file":"app/base/policies.yaml","line":13
            decide app/prod/ -c q2.jsonl             ; 0 ; "file":"app/base/policies.yaml"
            decide ./app/prod/../prod -c q2.jsonl    ; 0 ; "file":"app/base/policies.yaml"
            decide app -c q2.jsonl                   ; 0 ; "file":"app/base/policies.yaml","line":13
            connectivity app/base                    ; 0 ; default/web[Pod] => default/db[Pod] : TCP 80
            """)
    void kustomizationPointsIntoItsFiles(String line, int status, String said) throws Exception {
        assumeKustomize();
        Sluice.Run run = run(line);
        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertThat(run.out()).contains(said);
    }

    @Test
    void kustomizationThatIsMetIsSaid() throws Exception {
        assumeKustomize();
        assertThat(run("connectivity app/prod").err()).doesNotContain("rendered");
        assertThat(run("connectivity app").err())
                .containsPattern(
                        "sluice: app/prod: rendered with (kustomize build|kubectl kustomize); its files are not read as"
                                + " they stand\n");
    }

    @Test
    void variantsAreNotOneCluster() throws Exception {
        assumeKustomize();
        write("app/dev/kustomization.yaml", "resources: [../base]\n");
        Sluice.Run run = run("connectivity app");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo(
                        "sluice: app/dev and app/prod are both built from app/base: they are variants, not one cluster."
                                + " Name the one that is meant as PATH.\n");
    }

    @Test
    void kustomizationThatDoesNotBuild() throws Exception {
        assumeKustomize();
        write("app/prod/kustomization.yaml", "resources: [gone.yaml]\n");
        Sluice.Run run = run("lint app/prod");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("sluice: app/prod: ku").contains("failed:", "gone.yaml");
    }

    /** What a revision holds is built as it was then, bases beside it included. */
    @Test
    void kustomizationOfARevision() throws Exception {
        assumeKustomize();
        git("init", "-q");
        commit("one");
        write("app/base/policies.yaml", POLICIES.replace("80", "81"));
        commit("two");
        Sluice.Run run = run("diff --git HEAD~1..HEAD app/prod");
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).contains("TCP 80 -> TCP 81").containsPattern("[0-9a-f]{7,}:app/base/policies.yaml:13");
    }

    private void commit(String message) throws Exception {
        git("add", "-A");
        git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", message);
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        assertThat(Tool.run(command).status()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            lint app/prod           ; app/prod is a kustomization, and neither kustomize nor kubectl is on the PATH
            lint app                ; app/prod is a kustomization, and neither kustomize nor kubectl is on the PATH
            lint charts/shop        ; charts/shop is a Helm chart, and helm is not on the PATH
            lint charts             ; charts/shop is a Helm chart, and helm is not on the PATH
            lint prod.yaml --set a=b ; --values, --set and --release are for a Helm chart, and no PATH holds one
            """)
    void toolThatIsNotThere(String line, String said) throws Exception {
        Sluice.Run run = runWithTools(line);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(said);
    }

    /** A stand-in for helm that writes what helm 4.3 writes for this chart. */
    private void standInForHelm() throws IOException {
        write(
                "rendered",
                "---\n# Source: shop/templates/pods.yaml\n"
                        + PODS.replace("---\n", "---\n# Source: shop/templates/pods.yaml\n")
                        + "---\n# Source: shop/templates/policies.yaml\n"
                        + POLICIES.replace("---\n", "---\n# Source: shop/templates/policies.yaml\n")
                                .replace("name: closed", "name: web-closed")
                                .replace("name: db", "name: web-db"));
        tool("helm", "echo \"$@\" > arguments\n/bin/cat rendered\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            decide charts/shop --release shop/web -c q.jsonl ; template web charts/shop --skip-tests --namespace shop
            decide charts --release shop/web -c q.jsonl      ; template web charts/shop --skip-tests --namespace shop
            decide charts/shop --release shop/web --values prod.yaml --values x.yaml --set a=b --set c=d -c q.jsonl ; template web charts/shop --skip-tests --namespace shop --values prod.yaml --values x.yaml --set a=b --set c=d
            """)
    void chartPointsIntoItsTemplates(String line, String arguments) throws Exception {
        standInForHelm();
        Sluice.Run run = runWithTools(line);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "\"name\":\"web-db\",\"rule\":\"ingress[0]\",\"file\":\"charts/shop/templates/policies.yaml\",\"line\":8");
        assertThat(Files.readString(folder.resolve("arguments")).strip()).isEqualTo(arguments);
    }

    @Test
    void chartThatDoesNotRender() throws Exception {
        tool("helm", "echo 'Error: no such value' >&2\nexit 1\n");
        Sluice.Run run = runWithTools("lint charts/shop");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("sluice: charts/shop: helm template failed:\nError: no such value\n");
    }

    /** Whatever the stand-in says, helm itself has the last word. */
    @Test
    void chartRenderedByHelm() throws Exception {
        assumeTrue(Tool.find("helm").isPresent(), "helm is not installed");
        Sluice.Run run = run("decide charts/shop --release shop/web --values prod.yaml -c q.jsonl");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "\"name\":\"web-db\",\"rule\":\"ingress[0]\",\"file\":\"charts/shop/templates/policies.yaml\",\"line\":8");
        Sluice.Run other = run("decide charts/shop --release shop/web --set port=81 -c q.jsonl");
        assertThat(other.out()).contains("\"verdict\":\"deny\"");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            lint
            connectivity
            decide -c q.jsonl
            test -t q.jsonl
            explain --from a/b --to c/d
            check
            """)
    void nothingToRead(String line) throws Exception {
        Sluice.Run run = run(line);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains(" needs a PATH: ").contains("--cluster");
    }
}
