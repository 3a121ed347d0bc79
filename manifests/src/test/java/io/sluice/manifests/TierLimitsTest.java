package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a ClusterNetworkPolicy may not have more of, at the limit and one above it. */
class TierLimitsTest {
    private static final String POLICY = """
            apiVersion: policy.networking.k8s.io/v1alpha2
            kind: ClusterNetworkPolicy
            metadata: {name: a}
            spec:
              tier: Admin
              priority: %s
              subject: {namespaces: {}}
              ingress: [%s]
              egress: [%s]
            """;

    private static final String FROM = "{action: Deny, from: [{namespaces: {}}]}";
    private static final String TO = "{action: Deny, to: [%s]}";

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(delimiter = '|', textBlock = """
            25   | ingress   | ''
            26   | ingress   | Too many: 26: must have at most 25 items
            25   | egress    | ''
            26   | egress    | Too many: 26: must have at most 25 items
            25   | to        | ''
            26   | to        | Too many: 26: must have at most 25 items
            25   | networks  | ''
            26   | networks  | Too many: 26: must have at most 25 items
            25   | protocols | ''
            26   | protocols | Too many: 26: must have at most 25 items
            0    | priority  | ''
            1000 | priority  | ''
            1001 | priority  | should be less than or equal to 1000
            """)
    void trap32_limits(int count, String of, String message) {
        String yaml = switch (of) {
            case "ingress" -> POLICY.formatted(1, times(count, FROM), "");
            case "egress" -> POLICY.formatted(1, "", times(count, TO.formatted("{namespaces: {}}")));
            case "to" -> POLICY.formatted(1, "", TO.formatted(times(count, "{namespaces: {}}")));
            case "networks" -> POLICY.formatted(1, "", TO.formatted("{networks: [" + networks(count) + "]}"));
            case "protocols" ->
                POLICY.formatted(
                        1,
                        "",
                        "{action: Deny, to: [{namespaces: {}}], protocols: ["
                                + times(count, "{tcp: {destinationPort: {number: 80}}}") + "]}");
            default -> POLICY.formatted(count, "", "");
        };
        assertThat(Reading.said(Reading.of(yaml)).toString()).contains(message);
        assertThat(Reading.of(yaml).hasErrors()).isEqualTo(!message.isEmpty());
    }

    private static String times(int count, String item) {
        return String.join(", ", Collections.nCopies(count, item));
    }

    private static String networks(int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : ", ").append("10.0.").append(i).append(".0/24");
        }
        return out.toString();
    }
}
