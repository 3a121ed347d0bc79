package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kubectl 1.32 prints for the scalar with {@code label --local -o json}: the oracle this table was read from. */
class ScalarTypeTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(quoteCharacter = '\'', textBlock = """
            yes,                 BOOLEAN
            y,                   BOOLEAN
            N,                   BOOLEAN
            on,                  BOOLEAN
            OFF,                 BOOLEAN
            True,                BOOLEAN
            tRue,                STRING
            nO,                  STRING
            '',                  NULL
            ~,                   NULL
            NULL,                NULL
            nULL,                STRING
            1:30,                STRING
            1:30:00,             STRING
            2020-01-01,          STRING
            2001-12-14 21:59:43, STRING
            0777,                INTEGER
            0o17,                INTEGER
            0O17,                INTEGER
            0o8,                 STRING
            089,                 FLOAT
            1_000,               INTEGER
            1__0,                INTEGER
            8_,                  INTEGER
            _8,                  STRING
            0_7,                 INTEGER
            0x1F,                INTEGER
            0x_1F,               INTEGER
            0x,                  STRING
            0b11,                INTEGER
            -0b11,               INTEGER
            0b2,                 STRING
            +12,                 INTEGER
            -0,                  INTEGER
            -0777,               INTEGER
            -,                   STRING
            1e3,                 FLOAT
            12e03,               FLOAT
            1e3_0,               FLOAT
            5e,                  STRING
            .5,                  FLOAT
            +.5,                 FLOAT
            1.,                  FLOAT
            .,                   STRING
            1_0.5,               FLOAT
            .inf,                FLOAT
            -.Inf,               FLOAT
            .NaN,                FLOAT
            0.0.0.0,             STRING
            10.0.0.0/8,          STRING
            12345678901234567890, INTEGER
            123456789012345678901234567890, FLOAT
            web,                 STRING
            """)
    void likeKubectl(String text, ScalarType type) {
        assertThat(ScalarType.of(text)).isEqualTo(type);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
            0777,  511
            -0777, -511
            0o17,  15
            0_7,   7
            0x_1F, 31
            0b11,  3
            +12,   12
            1_000, 1000
            """)
    void numbersLikeKubectl(String text, long number) {
        assertThat(ScalarType.integer(text)).isEqualTo(Optional.of(BigInteger.valueOf(number)));
    }
}
