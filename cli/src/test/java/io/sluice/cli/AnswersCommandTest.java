package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exit status, streams and files of connectivity, explain, decide, diff and check. */
class AnswersCommandTest {
    private static final String WORKLOADS = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, labels: {app: web}}
            spec: {containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: db, namespace: shop, labels: {app: db}}
            spec: {containers: [{name: c, image: i, ports: [{containerPort: 5432}]}]}
            """;
    private static final String POLICY = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: db, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: db}}
              ingress:
                - from: [{podSelector: {matchLabels: {app: web}}}]
                  ports: [{port: 5432}]
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        write("text.yaml", "just text\n");
        write("pods.yaml", WORKLOADS);
        write("policies.yaml", POLICY);
        write("opened.yaml", POLICY.replace("{port: 5432}", "{port: 5432}, {port: 9090}"));
        write("twice.yaml", POLICY.replace("name: db,", "name: twice,"));
        write("q.jsonl", "{\"from\":\"shop/web\",\"to\":\"shop/db\",\"port\":80}\n");
        write("bad.jsonl", "{\"from\":\"shop/web\",\"to\":\"shop/db\",\"port\":80}\nno\n");
        write("meant.txt", "# asked for\n+ shop/web[Pod] => shop/db[Pod] : TCP 9090\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static Sluice.Run in(Path directory, String... arguments) throws Exception {
        return Sluice.run(List.of("env", "-C", directory.toString()), arguments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            connectivity pods.yaml policies.yaml                                            ; 0 ; shop/web[Pod] => shop/db[Pod] : TCP 5432
            connectivity pods.yaml policies.yaml -o json                                    ; 0 ; {"src":"shop/web[Pod]","dst":"shop/db[Pod]","conn":"TCP 5432"}
            connectivity pods.yaml policies.yaml -o csv                                     ; 0 ; src,dst,conn
            connectivity pods.yaml policies.yaml -o md                                      ; 0 ; | src | dst | conn |
            connectivity pods.yaml policies.yaml -o dot                                     ; 0 ; digraph {
            connectivity pods.yaml policies.yaml -o svg                                     ; 0 ; <svg
            connectivity pods.yaml policies.yaml -o html                                    ; 0 ; <!DOCTYPE html>
            connectivity pods.yaml policies.yaml --exposure                                 ; 0 ; Exposure Analysis Result:
            connectivity pods.yaml policies.yaml --focus db --direction ingress --port 5432 ; 0 ; shop/web[Pod] => shop/db[Pod] : TCP 5432
            connectivity pods.yaml policies.yaml --focus nobody                             ; 2 ; there is no 'nobody'
            connectivity pods.yaml policies.yaml --port x                                   ; 2 ; --port is a port such as
            connectivity pods.yaml policies.yaml --exposure -o csv                          ; 2 ; --exposure comes as text or json
            connectivity nowhere                                                            ; 2 ; nowhere
            explain pods.yaml policies.yaml --from shop/web --to shop/db -p 5432            ; 0 ; ALLOWED
            explain pods.yaml policies.yaml --from shop/web --to shop/db                    ; 0 ; ALLOWED
            explain pods.yaml policies.yaml --from shop/db --to shop/db -p 80 -o json       ; 0 ; "explanations"
            explain pods.yaml policies.yaml --from shop/web --to shop/db -p 80 --expect allow ; 1 ; DENIED
            explain pods.yaml policies.yaml --from shop/wbe --to shop/db -p 80              ; 2 ; did you mean shop/web
            explain pods.yaml policies.yaml --from shop/web --to shop/db -p 0               ; 2 ; --port is a number
            explain pods.yaml policies.yaml --from shop/web --to shop/db --protocol X       ; 2 ; --protocol is
            explain pods.yaml policies.yaml --from shop/web --to x.org -p 80                ; 2 ; --resolve x.org=ADDRESS
            explain pods.yaml policies.yaml --from shop/web                                 ; 2 ; Missing required option
            decide pods.yaml policies.yaml -c q.jsonl                                       ; 0 ; "verdict":"deny"
            decide pods.yaml policies.yaml -c q.jsonl -o text                               ; 0 ; deny   shop/web => shop/db : TCP 80
            decide pods.yaml policies.yaml -c bad.jsonl                                     ; 2 ; bad.jsonl:2: not JSON
            decide pods.yaml policies.yaml -c missing.jsonl                                 ; 2 ; missing.jsonl: error: cannot be read: no such file
            diff policies.yaml opened.yaml --with pods.yaml                                 ; 1 ; gained TCP 9090
            diff policies.yaml opened.yaml --with pods.yaml -o json                         ; 1 ; "changed": 1
            diff policies.yaml opened.yaml --with pods.yaml -o md                           ; 1 ; #### Changed (1)
            diff policies.yaml opened.yaml --with pods.yaml --allow meant.txt               ; 0 ; No unexpected difference
            diff policies.yaml policies.yaml --with pods.yaml                               ; 0 ; No difference
            diff policies.yaml                                                              ; 2 ; OLD and NEW
            diff policies.yaml opened.yaml --with pods.yaml --allow bad.jsonl               ; 2 ; bad.jsonl:1: error: expected
            check pods.yaml policies.yaml                                                   ; 0 ; Nothing superfluous
            check pods.yaml policies.yaml twice.yaml                                        ; 1 ; shop/twice: without effect
            check equal policies.yaml opened.yaml --with pods.yaml                          ; 1 ; TCP 9090
            check equal policies.yaml policies.yaml --with pods.yaml -o json                ; 0 ; "holds": true
            check contains opened.yaml policies.yaml --with pods.yaml                       ; 0 ; contains
            check contains policies.yaml opened.yaml --with pods.yaml                       ; 1 ; does not contain
            check equal policies.yaml opened.yaml                                           ; 2 ; give the workloads with --with
            check                                                                           ; 2 ; check needs a PATH
            connectivity empty                                                              ; 2 ; empty: error: no workload
            check text.yaml                                                                 ; 2 ; text.yaml: error: no workload
            decide pods.yaml -c empty                                                       ; 2 ; empty: error: cannot be read
            lnt pods.yaml                                                                   ; 2 ; there is no verb 'lnt'
            lint pods.yaml --config missing                                                 ; 2 ; missing: error: cannot be read
            """)
    void everyAnswer(String line, int status, String said) throws Exception {
        Sluice.Run run = in(folder, line.split(" +"));
        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertThat(status == 2 ? run.err() : run.out()).contains(said);
        assertThat(run.err()).doesNotContain("\tat ");
        if (status == 2) {
            assertThat(run.out()).isEmpty();
        }
    }

    /** What the mesh's policies refuse is no connection; who leaves them out says so. */
    @Test
    void aMesh() throws Exception {
        Path example = Path.of("..", "examples", "istio");
        Sluice.Run listed = in(example, "connectivity", ".", "--focus", "shop/db", "--port", "TCP:5432");
        assertThat(listed.out()).doesNotContain("=> shop/db");
        assertThat(listed.err()).contains("note: the mesh's policies are counted in: 0 of 3 connections depend");
        Sluice.Run decided = in(example, "decide", ".", "-c", "requests.jsonl");
        assertThat(decided.err()).contains("note: 2 of 7 depend on the request");
        Sluice.Run explained =
                in(example, "explain", ".", "--from", "shop/cart", "--to", "shop/db", "-p", "5432", "--expect", "deny");
        assertThat(explained.out()).contains("rules[0] denies (./policies.yaml:47)");
        assertThat(explained.status()).isZero();
        assertThat(in(example, "diff", "shop.yaml", ".").err()).contains("what the mesh's policies refuse is left out");
        assertThat(in(example, "check", ".").err()).contains("what the mesh's policies refuse is left out");
    }

    /** A repository of two commits, and a file not yet committed. */
    @Test
    void revisions() throws Exception {
        Path deploy = Files.createDirectories(folder.resolve("repository/deploy"));
        Path policy = deploy.resolve("policy.yaml");
        Files.writeString(deploy.resolve("pods.yaml"), WORKLOADS);
        Files.writeString(policy, POLICY);
        Path repository = deploy.resolveSibling("");
        git(repository, "init", "-q");
        commit(repository, "one");
        Files.writeString(policy, POLICY.replace("5432", "5433"));
        commit(repository, "two");
        Files.writeString(policy, POLICY.replace("{port: 5432}", "{port: 5433}, {port: 1}"));
        Sluice.Run commits = in(deploy, "diff", "--git", "HEAD~1..HEAD", ".");
        assertThat(commits.status()).as(commits.err()).isEqualTo(1);
        assertThat(commits.out()).contains("TCP 5432 -> TCP 5433").containsPattern("[0-9a-f]{7,}:deploy/policy.yaml:7");
        Sluice.Run now = in(deploy, "diff", "--git", "HEAD", ".");
        assertThat(now.out()).contains("TCP 5433 -> TCP 1,5433");
        Sluice.Run nowhere = in(deploy, "diff", "--git", "nothing..HEAD", ".");
        assertThat(nowhere.status()).isEqualTo(2);
        assertThat(nowhere.err()).contains("nothing");
    }

    private static void commit(Path repository, String message) throws Exception {
        git(repository, "add", "-A");
        git(repository, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", message);
    }

    private static void git(Path repository, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
