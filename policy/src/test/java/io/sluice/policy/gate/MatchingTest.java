package io.sluice.policy.gate;

import static io.sluice.policy.gate.MeshScene.not;
import static io.sluice.policy.gate.MeshScene.term;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.GatePolicy.Action;
import io.sluice.policy.model.GateRule;
import io.sluice.policy.model.GateTerm;
import io.sluice.policy.model.GateTerm.Attribute;
import io.sluice.policy.model.SourcePosition;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatchingTest {
    private static final GateTerm FROM_SHOP = term(Attribute.SOURCE_NAMESPACE, "shop");
    private static final GateTerm FROM_OTHER = term(Attribute.SOURCE_NAMESPACE, "other");
    private static final GateTerm GET = term(Attribute.METHOD, "GET");

    private final MeshScene scene = new MeshScene()
            .namespace("shop", "")
            .pod("shop/web", "", "10.0.0.1")
            .pod("shop/cart", "", "10.0.0.2");

    private String match(GateRule rule, Action action, boolean http, Request request) {
        Truth truth = new Matching(new Facts(scene.snapshot(), request, true, false), http).rule(rule, action);
        return truth.isUnknown() ? String.join("+", truth.on()) : truth.isTrue() ? "yes" : "no";
    }

    private String match(GateRule rule) {
        return match(rule, Action.ALLOW, true, scene.request("shop/cart", "shop/web"));
    }

    private static GateRule rule(
            List<List<GateTerm>> sources, List<List<GateTerm>> operations, GateTerm... conditions) {
        return new GateRule(sources, operations, List.of(conditions), SourcePosition.NONE);
    }

    @Test
    void sourcesAreAlternativesAndTheirTermsAreNot() {
        assertThat(match(rule(List.of(), List.of()))).isEqualTo("yes");
        assertThat(match(rule(List.of(List.of(FROM_OTHER), List.of(FROM_SHOP)), List.of())))
                .isEqualTo("yes");
        assertThat(match(rule(List.of(List.of(FROM_OTHER, FROM_SHOP)), List.of())))
                .isEqualTo("no");
        assertThat(match(rule(List.of(List.of()), List.of()))).isEqualTo("yes");
        assertThat(match(rule(List.of(), List.of(List.of(FROM_OTHER), List.of(FROM_SHOP)))))
                .isEqualTo("yes");
        assertThat(match(rule(List.of(), List.of(List.of(FROM_OTHER))))).isEqualTo("no");
    }

    @Test
    void everyPartOfARuleIsAskedFor() {
        assertThat(match(rule(List.of(List.of(FROM_SHOP)), List.of(List.of(FROM_SHOP)), FROM_SHOP)))
                .isEqualTo("yes");
        assertThat(match(rule(List.of(List.of(FROM_OTHER)), List.of(List.of(FROM_SHOP)), FROM_SHOP)))
                .isEqualTo("no");
        assertThat(match(rule(List.of(List.of(FROM_SHOP)), List.of(List.of(FROM_OTHER)), FROM_SHOP)))
                .isEqualTo("no");
        assertThat(match(rule(List.of(List.of(FROM_SHOP)), List.of(List.of(FROM_SHOP)), FROM_OTHER)))
                .isEqualTo("no");
        assertThat(match(rule(List.of(List.of(FROM_SHOP)), List.of(List.of(GET)), FROM_SHOP)))
                .isEqualTo("method");
    }

    @Test
    void oneOfTheValuesAndNoneOfTheOthers() {
        GateTerm both = new GateTerm(
                Attribute.SOURCE_NAMESPACE,
                "",
                term(Attribute.SOURCE_NAMESPACE, "s*", "x").values(),
                term(Attribute.SOURCE_NAMESPACE, "shop").values());
        assertThat(match(MeshScene.rule(both))).isEqualTo("no");
        assertThat(match(MeshScene.rule(not(Attribute.SOURCE_NAMESPACE, "other", "x"))))
                .isEqualTo("yes");
        assertThat(match(MeshScene.rule(not(Attribute.SOURCE_NAMESPACE, "other", "shop"))))
                .isEqualTo("no");
        assertThat(match(MeshScene.rule(new GateTerm(Attribute.METHOD, "", List.of(), List.of()))))
                .as("no demand at all")
                .isEqualTo("yes");
    }

    /** A lone star is fulfilled by what every request has; a header may be missing. */
    @Test
    void presenceIsKnownOfWhatIsAlwaysThere() {
        assertThat(match(MeshScene.rule(term(Attribute.METHOD, "GET", "*")))).isEqualTo("yes");
        assertThat(match(MeshScene.rule(not(Attribute.PATH, "*")))).isEqualTo("no");
        assertThat(match(MeshScene.rule(term(Attribute.HEADER, "*")))).isEqualTo("header");
        assertThat(match(MeshScene.rule(GET))).isEqualTo("method");
    }

    @Test
    void whereNothingIsKnownOfHttpAnAllowThatAsksForItMatchesNothing() {
        Request request = scene.request("shop/cart", "shop/web");
        for (GateRule rule : List.of(
                MeshScene.rule(GET),
                rule(List.of(List.of(GET)), List.of()),
                rule(List.of(), List.of(List.of(FROM_SHOP), List.of(GET))))) {
            assertThat(match(rule, Action.ALLOW, false, request)).isEqualTo("no");
            assertThat(match(rule, Action.DENY, false, request))
                    .as("a wider deny")
                    .isEqualTo("yes");
        }
        assertThat(match(MeshScene.rule(FROM_SHOP), Action.ALLOW, false, request))
                .isEqualTo("yes");
        assertThat(match(MeshScene.rule(GET, FROM_OTHER), Action.DENY, false, request))
                .as("what it asks for beyond counts")
                .isEqualTo("no");
    }
}
