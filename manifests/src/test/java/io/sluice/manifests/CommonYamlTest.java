package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the quick reader takes on, the full reader reads alike, and without a complaint. */
class CommonYamlTest {
    private static final String POLICY = """
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: web
              labels: {app: web, "x": 'y'}
            # a comment
            spec:
              podSelector: {matchLabels: {app: web}, matchExpressions: [{key: a, operator: In, values: [b, "c"]}]}
              policyTypes: [Ingress, Egress]
              ingress:
              - from:
                - podSelector: {}
                - ipBlock:
                    cidr: 10.0.0.0/8
                    except: []
                ports: # of the server
                  - protocol: TCP
                    port: 8080 # plain

                  - {protocol: UDP, port: "dns"}
              egress:
                -   to:
                      - namespaceSelector:
                          matchLabels:
                            kubernetes.io/metadata.name: kube-system
                    args:
                    - |
                      while true; do

                        echo "a: b" # c
                      done
                    script: |-
                        exit
                    note: it's 5 o'clock, a:b [c] {d}
            """;

    private static final String SIGNS = " \n:-#{}[],'\"&*!|>%@`?~.a1\\\t=<";

    @Test
    void readsWhatManifestsAreWrittenIn() {
        String written = POLICY.replace(", \"x\": 'y'", "");
        assertThat(CommonYaml.read(written, 1)).isEqualTo(full(written, 1)).isPresent();
        assertThat(CommonYaml.read(written, 40)).isEqualTo(full(written, 40));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# nothing\n",
                "---\n# nothing\n\n",
                "a: -1\nb: --c",
                "a:\n- -b\n- --c=d",
                "a: b",
                "a: 'b'",
                "a: \"b  c\" ",
                "a:\n- b\n- c\nd: e\n",
                "a:\n  - b: c\n    d: e\n  - f\n",
                "a: {b: [c, {d: e}], f: 'g'}",
                "a: x#y",
                "a: http://b:80/c\n",
                "---   \na: b\n\n#c\n",
                "a: b # c",
                "a: b  #c: d",
                "a: # b\n  c: d\n",
                "a:\n- 'b' # c\n- {d: e} # f\n",
                "--- # a\nb: c\n",
                "a: |\n  b\n",
                "a: |  # b\n  # c\n  d #e\n",
                "a: |-\n  b\n   c  \n\nd: e\n",
                "a:\n- |\n  b: c\n\n   d\n\n\n- |-\n    e\n",
                "a:\n  b: |\n     c\n    # d\n  e: f\n",
                "a:\n- b: |\n    c\n  \n  d: e\n",
                "a: yes\nb: 010\nc: 1.5\n"
            })
    void readsAlike(String text) {
        assertThat(CommonYaml.read(text, 3)).isEqualTo(full(text, 3)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:",
                "a: ---",
                "a:\n- -b: c\n",
                "a: b\n  c\n",
                "a: b: c",
                "a: b:",
                "a: |\n  b",
                "a: |\n\n  b\n",
                "a: |\nb: c\n",
                "a: |\n",
                "a: |+\n  b\n",
                "a: |2\n  b\n",
                "a: |\n  b\n   \n",
                "a: |\n  b\n c\n",
                "a: |#\n  b\n",
                "a: >\n  b\n",
                "a: b# c: d",
                "a: b # c\n  d\n",
                "a: {b: c}# d",
                "a: &x b",
                "a: *x",
                "a: !!str b",
                "a: {b: c",
                "a: {b:c}",
                "a: {b: c,}",
                "a: [b: c]",
                "a: {b: c} d",
                "a: 'it''s'",
                "a: \"b\\n\"",
                "a: b\na: c\n",
                "\"a\": b",
                "- a\n- b\n",
                "a:\n- b\n c: d\n",
                "a:\n    b: c\n  d: e\n",
                "a: b\n...\n",
                "%YAML 1.2\n---\na: b\n",
                "a: \tb",
                "a: é",
                "a: b\r\n",
                "<<: {a: b}",
                "a: - b",
                " a: b",
                "{a: b}"
            })
    void leavesTheRest(String text) {
        assertThat(CommonYaml.read(text, 1)).isEmpty();
    }

    @Test
    void readsAlikeWhateverIsChanged() {
        Random random = new Random(20_261_124);
        int taken = 0;
        for (int i = 0; i < 60_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? POLICY.replace(", \"x\": 'y'", "") : POLICY);
            if (random.nextInt(3) > 0) {
                text.delete(0, text.indexOf(random.nextBoolean() ? "spec:" : "metadata:"));
            }
            for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
                    default -> text.setCharAt(at, SIGNS.charAt(random.nextInt(SIGNS.length())));
                }
            }
            Optional<List<Value>> quick = CommonYaml.read(text.toString(), 1);
            if (quick.isPresent()) {
                taken++;
                assertThat(quick).as(text.toString()).isEqualTo(full(text.toString(), 1));
            }
        }
        assertThat(taken).isGreaterThan(5_000);
    }

    private static Optional<List<Value>> full(String text, int firstLine) {
        List<Value> documents = new ArrayList<>();
        YamlReader.readAll(text, firstLine, documents);
        return Optional.of(documents);
    }
}
