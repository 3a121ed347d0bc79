package io.sluice.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.DomainPattern.Wildcard;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trap 38: a star stands for one label or more, never for none; a trailing dot and case do not count. */
class DomainPatternTest {
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            LABELS          | example.com      | example.com          | true
            LABELS          | example.com      | EXAMPLE.com.         | true
            LABELS          | Example.Com.     | example.com          | true
            LABELS          | example.com      | a.example.com        | false
            LABELS          | example.com      | exampleXcom          | false
            LABELS          | *.example.com    | a.example.com        | true
            LABELS          | *.example.com    | a.b.example.com      | true
            LABELS          | *.example.com    | example.com          | false
            LABELS          | *.example.com    | .example.com         | false
            LABELS          | *.example.com    | aexample.com         | false
            LABELS          | a*.example.com   | ab.example.com       | false
            LABELS          | a*.example.com   | a*.example.com       | true
            PART_OF_A_LABEL | *                | a.b.c                | true
            PART_OF_A_LABEL | example.com      | example.com          | true
            PART_OF_A_LABEL | *.example.com    | a.example.com        | true
            PART_OF_A_LABEL | *.example.com    | a.b.example.com      | false
            PART_OF_A_LABEL | a*.example.com   | a.example.com        | true
            PART_OF_A_LABEL | a*.example.com   | abc.example.com      | true
            PART_OF_A_LABEL | a*c.example.com  | abbc.example.com     | true
            PART_OF_A_LABEL | a*c.example.com  | ab.c.example.com     | false
            PART_OF_A_LABEL | **.example.com   | a.b.example.com      | true
            PART_OF_A_LABEL | **.example.com   | a.example.com        | true
            PART_OF_A_LABEL | **.example.com   | example.com          | false
            PART_OF_A_LABEL | *.example.com    | a.exampleXcom        | false
            """)
    void trap38_whatAStarStandsFor(Wildcard wildcard, String pattern, String name, boolean matches) {
        assertThat(new DomainPattern(pattern, wildcard).matches(name)).isEqualTo(matches);
        assertThat(new DomainPattern(pattern, wildcard)).hasToString(pattern);
    }
}
