package io.sluice.policy;

import static io.sluice.policy.Scene.ANYONE;
import static io.sluice.policy.Scene.ANYTHING;
import static io.sluice.policy.Scene.allow;
import static io.sluice.policy.Scene.block;
import static io.sluice.policy.Scene.deny;
import static io.sluice.policy.Scene.egress;
import static io.sluice.policy.Scene.everyPod;
import static io.sluice.policy.Scene.ingress;
import static io.sluice.policy.Scene.ordered;
import static io.sluice.policy.Scene.pass;
import static io.sluice.policy.Scene.pods;
import static io.sluice.policy.Scene.tcp;
import static io.sluice.policy.model.Direction.EGRESS;
import static io.sluice.policy.model.Direction.INGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.decide.Decision;
import io.sluice.policy.decide.Step;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Tier;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where readers of tiered policies go wrong: each trap is a test that names it. */
class TierTrapsTest {
    private static Scene scene() {
        return new Scene()
                .node("n1", "role=worker", "172.18.0.1")
                .node("n2", "role=gateway", "172.18.0.2")
                .podOn("n1", "x/a", "app=a", "10.0.0.1")
                .podOn("n2", "x/b", "app=b", "10.0.0.2")
                .podOn("n2", "y/c", "app=c", "10.0.0.3");
    }

    @Test
    void tiersAreAskedInOrderAndTheFirstThatDecidesWins() {
        Scene scene = scene().policy(Tier.BASELINE, 0, "base", everyPod(), ordered(INGRESS, deny(ANYONE, ANYTHING)))
                .policy("x/np", "app=a", ingress(allow(ANYONE, tcp(80))))
                .policy(Tier.ADMIN, 0, "admin", everyPod(), ordered(INGRESS, deny(List.of(pods("app=c")), ANYTHING)));
        assertThat(scene.ingress("y/c", "x/a")).isEqualTo("deny by admin ingress[0]");
        assertThat(scene.ingress("x/b", "x/a")).isEqualTo("allow by np ingress[0]");
        assertThat(scene.ingress("x/b", "x/a", Protocol.TCP, 81)).isEqualTo("isolated by np");
        assertThat(scene.ingress("x/a", "x/b")).isEqualTo("deny by base ingress[0]");
    }

    @Test
    void trap25_networkPolicyIsFinalForItsOwnDirectionAndElseBaselineIsAsked() {
        Scene scene = scene().policy("x/np", "app=a", egress(allow(ANYONE, ANYTHING)))
                .policy(
                        Tier.BASELINE,
                        0,
                        "base",
                        everyPod(),
                        ordered(INGRESS, deny(ANYONE, ANYTHING)),
                        ordered(EGRESS, deny(ANYONE, ANYTHING)));
        assertThat(scene.ingress("x/b", "x/a")).isEqualTo("deny by base ingress[0]");
        assertThat(scene.egress("x/a", "x/b")).isEqualTo("allow by np egress[0]");
    }

    @Test
    void trap26_passInAdminLeadsToNetworkPolicyAndThenBaseline() {
        Scene scene = scene().policy(
                        Tier.ADMIN,
                        0,
                        "admin",
                        everyPod(),
                        ordered(INGRESS, pass(List.of(pods("app=b")), ANYTHING), deny(ANYONE, ANYTHING)))
                .policy("x/np", "app=a", ingress())
                .policy(Tier.BASELINE, 0, "base", everyPod(), ordered(INGRESS, deny(ANYONE, tcp(80))));
        assertThat(scene.ingress("x/b", "x/a")).isEqualTo("isolated by np");
        assertThat(scene.ingress("x/b", "y/c")).isEqualTo("deny by base ingress[0]");
        assertThat(scene.ingress("x/b", "y/c", Protocol.TCP, 81)).isEqualTo("no policy");
    }

    @Test
    void trap26_passInBaselineAllows() {
        Scene scene = scene().policy(
                        Tier.BASELINE,
                        0,
                        "base",
                        everyPod(),
                        ordered(INGRESS, pass(List.of(pods("app=b")), ANYTHING), deny(ANYONE, ANYTHING)));
        assertThat(scene.ingress("x/b", "x/a")).isEqualTo("no policy");
        assertThat(scene.ingress("y/c", "x/a")).isEqualTo("deny by base ingress[1]");
    }

