package io.sluice.analysis.intents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.Yaml;
import io.sluice.manifests.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntentReaderTest {
    /** One test of one line is spoilt in one way; the place and the beginning of the message say how. */
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            form: a/web, to: a/db, expect: allow                     => 2:6: unknown key form (did you mean from?)
            from: a/web, to: a/db, expect: alow                      => 2:37: 'alow' is no expectation
            from: a/web, to: a/db                                    => 2:5: a test needs expect, or only
            from: web, to: a/db, expect: deny                        => 2:12: 'web' names nobody
            from: [], to: a/db, expect: deny                         => 2:12: nobody is named
            from: {namespace: a, label: {}}, to: a/db, expect: deny => 2:27: unknown key label (did you mean labels?)
            from: {labels: {app: []}}, to: a/db, expect: deny      => 2:27: the label app has no value
            from: a/web, to: a/db, expect: deny, ports: TCP x        => 2:50: 'TCP x' is no traffic
            from: a/web, to: a/db, expect: deny, ports: [80, 99999]  => 2:55: '99999' is no traffic
            from: a/web, to: a/db, only: []                          => 2:5: only goes with either to, or from
            to: a/db, only: {from: any}                            => 2:22: only is a list
            to: a/db, only: [], expect: deny                         => 2:34: expect has no meaning beside only
            to: a/db, only: [to: any]                                => 2:23: unknown key to
            """)
    void says(String test, String problem) {
        List<String> problems = new ArrayList<>();
        Shop.intents("tests:\n  - {" + test + ", name: n}\n", problems);
        assertThat(problems).first().asString().startsWith(problem);
    }

    @Test
    void aFileWithoutTestsIsAnError() {
        List<String> problems = new ArrayList<>();
        Shop.intents("assume: []\n", problems);
        assertThat(problems).singleElement().asString().contains("there are no tests");
    }

    @Test
    void namesTellTestsApart() {
        List<String> problems = new ArrayList<>();
        Shop.intents("""
                tests:
                  - {name: n, from: any, to: any, expect: deny}
                  - {name: n, from: any, to: any, expect: deny}
                """, problems);
        assertThat(problems).singleElement().asString().startsWith("3:12: a second test with the name 'n'");
    }

    /** A word for nobody would let a test pass for ever. */
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            shop/wbe                              => no pod, workload or Service 'shop/wbe'
            {namespace: shop, labels: {app: nix}} => nobody in these manifests is meant by pods app=nix in shop
            {namespace: nowhere}                  => nobody in these manifests is meant by pods {} in nowhere
            node                                  => nobody in these manifests is meant by node
            """)
    void whoStandsForNobodyIsAnError(String who, String problem) {
        List<String> problems = new ArrayList<>();
        IntentFile file =
                Shop.intents("tests:\n  - name: n\n    from: " + who + "\n    to: any\n    expect: deny\n", problems);
        assertThat(problems).isEmpty();
        assertThat(new IntentRunner(file, Yaml.snapshot(Yaml.deployment("shop", "web", 80))).problems())
                .singleElement()
                .extracting(Diagnostic::message, d -> d.position().line())
                .satisfies(found -> {
                    assertThat(String.valueOf(found.get(0))).startsWith(problem);
                    assertThat(found.get(1)).isEqualTo(3);
                });
    }
}
