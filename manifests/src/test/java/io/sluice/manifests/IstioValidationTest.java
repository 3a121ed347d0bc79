package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Istio's schema and webhook refuse is refused here. */
class IstioValidationTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            action: MAYBE                                                                     | spec.action: Unsupported value
            action: DENY                                                                      | spec.rules: Required value: DENY without rules
            action: DENY, rules: []                                                           | spec.rules: Required value: DENY without rules
            action: CUSTOM, provider: {name: a}                                               | spec.rules: Required value: CUSTOM without rules
            action: CUSTOM, rules: [{}]                                                       | spec.provider.name: Required value
            provider: {name: a}, rules: [{}]                                                  | spec.provider: Forbidden: only with action CUSTOM
            action: CUSTOM, provider: {name: a}, rules: [{from: [{source: {principals: [a]}}]}] | spec.rules[0].from[0].source.principals: Forbidden: not supported with action CUSTOM
            selector: {matchLabels: {a: b}}, targetRefs: [{kind: Service, name: a}]           | spec.targetRefs: Forbidden: only one of targetRefs or selector
            targetRefs: [{kind: Pod, name: a}]                                                | spec.targetRefs[0]: Unsupported value
            targetRefs: [{kind: Gateway, name: a}]                                            | write group: "gateway.networking.k8s.io"
            targetRefs: [{kind: Service, name: a, namespace: b}]                              | cross namespace referencing is not supported
            rules: [{from: []}]                                                               | spec.rules[0].from: Invalid value: []: must not be empty
            rules: [{to: []}]                                                                 | spec.rules[0].to: Invalid value: []: must not be empty
            rules: [null]                                                                     | a rule must not be null
            rules: [{from: [{}]}]                                                             | spec.rules[0].from[0].source: Required value
            rules: [{from: [{source: {}}]}]                                                   | spec.rules[0].from[0].source: Invalid value: {}: must not be empty
            rules: [{to: [{operation: {methods: []}}]}]                                       | spec.rules[0].to[0].operation: Invalid value: {}: must not be empty
            rules: [{to: [{operation: {methods: [""]}}]}]                                     | an empty value is not allowed
            rules: [{from: [{source: {serviceAccounts: [a], namespaces: [b]}}]}]              | serviceAccounts cannot be set together
            rules: [{from: [{source: {serviceAccounts: ["a*"]}}]}]                            | wildcards are not supported here
            rules: [{from: [{source: {serviceAccounts: [a/b/c]}}]}]                           | must be ACCOUNT or NAMESPACE/ACCOUNT
            rules: [{from: [{source: {serviceAccounts: [a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a]}}]}] | must have at most 16 items
            rules: [{from: [{source: {ipBlocks: [10.0.0.0/33]}}]}]                            | must be an address or a CIDR
            rules: [{from: [{source: {remoteIpBlocks: [host]}}]}]                             | must be an address or a CIDR
            rules: [{to: [{operation: {ports: ["65536"]}}]}]                                  | must be a port from 0 to 65535
            rules: [{to: [{operation: {ports: [80]}}]}]                                       | write it in quotes
            rules: [{to: [{operation: {paths: ["/{*}/{name}"]}}]}]                            | invalid or unsupported path template
            rules: [{when: [{key: source.ip}]}]                                               | at least one of values or notValues must be set
            rules: [{when: [{values: [a]}]}]                                                  | spec.rules[0].when[0].key: Required value
            rules: [{when: [{key: source.port, values: [a]}]}]                                | unknown attribute
            rules: [{when: [{key: destination.labels, values: [a]}]}]                         | write spec.selector
            rules: [{when: [{key: request.headers, values: [a]}]}]                            | should have the format request.headers[NAME]
            rules: [{when: [{key: source.ip, values: [a]}]}]                                  | must be an address or a CIDR
            rules: [{to: [{operation: {path: [/a]}}]}]                                        | did you mean paths?
            """)
    void refused(String spec, String message) {
        Manifests read = Reading.of(GateScene.policy(spec));
        assertThat(read.hasErrors()).isTrue();
        assertThat(Reading.said(read)).anySatisfy(said -> assertThat(said).contains(message));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            action: DENY, rules: [{to: [{operation: {methods: [GET]}}]}]                      | deny-without-port
            action: DENY, rules: [{to: [{operation: {methods: [GET], ports: ["80"]}}]}]       |
            targetRefs: [{kind: Service, name: a}]                                            | target-refs
            rules: [{to: [{operation: {methods: [GET]}}]}]                                    |
            """)
    void warnedOf(String spec, String code) {
        assertThat(Reading.of(GateScene.policy(spec)).diagnostics().stream()
                        .map(Diagnostic::code)
                        .toList())
                .isEqualTo(code == null ? java.util.List.of() : java.util.List.of(code));
    }
}