    @Test
    void trap27_passEndsTheTierAndNotOnlyThePolicy() {
        Scene scene = scene().policy(Tier.ADMIN, 1, "first", everyPod(), ordered(INGRESS, pass(ANYONE, tcp(80))))
                .policy(Tier.ADMIN, 2, "second", everyPod(), ordered(INGRESS, deny(ANYONE, ANYTHING)));
        assertThat(scene.ingress("x/b", "x/a")).isEqualTo("no policy");
        assertThat(scene.ingress("x/b", "x/a", Protocol.TCP, 81)).isEqualTo("deny by second ingress[0]");
    }

    private static Decision decide(Scene scene, int port) {
        return scene.ask(new Connection(scene.party("x/b"), scene.party("x/a"), Protocol.TCP, port));
    }

    @Test
    void trap28_equalPrioritiesThatDisagreeAreAmbiguousAndTheTraceSaysSo() {
        Scene scene = scene().policy(Tier.ADMIN, 5, "z", everyPod(), ordered(INGRESS, deny(ANYONE, tcp(80))))
                .policy(Tier.ADMIN, 5, "a", everyPod(), ordered(INGRESS, allow(ANYONE, ANYTHING)))
                .policy(Tier.ADMIN, 6, "later", everyPod(), ordered(INGRESS, deny(ANYONE, ANYTHING)));
        Decision clash = decide(scene, 80);
        assertThat(Scene.words(clash.ingress())).isEqualTo("allow by a ingress[0]");
        assertThat(clash.ingress().trace())
                .filteredOn(Step.Ambiguous.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Step.Ambiguous.class, step -> {
                    assertThat(step.taken().policy().id().name()).isEqualTo("a");
                    assertThat(step.other().policy().id().name()).isEqualTo("z");
                });
        assertThat(decide(scene, 81).ingress().trace()).noneMatch(Step.Ambiguous.class::isInstance);
    }

    @Test
    void trap28_equalPrioritiesThatAgreeAreNotAmbiguous() {
        Scene scene = scene().policy(Tier.ADMIN, 5, "a", everyPod(), ordered(INGRESS, deny(ANYONE, ANYTHING)))
                .policy(Tier.ADMIN, 5, "b", everyPod(), ordered(INGRESS, deny(ANYONE, tcp(80))));
        assertThat(decide(scene, 80).ingress().trace()).noneMatch(Step.Ambiguous.class::isInstance);
    }

