package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.PolicyId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The place of every part of a policy, for whoever has something to say about it later. */
class SourceTest {
    private static final String TEXT =
            """
            # a comment
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata:
              name: x
            spec:
              podSelector: &all {}
              ingress:
              - ports:
                - port: 80
                from:
                - podSelector: *all
                - ipBlock: {cidr: 10.0.0.0/8}
            """;

    @ParameterizedTest(name = "{0} is at {1}")
    @CsvSource(
            textBlock =
                    """
            '',                             2:1
            metadata.name,                  5:3
            spec,                           6:1
            spec.ingress[0],                9:5
            spec.ingress[0].ports[0].port,  10:7
            spec.ingress[0].from[1],        13:7
            spec.ingress[0].from[1].ipBlock.cidr, 13:17
            spec.ingress[0].from[0].podSelector, 12:7
            spec.ingress[0].from[7],        11:5
            spec.ingress[0].ports[0].endPort, 10:7
            spec.egress,                    6:1
            nothing.here,                   2:1
            """)
    void placeOf(String path, String place) {
        Source source = Reading.of(TEXT)
                .source(new PolicyId("NetworkPolicy", "default", "x"))
                .orElseThrow();
        assertThat(source.at(path)).hasToString("<stdin>:" + place);
    }
}
