package io.sluice.policy;

import static io.sluice.policy.Scene.ANYONE;
import static io.sluice.policy.Scene.ANYTHING;
import static io.sluice.policy.Scene.allow;
import static io.sluice.policy.Scene.deny;
import static io.sluice.policy.Scene.everyPod;
import static io.sluice.policy.Scene.ordered;
import static io.sluice.policy.Scene.pass;
import static io.sluice.policy.Scene.tcp;
import static io.sluice.policy.Scene.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Spared;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Tier;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is spared by one of several policies, and who decides before that. The peer is the node that the pod runs on. */
class SparingTest {
    private static Scene scene() {
        return new Scene().namespace("x", "").node("n1", "", "172.18.0.1").podOn("n1", "x/web", "app=web", "10.0.0.1");
    }

    private static Policy policy(Combining combining, double priority, String name, Set<Spared> spares, Rule... rules) {
        return new Policy(
                new PolicyId("P", "", name),
                SourcePosition.NONE,
                Tier.NETWORK_POLICY,
                priority,
                combining,
                new Subject(NamespaceMatch.EVERY, where("app=web")),
                List.of(new Section(Direction.INGRESS, true, spares, List.of(rules))));
    }

    private static Policy combined(String name, Set<Spared> spares, Rule... rules) {
        return policy(Combining.DENY_OVERRIDES, 10, name, spares, rules);
    }

    private static final Set<Spared> NODE = Set.of(Spared.OWN_NODE);

    private static String ask(Scene scene, int port) {
        return scene.ingress("n1", "x/web", Protocol.TCP, port);
    }

    @Test
    void aDenialOfAnyThatIsCombinedComesBefore() {
        Scene scene = scene().add(combined("a", Set.of(), deny(ANYONE, tcp(79))))
                .add(combined("b", NODE, allow(ANYONE, tcp(80)), deny(ANYONE, tcp(81))))
                .add(combined("c", Set.of(), deny(ANYONE, tcp(82)), allow(ANYONE, tcp(83))))
                .add(combined("d", NODE));
        assertThat(ask(scene, 79)).isEqualTo("deny by a ingress[0]");
        assertThat(ask(scene, 80)).isEqualTo("own node");
        assertThat(ask(scene, 81)).isEqualTo("deny by b ingress[1]");
        assertThat(ask(scene, 82)).isEqualTo("deny by c ingress[0]");
        assertThat(ask(scene, 83)).isEqualTo("own node");
        assertThat(ask(scene, 84)).isEqualTo("own node");
    }

    @Test
    void onlyThoseThatAreCombinedWithItCanDenyAfterIt() {
        Scene scene = scene().add(policy(Combining.DENY_OVERRIDES, 9, "earlier", Set.of(), deny(ANYONE, tcp(79))))
                .add(combined("a", NODE))
                .add(policy(Combining.DENY_OVERRIDES, 11, "later", Set.of(), deny(ANYONE, tcp(80))))
                .policy(Tier.BASELINE, 1, "baseline", everyPod(), ordered(Direction.INGRESS, deny(ANYONE, tcp(81))));
        assertThat(ask(scene, 79)).isEqualTo("deny by earlier ingress[0]");
        assertThat(ask(scene, 80)).isEqualTo("own node");
        assertThat(ask(scene, 81)).isEqualTo("own node");
    }

    /** Traffic that an ordered policy passes on leaves the tier before anybody is spared in it. */
    @Test
    void whatIsPassedOnBeforeIsDecidedByTheNextTier() {
        Scene scene = scene().add(policy(Combining.FIRST_MATCH, 1, "passing", Set.of(), pass(ANYONE, tcp(80))))
                .add(combined("a", NODE))
                .policy(Tier.BASELINE, 1, "baseline", everyPod(), ordered(Direction.INGRESS, deny(ANYONE, ANYTHING)));
        assertThat(ask(scene, 80)).isEqualTo("deny by baseline ingress[0]");
        assertThat(ask(scene, 81)).isEqualTo("own node");
    }

    /** In a tier before, the same leads to this one. */
    @Test
    void whatATierBeforePassesOnIsSpared() {
        Scene scene = scene().policy(
                        Tier.ADMIN, 1, "admin", everyPod(), ordered(Direction.INGRESS, pass(ANYONE, tcp(80))))
                .add(combined("a", NODE))
                .policy(Tier.BASELINE, 1, "baseline", everyPod(), ordered(Direction.INGRESS, deny(ANYONE, ANYTHING)));
        assertThat(ask(scene, 80)).isEqualTo("own node");
    }

    @Test
    void anOrderedPolicySparesBeforeItsRulesAndAfterThoseBefore() {
        Scene scene = scene().add(policy(Combining.FIRST_MATCH, 1, "a", Set.of(), deny(ANYONE, tcp(79))))
                .add(policy(Combining.FIRST_MATCH, 2, "b", NODE, deny(ANYONE, tcp(80))))
                .add(combined("c", Set.of(), deny(ANYONE, tcp(81))));
        assertThat(ask(scene, 79)).isEqualTo("deny by a ingress[0]");
        assertThat(ask(scene, 80)).isEqualTo("own node");
        assertThat(ask(scene, 81)).isEqualTo("own node");
    }

    @Test
    void aRuleAboutTheOwnNodeIsAboutNoOther() {
        Scene scene = scene().node("n2", "", "172.18.0.2")
                .add(combined("a", Set.of(), allow(List.of(new Peer.OwnNode()), tcp(80))));
        assertThat(ask(scene, 80)).isEqualTo("allow by a ingress[0]");
        assertThat(scene.ingress("n2", "x/web", Protocol.TCP, 80)).isEqualTo("isolated by a");
        assertThat(scene.ingress("172.18.0.9", "x/web", Protocol.TCP, 80)).isEqualTo("isolated by a");
    }
}
