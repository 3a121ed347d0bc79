package io.sluice.analysis.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Comments and annotations that answer for a finding. */
class SuppressionsTest {
    private static final String POLICY = """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: mailer
              namespace: shop
            spec:
              podSelector: {}
              policyTypes: [Ingress, Egress]
              egress:
                - to:
                    - ipBlock:
                        cidr: 0.0.0.0/0
            """;

    private static final String FINDING = "11 egress-to-world";

    @Test
    void nothingIsSuppressedByDefault() {
        assertThat(Lints.places(Lints.of(POLICY))).containsExactly(FINDING);
    }

    @Test
    void atTheEndOfTheLine() {
        LintResult result =
                Lints.of(POLICY.replace("ipBlock:", "ipBlock: # sluice:ignore egress-to-world no ranges known"));
        assertThat(result.findings()).isEmpty();
        assertThat(result.suppressed()).isEqualTo(1);
    }

    @Test
    void onLinesOfItsOwnAboveIt() {
        String comments = "        # sluice:ignore egress-to-world the provider publishes no ranges\n"
                + "        # and nobody wants to guess\n"
                + "        - ipBlock:";
        assertThat(Lints.of(POLICY.replace("        - ipBlock:", comments)).findings())
                .isEmpty();
    }

    @Test
    void aboveTheDocumentForAllOfIt() {
        assertThat(Lints.of("# sluice:ignore egress-to-world no ranges known\n" + POLICY)
                        .findings())
                .isEmpty();
    }

    @Test
    void theNextDocumentIsNotMeant() {
        String two = "# sluice:ignore egress-to-world no ranges known\n" + POLICY + "---\n"
                + POLICY.replace("mailer", "other").replace("podSelector: {}", "podSelector: {matchLabels: {a: b}}");
        assertThat(Lints.places(Lints.of(two))).containsExactly("25 egress-to-world");
    }

    @Test
    void inAnAnnotation() {
        String annotated = POLICY.replace(
                "  namespace: shop\n",
                "  namespace: shop\n  annotations: {lint.sluice.io/egress-to-world: no ranges known}\n");
        assertThat(Lints.of(annotated).findings()).isEmpty();
    }

    @Test
    void withoutAReasonItIsAFindingAndSuppressesNothing() {
        assertThat(Lints.places(Lints.of(POLICY.replace("ipBlock:", "ipBlock: # sluice:ignore egress-to-world"))))
                .containsExactly(FINDING, "11 suppression-invalid");
        String annotated = POLICY.replace(
                "  namespace: shop\n", "  namespace: shop\n  annotations: {lint.sluice.io/egress-to-world: ''}\n");
        assertThat(Lints.places(Lints.of(annotated))).containsExactly("6 suppression-invalid", "12 egress-to-world");
    }

    @Test
    void forACheckThatDoesNotExistItIsAFinding() {
        assertThat(Lints.places(
                        Lints.of(POLICY.replace("ipBlock:", "ipBlock: # sluice:ignore egres-to-world why not"))))
                .containsExactly(FINDING, "11 suppression-invalid");
    }
}
