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
import static io.sluice.policy.Scene.where;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Combining;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Spared;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Tier;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.Relation;
import io.sluice.policy.table.Removals;
import io.sluice.policy.table.Removals.Finding;
import io.sluice.policy.table.Removals.Witness;
import io.sluice.policy.table.VerdictTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What would change if a rule or a policy were not there. */
class RemovalsTest {
    private static final int TCP_80 = TrafficRange.key(Protocol.TCP, 80);

    private final Scene scene = new Scene()
            .namespace("x", "")
            .node("n1", "", "172.18.0.1")
            .node("n2", "", "172.18.0.2")
            .podOn("n1", "x/web", "app=web", "10.0.0.1")
            .podOn("n1", "x/api", "app=api", "10.0.0.2")
            .podOn("n2", "x/db", "app=db", "10.0.0.3");

    private static final Peer API = pods("app=api");

    private Policy policy(String name) {
        return scene.snapshot().policies().stream()
                .filter(policy -> policy.id().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private RuleRef rule(String policy, Direction direction, int index) {
        return new RuleRef(policy(policy), direction, index);
    }

    private RuleRef rule(String policy) {
        return rule(policy, Direction.INGRESS, 0);
    }

    private static Cause by(RuleRef rule, Verdict verdict) {
        return new Cause.ByRule(rule, verdict);
    }

    private static Cause isolated(String... names) {
        return new Cause.Isolated(
                Tier.NETWORK_POLICY.name(),
                List.of(names).stream()
                        .map(name -> new PolicyId("NetworkPolicy", "x", name))
                        .toList());
    }

    private VerdictTable table() {
        return VerdictTable.of(scene.snapshot());
    }

    @Test
    void aRuleThatAloneAllowsIsNeededAndThePacketIsShown() {
        scene.policy("x/p", "app=web", ingress(allow(List.of(API), tcp(80)), allow(List.of(API), tcp(90))));
        VerdictTable table = table();
        Finding finding = Removals.of(table).remove(rule("p"));
        assertThat(finding)
                .isEqualTo(new Finding(
                        Optional.of(new Witness(
                                table.policySetOf(scene.snapshot().pods().getFirst()),
                                Direction.INGRESS,
                                Relation.OTHER,
                                table.identityOf(scene.party("x/api")),
                                TCP_80,
                                by(rule("p"), Verdict.ALLOW),
                                isolated("p"))),
                        true,
                        true,
                        Set.of(),
                        Set.of()));
    }

    @Test
    void aDenialIsNeededWhereSomethingElseAllows() {
        scene.policy(
                Tier.ADMIN,
                1,
                "p",
                everyPod(),
                ordered(Direction.EGRESS, deny(List.of(API), ANYTHING), allow(List.of(API), tcp(80))));
        Removals removals = Removals.of(table());
        assertThat(removals.remove(rule("p", Direction.EGRESS, 0)).witness()).hasValueSatisfying(witness -> {
            assertThat(witness.direction()).isEqualTo(Direction.EGRESS);
            assertThat(witness.trafficKey()).isZero();
            assertThat(witness.with()).isEqualTo(by(rule("p", Direction.EGRESS, 0), Verdict.DENY));
            assertThat(witness.without()).isEqualTo(new Cause.NoPolicy());
        });
        Finding late = removals.remove(rule("p", Direction.EGRESS, 1));
        assertThat(late.isNeeded()).isFalse();
        assertThat(late.matches()).isTrue();
        assertThat(late.decides()).isFalse();
        assertThat(late.before()).containsExactly(by(rule("p", Direction.EGRESS, 0), Verdict.DENY));
    }

    @Test
    void ofTwoThatSayTheSameOneIsSuperfluous() {
        scene.policy("x/a", "app=web", ingress(allow(List.of(API), tcp(80))))
                .policy("x/b", "app=web", ingress(allow(List.of(API), tcp(80))));
        Removals removals = Removals.of(table());
        Finding second = removals.remove(rule("b"));
        assertThat(second.isNeeded()).isFalse();
        assertThat(second.matches()).isTrue();
        assertThat(second.decides()).as("the first by id is the cause").isFalse();
        assertThat(second.instead()).isEmpty();
        assertThat(second.before()).containsExactly(by(rule("a"), Verdict.ALLOW));
        assertThat(removals.remove(rule("a")).isNeeded())
                .as("now that the other is gone")
                .isTrue();
        assertThat(removals.remove(rule("a")).isNeeded()).as("it stays needed").isTrue();
    }

    @Test
    void whatDecidesInsteadIsSaid() {
        scene.policy("x/a", "app=web", ingress(allow(List.of(API), tcp(80))))
                .policy("x/b", "app=web", ingress(allow(ANYONE, ANYTHING)));
        Removals removals = Removals.of(table());
        Finding first = removals.remove(rule("a"));
        assertThat(first.isNeeded()).isFalse();
        assertThat(first.decides()).isTrue();
        assertThat(first.instead()).containsExactly(by(rule("b"), Verdict.ALLOW));
        assertThat(first.before()).isEmpty();
        assertThat(removals.remove(rule("b")).isNeeded()).isTrue();
    }

    /** A finding is told after everything superfluous is gone: what would decide in its place is none of that. */
    @Test
    void whatWasFoundIsLookedAtAgain() {
        scene.policy("x/a", "app=web", ingress(allow(List.of(API), tcp(80))))
                .policy("x/b", "app=web", ingress(allow(List.of(API), tcp(80))))
                .policy("x/c", "app=web", ingress(allow(ANYONE, ANYTHING)));
        Removals removals = Removals.of(table());
        assertThat(removals.remove(rule("a")).instead()).containsExactly(by(rule("b"), Verdict.ALLOW));
        assertThat(removals.remove(rule("b")).instead()).containsExactly(by(rule("c"), Verdict.ALLOW));
        for (int i = 0; i < 2; i++) {
            assertThat(removals.again(rule("a")).instead()).containsExactly(by(rule("c"), Verdict.ALLOW));
            assertThat(removals.again(rule("b")).instead()).containsExactly(by(rule("c"), Verdict.ALLOW));
        }
        assertThat(removals.remove(rule("c")).isNeeded()).isTrue();
    }

    @Test
    void aPolicyIsNeededForItsIsolationToo() {
        scene.policy("x/a", "app=web", ingress()).policy("x/b", "app=web", ingress());
        Removals removals = Removals.of(table());
        Finding second = removals.remove(policy("b"));
        assertThat(second.isNeeded()).isFalse();
        assertThat(second.matches()).isTrue();
        assertThat(second.instead()).containsExactly(isolated("a", "b"));
        assertThat(removals.again(policy("b")).isNeeded()).isFalse();
        assertThat(removals.remove(policy("a")).witness())
                .hasValueSatisfying(witness -> assertThat(witness.without()).isEqualTo(new Cause.NoPolicy()));
        assertThat(removals.again(policy("b")).isNeeded())
                .as("the other stayed")
                .isFalse();
    }

    @Test
    void aPolicyGoesWithAllItsRules() {
        scene.policy("x/a", "app=web", ingress(allow(ANYONE, tcp(80)), allow(ANYONE, tcp(90))))
                .policy("x/b", "app=web", ingress(allow(ANYONE, ANYTHING)));
        Removals removals = Removals.of(table());
        Finding finding = removals.remove(policy("a"));
        assertThat(finding.isNeeded()).isFalse();
        assertThat(finding.instead()).containsExactly(by(rule("b"), Verdict.ALLOW));
        assertThat(removals.remove(policy("b")).isNeeded())
                .as("without it and the other nothing is isolated, and everything allowed")
                .isFalse();
    }

    /** Once a policy is gone, the next that says the same decides. */
    @Test
    void aPolicyThatIsGoneDecidesNothing() {
        scene.policy("x/a", "app=web", ingress(allow(List.of(API), tcp(80))))
                .policy("x/b", "app=web", ingress(allow(List.of(API), tcp(80))))
                .policy("x/c", "app=web", ingress(allow(List.of(API), tcp(80)), allow(List.of(API), tcp(79))));
        Removals removals = Removals.of(table());
        assertThat(removals.remove(policy("a")).isNeeded()).isFalse();
        Finding second = removals.remove(policy("b"));
        assertThat(second.isNeeded()).isFalse();
        assertThat(second.instead()).contains(by(rule("c"), Verdict.ALLOW));
        assertThat(second.before()).doesNotContain(by(rule("a"), Verdict.ALLOW));
    }

    @Test
    void aRuleThatPassesIsNeededWhereTheNextTierDecidesOtherwise() {
        scene.policy(
                        Tier.ADMIN,
                        1,
                        "p",
                        everyPod(),
                        ordered(
                                Direction.INGRESS,
                                pass(List.of(API), tcp(80)),
                                pass(List.of(API), tcp(90)),
                                deny(List.of(API), tcp(80))))
                .policy(Tier.BASELINE, 1, "q", everyPod(), ordered(Direction.INGRESS, allow(ANYONE, tcp(70))));
        Removals removals = Removals.of(table());
        assertThat(removals.remove(rule("p")).witness()).hasValueSatisfying(witness -> {
            assertThat(witness.trafficKey()).isEqualTo(TCP_80);
            assertThat(witness.with()).isEqualTo(new Cause.NoPolicy());
            assertThat(witness.without()).isEqualTo(by(rule("p", Direction.INGRESS, 2), Verdict.DENY));
        });
        Finding idle = removals.remove(rule("p", Direction.INGRESS, 1));
        assertThat(idle.isNeeded()).isFalse();
        assertThat(idle.matches()).isTrue();
        assertThat(idle.before()).containsExactly(new Cause.NoPolicy());
        assertThat(removals.remove(rule("q")).isNeeded())
                .as("what nobody decides is allowed")
                .isFalse();
    }

    /** No more kinds of peers are looked at than there are. */
    @Test
    void whatEveryKindOfPeerIsAllowedAlready() {
        scene.policy(
                        "x/a",
                        "app=web",
                        ingress(
                                allow(List.of(pods("")), tcp(80)),
                                allow(List.of(new Peer.World(), new Peer.Nodes(where(""))), tcp(80))))
                .policy("x/b", "app=web", ingress(allow(ANYONE, tcp(80))));
        Removals removals = Removals.of(table());
        assertThat(removals.remove(policy("b")).isNeeded()).isFalse();
        assertThat(removals.remove(rule("a")).isNeeded()).isTrue();
    }

    /** Peers of which nothing is asked but what a port name means there. */
    @Test
    void peersThatOnlyAPortNameTellsApart() {
        scene.podWithPorts("http:TCP:80", "x/peer", "app=peer", "10.0.0.9")
                .policy("x/p", "app=web", egress(allow(ANYONE, List.of(new PortMatch.Named("http", Protocol.TCP)))));
        VerdictTable table = table();
        Removals removals = Removals.of(table);
        assertThat(removals.isAboutAnything(rule("p", Direction.EGRESS, 0))).isTrue();
        assertThat(removals.remove(rule("p", Direction.EGRESS, 0)).witness())
                .hasValueSatisfying(
                        witness -> assertThat(witness.identity()).isEqualTo(table.identityOf(scene.party("x/peer"))));
    }

    /** What rules of others decide is not taken for what the policy decides. */
    @Test
    void onlyTheRulesOfThePolicyAreItsOwn() {
        scene.policy("x/a", "app=web", ingress(allow(List.of(API), tcp(80))))
                .policy("x/b", "app=web", ingress(allow(List.of(API), tcp(90))))
                .policy("x/c", "app=web", ingress(allow(List.of(API), tcp(80))));
        Finding finding = Removals.of(table()).remove(policy("c"));
        assertThat(finding.isNeeded()).isFalse();
        assertThat(finding.decides())
                .as("its isolation decides together with that of the others")
                .isTrue();
        assertThat(finding.instead()).containsExactly(isolated("a", "b", "c"));
        assertThat(finding.before())
                .containsExactlyInAnyOrder(by(rule("a"), Verdict.ALLOW), by(rule("b"), Verdict.ALLOW));
    }

    @Test
    void whatSelectsNobodyMatchesNothing() {
        scene.policy("x/p", "app=none", ingress(allow(List.of(API), tcp(80))));
        Removals removals = Removals.of(table());
        assertThat(removals.remove(policy("p")))
                .isEqualTo(new Finding(Optional.empty(), false, false, Set.of(), Set.of()));
        assertThat(removals.isAboutAnything(rule("p"))).isFalse();
    }

    @Test
    void aRuleIsAboutWhomItNamesAndWhatHasPorts() {
        scene.policy(
                "x/p",
                "app=web",
                ingress(
                        allow(List.of(pods("app=none")), ANYTHING),
                        allow(List.of(API), List.of(new PortMatch.Named("none", Protocol.TCP))),
                        allow(List.of(API), tcp(80))),
                egress(allow(List.of(block("192.0.2.0/24")), tcp(443))));
        Removals removals = Removals.of(table());
        assertThat(removals.isAboutAnything(rule("p"))).as("no such pod").isFalse();
        assertThat(removals.isAboutAnything(rule("p", Direction.INGRESS, 1)))
                .as("the subject has no such port")
                .isFalse();
        assertThat(removals.isAboutAnything(rule("p", Direction.INGRESS, 2))).isTrue();
        assertThat(removals.isAboutAnything(rule("p", Direction.EGRESS, 0)))
                .as("addresses outside are somebody")
                .isTrue();
        assertThat(removals.remove(rule("p")).matches()).isFalse();
    }

    @Test
    void aPortNameMeansWhatItMeansAtThePeer() {
        scene.podWithPorts("http:TCP:80", "x/peer", "app=peer", "10.0.0.9")
                .policy(
                        "x/p",
                        "app=web",
                        egress(
                                allow(ANYONE, List.of(new PortMatch.Named("http", Protocol.TCP))),
                                allow(List.of(pods("app=peer")), tcp(80))));
        Removals removals = Removals.of(table());
        assertThat(removals.isAboutAnything(rule("p", Direction.EGRESS, 0))).isTrue();
        Finding second = removals.remove(rule("p", Direction.EGRESS, 1));
        assertThat(second.isNeeded()).isFalse();
        assertThat(second.before()).containsExactly(by(rule("p", Direction.EGRESS, 0), Verdict.ALLOW));
        assertThat(removals.remove(rule("p", Direction.EGRESS, 0)).witness())
                .hasValueSatisfying(witness -> assertThat(witness.trafficKey()).isEqualTo(TCP_80));
    }

    /** One of those that are combined, which spares some and neither isolates nor allows anybody. */
    private Policy sparing(String name, Spared... spared) {
        return new Policy(
                new PolicyId("NetworkPolicy", "x", name),
                SourcePosition.NONE,
                Tier.NETWORK_POLICY,
                Policy.NETWORK_POLICY_PRIORITY,
                Combining.DENY_OVERRIDES,
                new Subject(new NamespaceMatch.Named("x"), where("app=web")),
                List.of(new Section(Direction.INGRESS, false, Set.of(spared), List.of())));
    }

    private Policy isolating() {
        return new Policy(
                new PolicyId("NetworkPolicy", "x", "isolating"),
                SourcePosition.NONE,
                Tier.NETWORK_POLICY,
                Policy.NETWORK_POLICY_PRIORITY,
                Combining.DENY_OVERRIDES,
                new Subject(new NamespaceMatch.Named("x"), where("app=web")),
                List.of(new Section(Direction.INGRESS, true, Set.of(), List.of())));
    }

    @Test
    void aPolicyIsNeededForTheNodeThatItSpares() {
        scene.add(isolating()).add(sparing("p", Spared.OWN_NODE));
        VerdictTable table = table();
        assertThat(Removals.of(table).remove(policy("p")).witness())
                .contains(new Witness(
                        table.policySetOf(scene.snapshot().pods().getFirst()),
                        Direction.INGRESS,
                        Relation.OWN_NODE,
                        table.identityOf(scene.party("n1")),
                        0,
                        new Cause.OwnNode(),
                        isolated("isolating")));
    }

    @Test
    void aPolicyIsNeededForThePodThatItSparesItself() {
        scene.add(isolating()).add(sparing("p", Spared.SELF));
        VerdictTable table = table();
        assertThat(Removals.of(table).remove(policy("p")).witness())
                .contains(new Witness(
                        table.policySetOf(scene.snapshot().pods().getFirst()),
                        Direction.INGRESS,
                        Relation.SELF,
                        table.identityOf(scene.party("x/web")),
                        0,
                        new Cause.Self(),
                        isolated("isolating")));
    }

    @Test
    void ofTwoThatSpareTheSameOneIsNeeded() {
        scene.add(isolating()).add(sparing("p", Spared.OWN_NODE)).add(sparing("q", Spared.OWN_NODE));
        Removals removals = Removals.of(table());
        assertThat(removals.remove(policy("p")).isNeeded()).isFalse();
        assertThat(removals.remove(policy("q")).isNeeded()).isTrue();
        assertThat(removals.remove(policy("q")).isNeeded())
                .as("what is needed is not taken away by asking")
                .isTrue();
    }

    /** Where nobody isolates the pod, whoever spares it is of no use; so neither is one that isolates nobody. */
    @Test
    void sparingIsOfNoUseWhereNothingIsDenied() {
        scene.add(sparing("p", Spared.OWN_NODE, Spared.SELF));
        assertThat(Removals.of(table()).remove(policy("p")).isNeeded()).isFalse();
    }

    @Test
    void podsAndNodesWithoutAddressesAreSparedToo() {
        Scene bare = new Scene()
                .namespace("x", "")
                .node("n1", "")
                .podOn("n1", "x/web", "app=web")
                .add(isolating())
                .add(sparing("p", Spared.OWN_NODE))
                .add(sparing("q", Spared.SELF));
        List<Policy> policies = bare.snapshot().policies();
        Removals removals = Removals.of(VerdictTable.of(bare.snapshot()));
        assertThat(removals.remove(policies.get(1)).witness())
                .hasValueSatisfying(witness -> assertThat(witness.relation()).isEqualTo(Relation.OWN_NODE));
        assertThat(removals.remove(policies.get(2)).witness())
                .hasValueSatisfying(witness -> assertThat(witness.relation()).isEqualTo(Relation.SELF));
    }

    /** A rule may be about the pod itself by one of its addresses only. */
    @Test
    void everyAddressOfThePodAndOfItsNodeCounts() {
        Scene two = new Scene()
                .namespace("x", "")
                .node("n1", "", "172.18.0.1", "2001:db8::1")
                .podOn("n1", "x/web", "app=web", "10.0.0.1", "2001:db8:1::1")
                .policy("x/open", "app=web", new Section(Direction.INGRESS, true, Set.of(), List.of(v4())))
                .add(sparing("p", Spared.OWN_NODE))
                .add(sparing("q", Spared.SELF));
        VerdictTable table = VerdictTable.of(two.snapshot());
        Removals removals = Removals.of(table);
        Map<Relation, String> expected = Map.of(Relation.OWN_NODE, "n1", Relation.SELF, "x/web");
        for (Policy policy : two.snapshot().policies().subList(1, 3)) {
            assertThat(removals.remove(policy).witness()).hasValueSatisfying(witness -> {
                assertThat(expected).containsKey(witness.relation());
                assertThat(witness.without()).isEqualTo(isolated("open"));
                assertThat(table.identities()
                                .get(witness.identity())
                                .signature()
                                .peers())
                        .as("the address that no rule allows")
                        .isEmpty();
            });
        }
    }

    /** A host-network pod proves a node that nobody lists, and is that node. */
    @Test
    void aNodeThatIsNotListedIsTheOwnNodeToo() {
        Scene unlisted = new Scene()
                .namespace("x", "")
                .podOn("n9", "x/web", "app=web", "10.0.9.1")
                .hostPod("n9", "x/host", "", "172.18.0.9")
                .add(isolating())
                .add(sparing("p", Spared.OWN_NODE));
        VerdictTable table = VerdictTable.of(unlisted.snapshot());
        assertThat(Removals.of(table)
                        .remove(unlisted.snapshot().policies().getLast())
                        .witness())
                .hasValueSatisfying(witness -> {
                    assertThat(witness.relation()).isEqualTo(Relation.OWN_NODE);
                    assertThat(witness.identity()).isEqualTo(table.identityOf(unlisted.party("x/host")));
                });
    }

    /** A denial of somebody else is of no use to a pod that is isolated, though the pod itself would be spared. */
    @Test
    void onlyThePodItselfReachesItself() {
        Section section =
                new Section(Direction.INGRESS, true, Set.of(Spared.SELF), List.of(deny(List.of(API), ANYTHING)));
        assertThat(removalOf(isolating().with(List.of(section)))).isEmpty();
        Section itself = section.with(List.of(deny(List.of(pods("app=web")), ANYTHING)));
        assertThat(removalOf(isolating().with(List.of(itself))))
                .hasValueSatisfying(witness -> assertThat(witness.relation()).isEqualTo(Relation.SELF));
    }

    /** The same of nodes: that another one is denied is of no use. */
    @Test
    void onlyTheOwnNodeIsTheOwnNode() {
        Section section = new Section(
                Direction.INGRESS,
                true,
                Set.of(Spared.OWN_NODE),
                List.of(deny(List.of(block("172.18.0.2/32")), ANYTHING)));
        assertThat(removalOf(isolating().with(List.of(section)))).isEmpty();
        Section own = section.with(List.of(deny(List.of(block("172.18.0.1/32")), ANYTHING)));
        assertThat(removalOf(isolating().with(List.of(own))))
                .hasValueSatisfying(witness -> assertThat(witness.relation()).isEqualTo(Relation.OWN_NODE));
    }

    /** What shows that the first ingress rule of the only policy is needed. */
    private Optional<Witness> removalOf(Policy only) {
        return Removals.of(VerdictTable.of(scene.snapshot().withPolicies(List.of(only))))
                .remove(new RuleRef(only, Direction.INGRESS, 0))
                .witness();
    }

    private static Rule v4() {
        return allow(List.of(block("0.0.0.0/0")), ANYTHING);
    }
}