    /** The dialects write a peer that they do not know as no peer for Accept, and as everything for Deny and Pass. */
    @Test
    void trap29_anUnknownPeerFailsClosed() {
        Scene accept = scene().policy(
                        Tier.ADMIN,
                        0,
                        "p",
                        everyPod(),
                        ordered(INGRESS, allow(List.of(), ANYTHING), deny(ANYONE, ANYTHING)));
        assertThat(accept.ingress("x/b", "x/a")).isEqualTo("deny by p ingress[1]");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"ICMP,2048", "ICMPv6,32768", "TCP,1", "UDP,65535", "SCTP,80"})
    void trap30_aRuleWithoutProtocolsCoversIcmpToo(String protocol, int port) {
        Scene scene = scene().policy(Tier.ADMIN, 0, "p", everyPod(), ordered(INGRESS, deny(ANYONE, ANYTHING)));
        assertThat(scene.ingress("x/b", "x/a", Protocol.named(protocol).orElseThrow(), port))
                .isEqualTo("deny by p ingress[0]");
    }

    @Test
    void trap30_alsoAProtocolWithoutPorts() {
        Scene scene = scene().policy(Tier.ADMIN, 0, "p", everyPod(), ordered(INGRESS, deny(ANYONE, ANYTHING)));
        assertThat(scene.ingress("x/b", "x/a", new Protocol(47), 0)).isEqualTo("deny by p ingress[0]");
    }

    @Test
    void trap31_theOrderOfRulesCounts() {
        Scene one = scene().policy(
                        Tier.ADMIN,
                        0,
                        "p",
                        everyPod(),
                        ordered(INGRESS, allow(ANYONE, tcp(80)), deny(ANYONE, ANYTHING)));
        Scene swapped = scene().policy(
                        Tier.ADMIN,
                        0,
                        "p",
                        everyPod(),
                        ordered(INGRESS, deny(ANYONE, ANYTHING), allow(ANYONE, tcp(80))));
        assertThat(one.ingress("x/b", "x/a")).isEqualTo("allow by p ingress[0]");
        assertThat(swapped.ingress("x/b", "x/a")).isEqualTo("deny by p ingress[0]");
    }

    @Test
    void prioritiesCountBeforeNamesAndNamesBeforeTheOrderOfWriting() {
        Scene scene = scene().policy(Tier.ADMIN, 7, "a", everyPod(), ordered(INGRESS, deny(ANYONE, ANYTHING)))
                .policy(Tier.ADMIN, 3, "z", everyPod(), ordered(INGRESS, allow(ANYONE, tcp(80))))
                .policy(Tier.ADMIN, 3, "y", everyPod(), ordered(INGRESS, allow(ANYONE, tcp(80))));
        assertThat(scene.ingress("x/b", "x/a")).isEqualTo("allow by y ingress[0]");
    }

    private static Connection own(Scene scene, boolean hairpin) {
        return new Connection(scene.party("x/a"), scene.party("x/a"), Protocol.TCP, 80, hairpin);
    }

    @Test
    void trap22_adminJudgesAPodThatReachesItselfThroughAServiceButNotDirectly() {
        Scene scene = scene().policy(
                        Tier.ADMIN, 0, "p", everyPod(), ordered(INGRESS, deny(List.of(pods("app=a")), ANYTHING)))
                .policy("x/np", "", ingress());
        assertThat(Scene.words(scene.ask(own(scene, true)).ingress())).isEqualTo("deny by p ingress[0]");
        assertThat(Scene.words(scene.ask(own(scene, false)).ingress())).isEqualTo("self");
    }

    @Test
    void trap22_networkPolicySparesThePodAndItsNodeBeforeBaselineIsAsked() {
        Scene scene = scene().policy("x/np", "app=a", ingress())
                .policy(Tier.BASELINE, 0, "base", everyPod(), ordered(INGRESS, deny(ANYONE, ANYTHING)));
        assertThat(Scene.words(scene.ask(own(scene, true)).ingress())).isEqualTo("self");
        assertThat(scene.ingress("n1", "x/a")).isEqualTo("own node");
    }

    @Test
    void trap20_withoutANetworkPolicyBaselineJudgesThePodItselfAndItsNode() {
        Scene scene = scene().policy(Tier.BASELINE, 0, "base", everyPod(), ordered(INGRESS, deny(ANYONE, ANYTHING)));
        assertThat(Scene.words(scene.ask(own(scene, true)).ingress())).isEqualTo("deny by base ingress[0]");
        assertThat(scene.ingress("n1", "x/a")).isEqualTo("deny by base ingress[0]");
    }

    @Test
    void trap20_adminComesBeforeTheOwnNodesPrivilege() {
        Scene scene = scene().policy(
                        Tier.ADMIN,
                        0,
                        "p",
                        everyPod(),
                        ordered(EGRESS, deny(List.of(new Peer.Nodes(Scene.where("role=worker"))), tcp(80))))
                .policy("x/np", "", egress());
        assertThat(scene.egress("x/a", "n1")).isEqualTo("deny by p egress[0]");
        assertThat(scene.egress("x/a", "n1", Protocol.TCP, 81)).isEqualTo("own node");
        assertThat(scene.egress("x/b", "n1", Protocol.TCP, 81)).isEqualTo("isolated by np");
    }

    @Test
    void trap21_nodesMatchNodesAndHostNetworkPodsByTheNodesLabels() {
        Scene scene = scene().hostPod("n2", "y/host", "app=host", "172.18.0.2")
                .policy(
                        Tier.ADMIN,
                        0,
                        "p",
                        everyPod(),
                        ordered(EGRESS, deny(List.of(new Peer.Nodes(Scene.where("role=gateway"))), ANYTHING)));
        assertThat(scene.egress("x/a", "n2")).isEqualTo("deny by p egress[0]");
        assertThat(scene.egress("x/a", "y/host")).isEqualTo("deny by p egress[0]");
        assertThat(scene.egress("x/a", "n1")).isEqualTo("no policy");
        assertThat(scene.egress("x/a", "x/b"))
                .as("a pod on the node is not the node")
                .isEqualTo("no policy");
    }

    @Test
    void trap17_networksOfAClusterPolicyMatchPodsToo() {
        Scene scene = scene().policy(
                        Tier.ADMIN, 0, "p", everyPod(), ordered(EGRESS, deny(List.of(block("10.0.0.2/31")), ANYTHING)));
        assertThat(scene.egress("x/a", "x/b")).isEqualTo("deny by p egress[0]");
        assertThat(scene.egress("x/a", "y/c")).isEqualTo("deny by p egress[0]");
        assertThat(scene.egress("x/b", "x/a")).isEqualTo("no policy");
    }

    @Test
    void aTierOfDenyOverridesLetsDenyWinOverAllowWhateverTheOrder() {
        Scene scene = scene().policy("x/a", "", ingress(allow(ANYONE, ANYTHING)))
                .policy("x/b", "", ingress(pass(ANYONE, ANYTHING), deny(ANYONE, tcp(80))));
        assertThat(scene.ingress("y/c", "x/a")).isEqualTo("deny by b ingress[1]");
        assertThat(scene.ingress("y/c", "x/a", Protocol.TCP, 81)).isEqualTo("allow by a ingress[0]");
    }

    @Test
    void aSectionThatDoesNotIsolateLeavesTheRestToTheNextTier() {
        Scene scene = scene().policy("x/open", "", ordered(INGRESS, allow(ANYONE, tcp(80))))
                .policy(Tier.BASELINE, 0, "base", everyPod(), ordered(INGRESS, deny(ANYONE, tcp(81))));
        assertThat(scene.ingress("y/c", "x/a", Protocol.TCP, 80)).isEqualTo("allow by open ingress[0]");
        assertThat(scene.ingress("y/c", "x/a", Protocol.TCP, 81)).isEqualTo("deny by base ingress[0]");
        assertThat(scene.ingress("y/c", "x/a", Protocol.TCP, 82)).isEqualTo("no policy");
    }

    @Test
    void theTraceTellsEveryStepInOrder() {
        Scene scene = scene().policy(Tier.ADMIN, 0, "admin", everyPod(), ordered(INGRESS, pass(ANYONE, tcp(80))))
                .policy("x/np", "app=b", ingress())
                .policy(
                        Tier.BASELINE,
                        0,
                        "base",
                        everyPod(),
                        ordered(
                                INGRESS,
                                deny(List.of(pods("app=c")), ANYTHING),
                                allow(ANYONE, List.of(new PortMatch.Range(TrafficRange.of(Protocol.TCP))))));
        assertThat(decide(scene, 80).ingress().trace().stream().map(TierTrapsTest::words))
                .containsExactly(
                        "ClusterNetworkPolicy admin ingress[0] peer true port true",
                        "passed by ClusterNetworkPolicy admin ingress[0]",
                        "NetworkPolicy silent",
                        "ClusterNetworkPolicy base ingress[0] peer false port true",
                        "ClusterNetworkPolicy base ingress[1] peer true port true",
                        "allow");
    }

    private static String words(Step step) {
        return switch (step) {
            case Step.RuleTried(var rule, var peer, var port) -> rule + " peer " + peer + " port " + port;
            case Step.NoRules(var policy) -> policy + " has no rules";
            case Step.Passed(var rule) -> "passed by " + rule;
            case Step.TierSilent(var tier) -> tier + " silent";
            case Step.Ambiguous(var taken, var other) -> taken + " or " + other;
            case Step.Decided(var cause) -> cause.verdict().toString();
        };
    }
}
