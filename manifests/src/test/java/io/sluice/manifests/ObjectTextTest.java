package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The place of every part of an object, for whoever has something to say about it later. */
class ObjectTextTest {
    private static final String TEXT = """
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

    @ParameterizedTest(name = "{0} is at {1}, its key at {2}")
    @CsvSource(textBlock = """
            '',                             2:1,   2:1
            metadata name,                  5:9,   5:3
            spec,                           7:3,   6:1
            spec podSelector,               7:16,  7:3
            spec ingress 0,                 9:5,   9:5
            spec ingress 0 ports 0 port,    10:13, 10:7
            spec ingress 0 from 1,          13:7,  13:7
            spec ingress 0 from 1 ipBlock cidr, 13:23, 13:17
            spec ingress 0 from 0 podSelector, 12:20, 12:7
            spec ingress 0 from 7,          12:5,  12:5
            spec egress,                    7:3,   7:3
            nothing here,                   2:1,   2:1
            """)
    void placeOf(String path, String place, String key) {
        ObjectText text = Reading.of(TEXT).objects().getFirst();
        Object[] steps = Arrays.stream(path.split(" ", -1))
                .filter(s -> !s.isEmpty())
                .<Object>map(s -> Character.isDigit(s.charAt(0)) ? Integer.valueOf(s) : s)
                .toArray();
        assertThat(text.at(steps)).hasToString("<stdin>:" + place);
        assertThat(text.keyAt(steps)).hasToString("<stdin>:" + key);
    }
}
