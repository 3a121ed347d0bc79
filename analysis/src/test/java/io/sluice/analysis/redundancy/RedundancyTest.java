package io.sluice.analysis.redundancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.Yaml;
import io.sluice.analysis.diff.ConnectivityDiff;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.table.VerdictTable;
import io.sluice.testing.Chance;
import io.sluice.testing.RandomCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RedundancyTest {
    private static final String PODS =
            Yaml.deployment("shop", "web", 8080) + "---\n" + Yaml.deployment("shop", "db", 5432);

    private static String allow(String name, String peer, String ports) {
        return Yaml.policy(
                "shop",
                name,
                "podSelector: {matchLabels: {app: db}}\ningress:\n  - from: [" + peer + "]\n    ports: [" + ports
                        + "]\n");
    }

    private static String check(String... documents) {
        List<String> all = new ArrayList<>(List.of(PODS));
        all.addAll(List.of(documents));
        return new CheckText(CheckReport.of(Yaml.snapshot(all.toArray(String[]::new)))).text();
    }

    private static final String WEB = "{podSelector: {matchLabels: {app: web}}}";

    @Test
    void aNarrowRuleBesideABroadOne() {
        assertThat(check(allow("broad", WEB, "{port: 1, endPort: 9999}"), allow("narrow", WEB, "{port: 5432}")))
                .contains("NetworkPolicy shop/narrow: without effect: the same is decided by NetworkPolicy shop/broad"
                        + " ingress[0]")
                .doesNotContain("shop/broad: without");
    }

    @Test
    void twoRulesTogetherCoverAThird() {
        assertThat(check(Yaml.policy("shop", "p", """
                        podSelector: {matchLabels: {app: db}}
                        ingress:
                          - {from: [%1$s], ports: [{port: 10, endPort: 20}]}
                          - {from: [%1$s], ports: [{port: 21, endPort: 30}]}
                          - {from: [%1$s], ports: [{port: 15, endPort: 25}]}
                        """.formatted(WEB))))
                .contains("shop/p ingress[2]: never decides: decided before by NetworkPolicy shop/p ingress[0]")
                .contains("NetworkPolicy shop/p ingress[1] (")
                .contains("0 without effect, 1 superfluous rules in other policies");
    }

    @Test
    void ofTwoThatSayTheSameOneStays() {
        assertThat(check(allow("a", WEB, "{port: 1}"), allow("b", WEB, "{port: 1}")))
                .contains("shop/b: without effect")
                .doesNotContain("shop/a: without effect");
    }

    @Test
    void aPolicyThatSelectsNothing() {
        assertThat(check(Yaml.policy("shop", "p", "podSelector: {matchLabels: {app: nobody}}")))
                .contains("NetworkPolicy shop/p: without effect: it selects no pod of these manifests");
    }

    /** A default deny is for the pods of tomorrow, and a rule about absent pods may be about somebody elsewhere. */
    @Test
    void whatIsMeantForOthersIsNotBlamed() {
        String dns = "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}";
        assertThat(check(
                        Yaml.policy("shop", "deny", "podSelector: {}"),
                        Yaml.policy("shop", "web", "podSelector: {matchLabels: {app: web}}\ningress: [{}]"),
                        allow("db", WEB, "{port: 5432}"),
                        Yaml.policy(
                                "shop",
                                "dns",
                                "podSelector: {}\npolicyTypes: [Egress]\negress: [{to: [" + dns + "]}]")))
                .contains("note: NetworkPolicy shop/dns egress[0] is about nobody in these manifests")
                .endsWith(
                        "Nothing superfluous: every policy has an effect, every rule decides, no order is left open.\n");
        assertThat(check(
                        Yaml.policy("shop", "deny", "podSelector: {}"),
                        Yaml.policy("shop", "deny2", "podSelector: {}")))
                .contains(
                        "shop/deny2: without effect: the same is decided by the isolation by NetworkPolicy shop/deny");
    }

    /** On random clusters: all that is superfluous can go at once; nothing else can. */
    @Test
    void whatIsSuperfluousCanGoAndNothingElse() {
        long seed = Chance.seed(2_000);
        int found = 0;
        for (int i = 0; i < 150; i++) {
            Snapshot snapshot = RandomCluster.of(new Chance(seed + i), 6, 6);
            VerdictTable table = VerdictTable.of(snapshot);
            Redundancy.Result result = Redundancy.of(table);
            found += result.superfluous().size();
            Snapshot without = snapshot;
            for (Redundancy.Superfluous one : result.superfluous()) {
                without = remove(without, one.policy(), one.rule());
            }
            assertThat(ConnectivityDiff.firstDifference(table, VerdictTable.of(without), false))
                    .as("seed %d", seed + i)
                    .isEmpty();
        }
        assertThat(found).as("the clusters are worth the name").isGreaterThan(100);
    }

    private static Snapshot remove(Snapshot snapshot, Policy policy, Optional<RuleRef> rule) {
        List<Policy> policies = new ArrayList<>();
        for (Policy one : snapshot.policies()) {
            if (!one.id().equals(policy.id())) {
                policies.add(one);
            } else if (rule.isPresent()) {
                policies.add(without(one, rule.get()));
            }
        }
        return snapshot.withPolicies(policies);
    }

    /** An emptied rule keeps the places of the others. */
    private static Policy without(Policy policy, RuleRef ref) {
        Direction direction = ref.direction();
        return policy.with(policy.sections().stream()
                .map(section -> {
                    if (section.direction() != direction) {
                        return section;
                    }
                    List<io.sluice.policy.model.Rule> rules = new ArrayList<>(section.rules());
                    rules.set(ref.index(), rules.get(ref.index()).withPeers(List.of()));
                    return section.with(rules);
                })
                .toList());
    }
}
