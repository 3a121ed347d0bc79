package io.sluice.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.GateMatch.Text;
import io.sluice.policy.model.GateTerm.Attribute;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTermTest {
    private static List<GateMatch> matches(String written) {
        return Arrays.stream(written.split(" "))
                .filter(text -> !text.isEmpty())
                .<GateMatch>map(text -> Text.of(text, false))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "METHOD, '',      GET POST, '',       method is GET or POST",
        "METHOD, '',      '',       GET POST, method is not GET or POST",
        "METHOD, '',      GET*,     GETS,     method is GET* and not GETS",
        "HEADER, x-user,  *,        '',       header x-user is *",
        "SOURCE_IP, '',   '',       '',       source address",
    })
    void isReadAloud(Attribute attribute, String key, String values, String notValues, String text) {
        assertThat(new GateTerm(attribute, key, matches(values), matches(notValues)))
                .hasToString(text);
    }

    /** An identity is what mutual TLS proves; what only HTTP has is unknown to a proxy that passes bytes on. */
    @Test
    void attributesOfIdentityAndOfHttp() {
        assertThat(Arrays.stream(Attribute.values()).filter(Attribute::isIdentity))
                .containsExactly(
                        Attribute.SOURCE_PRINCIPAL,
                        Attribute.SOURCE_NAMESPACE,
                        Attribute.SOURCE_ACCOUNT,
                        Attribute.SOURCE_TRUST_DOMAIN);
        assertThat(Arrays.stream(Attribute.values()).filter(Attribute::httpOnly))
                .containsExactly(
                        Attribute.HOST,
                        Attribute.METHOD,
                        Attribute.PATH,
                        Attribute.HEADER,
                        Attribute.TOKEN_PRINCIPAL,
                        Attribute.TOKEN_AUDIENCE,
                        Attribute.TOKEN_PRESENTER,
                        Attribute.TOKEN_CLAIM);
    }
}
