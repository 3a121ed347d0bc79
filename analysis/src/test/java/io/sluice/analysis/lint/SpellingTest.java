package io.sluice.analysis.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which words are mistakes for each other, and which are different on purpose. */
class SpellingTest {
    @ParameterizedTest
    @CsvSource({
        "App,             app,             true",
        "back-end,        backend,         true",
        "front_end,       front-end,       true",
        "frontned,        frontend,        true",
        "payment,         payments,        true",
        "prometeus,       prometheus,      true",
        "kuberentes,      kubernetes,      true",
        "web,             api,             false",
        "wbe,             web,             false",
        "db-1,            db-2,            false",
        "v1,              v2,              false",
        "orders-1,        orders-12,       false",
        "cart,            card,            true",
        "catalog,         catalog-db,      false",
        "shop,            ship,            true",
        "orders,          payments,        false",
    })
    void nearest(String word, String used, boolean near) {
        assertThat(Spelling.nearest(word, Set.of(used)).isPresent()).isEqualTo(near);
    }
}
