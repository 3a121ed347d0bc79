package io.sluice.policy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders and names of the model's values: every answer is the same whatever order its input came in. */
class OrderTest {
    private static Policy policy(Tier tier, double priority, Combining combining, String namespace, String name) {
        return new Policy(
                new PolicyId("P", namespace, name),
                SourcePosition.NONE,
                tier,
                priority,
                combining,
                new Subject(NamespaceMatch.EVERY, Selector.ALL),
                List.of());
    }

    @Test
    void policiesComeByTierPriorityOrderednessNameAndId() {
        Tier between = new Tier("security", 1_000);
        List<Policy> expected = List.of(
                policy(Tier.ADMIN, 0, Combining.DENY_OVERRIDES, "", "z"),
                policy(Tier.ADMIN, 1, Combining.FIRST_MATCH, "", "a"),
                policy(Tier.ADMIN, 1, Combining.FIRST_MATCH, "", "b"),
                policy(Tier.ADMIN, 1, Combining.FIRST_MATCH_BY_NAME, "a", "web-old"),
                policy(Tier.ADMIN, 1, Combining.FIRST_MATCH_BY_NAME, "a", "web"),
                policy(Tier.ADMIN, 1, Combining.FIRST_MATCH_BY_NAME, "b", "web"),
                policy(Tier.ADMIN, 1, Combining.DENY_OVERRIDES, "", "a"),
                policy(Tier.ADMIN, 1.5, Combining.FIRST_MATCH, "", "a"),
                policy(between, 0, Combining.FIRST_MATCH, "", "a"),
                policy(Tier.NETWORK_POLICY, 0, Combining.FIRST_MATCH, "", "a"),
                policy(Tier.BASELINE, 0, Combining.FIRST_MATCH, "", "a"));
        List<Policy> shuffled = new ArrayList<>(expected);
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(shuffled.stream().sorted(Policy.EVALUATION_ORDER)).containsExactlyElementsOf(expected);
        }
    }

    @ParameterizedTest(name = "{0} {1} with {2} {3}")
    @CsvSource({
        "DENY_OVERRIDES, 1, DENY_OVERRIDES, 1, true",
        "DENY_OVERRIDES, 1, DENY_OVERRIDES, 2, false",
        "FIRST_MATCH, 1, DENY_OVERRIDES, 1, false",
        "DENY_OVERRIDES, 1, FIRST_MATCH, 1, false",
        "FIRST_MATCH, 1, FIRST_MATCH, 1, false"
    })
    void policiesOfOnePriorityWithoutOrderAreDecidedTogether(
            Combining one, double priority, Combining other, double otherPriority, boolean together) {
        Policy policy = policy(Tier.ADMIN, priority, one, "", "a");
        assertThat(policy.isCombinedWith(policy(Tier.ADMIN, otherPriority, other, "", "b")))
                .isEqualTo(together);
        assertThat(policy.isCombinedWith(policy(Tier.BASELINE, otherPriority, other, "", "b")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            K ns a   | K ns b   | -1
            K ns a   | K ns a   | 0
            K nt a   | K ns b   | 1
            L ns a   | K nt b   | 1
            K ns b   | L ns a   | -1
            """)
    void idsComeByKindNamespaceAndName(String one, String other, int order) {
        String[] a = one.split(" ");
        String[] b = other.split(" ");
        assertThat(Integer.signum(new PolicyId(a[0], a[1], a[2]).compareTo(new PolicyId(b[0], b[1], b[2]))))
                .isEqualTo(order);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            K ns a   | K ns b   | -1
            K ns a   | K ns a   | 0
            K nt a   | K ns b   | 1
            L ns a   | K ns b   | -1
            L ns a   | K ns a   | 1
            """)
    void workloadsComeByNamespaceNameAndKind(String one, String other, int order) {
        String[] a = one.split(" ");
        String[] b = other.split(" ");
        assertThat(Integer.signum(new Workload(a[0], a[1], a[2]).compareTo(new Workload(b[0], b[1], b[2]))))
                .isEqualTo(order);
    }

    @ParameterizedTest
    @CsvSource({"a, 1, 1, b, 1, 1, -1", "a, 2, 1, a, 1, 9, 1", "a, 1, 2, a, 1, 3, -1", "a, 1, 2, a, 1, 2, 0"})
    void placesComeByFileLineAndColumn(
            String file, int line, int column, String otherFile, int otherLine, int otherColumn, int order) {
        assertThat(Integer.signum(new SourcePosition(file, line, column)
                        .compareTo(new SourcePosition(otherFile, otherLine, otherColumn))))
                .isEqualTo(order);
    }

    @Test
    void names() {
        assertThat(new PolicyId("K", "ns", "a")).hasToString("K ns/a");
        assertThat(new PolicyId("K", "", "a")).hasToString("K a");
        assertThat(new Workload("K", "ns", "a")).hasToString("ns/a[K]");
        assertThat(new SourcePosition("f", 1, 2)).hasToString("f:1:2");
        assertThat(new SourcePosition("f", 0, 0)).hasToString("f");
        assertThat(new SourcePosition("f", 1, 2).fileLine()).isEqualTo("f:1");
        assertThat(new SourcePosition("f", 0, 0).fileLine()).isEqualTo("f");
        assertThat(new NamespaceMatch.Named("ns")).hasToString("ns");
        assertThat(NamespaceMatch.EVERY).hasToString("namespaces {}");
        assertThat(new Application("HTTP", "GET /")).hasToString("HTTP GET /");
    }

    /** One rule is another's equal by its place, whatever else its policy holds. */
    @Test
    void aRuleIsKnownByItsPlace() {
        Policy policy = policy(Tier.ADMIN, 1, Combining.FIRST_MATCH, "", "a");
        RuleRef rule = new RuleRef(policy, Direction.INGRESS, 1);
        RuleRef same = new RuleRef(policy(Tier.BASELINE, 9, Combining.DENY_OVERRIDES, "", "a"), Direction.INGRESS, 1);
        assertThat(rule).isEqualTo(same).hasSameHashCodeAs(same).hasToString("P a ingress[1]");
        assertThat(rule)
                .isNotEqualTo(new RuleRef(policy, Direction.EGRESS, 1))
                .isNotEqualTo(new RuleRef(policy, Direction.INGRESS, 2))
                .isNotEqualTo(new RuleRef(policy(Tier.ADMIN, 1, Combining.FIRST_MATCH, "", "b"), Direction.INGRESS, 1))
                .isNotEqualTo("P a ingress[1]");
        assertThat(Set.of(
                        rule.hashCode(),
                        new RuleRef(policy, Direction.EGRESS, 1).hashCode(),
                        new RuleRef(policy, Direction.INGRESS, 2).hashCode()))
                .hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, true", "65535, true", "65536, false"})
    void aPortIsTwoBytes(int port, boolean good) {
        Party somebody = new Party.OfNetwork(Ip.parse("192.0.2.1"));
        if (good) {
            Connection connection = new Connection(somebody, somebody, Protocol.UDP, port);
            assertThat(connection.trafficKey()).isEqualTo(17 << 16 | port);
            assertThat(connection.hairpin()).isFalse();
        } else {
            assertThatThrownBy(() -> new Connection(somebody, somebody, Protocol.UDP, port))
                    .hasMessage("port " + port + " is outside 0-65535");
        }
    }

    /** What selectors see of a pod beside its labels has keys that no label can have. */
    @Test
    void theAttributesOfAPod() {
        Pod pod = new Pod(
                "ns",
                "a",
                Map.of("app", "web"),
                List.of(),
                "",
                false,
                List.of(),
                new Workload("Pod", "ns", "a"),
                SourcePosition.NONE,
                new ServiceAccount("robot", Map.of("role", "x")));
        assertThat(pod.attributes())
                .isEqualTo(Map.of(
                        "app", "web", Pod.ACCOUNT, "robot", Pod.NAMESPACE, "ns", Pod.ACCOUNT_LABEL + "role", "x"));
        assertThat(pod.attributes().keySet().stream().filter(Pod::isNoLabel)).hasSize(3);
        assertThat(pod.at("n1", List.of(Ip.parse("10.0.0.1"))).attributes()).isEqualTo(pod.attributes());
        assertThat(pod.isSame(pod.at("n1", List.of()))).isTrue();
        assertThat(pod.fullName()).isEqualTo("ns/a");
    }

    @ParameterizedTest
    @CsvSource({"n1, n1, true", "n1, n2, false", "'', '', false", "'', n1, false"})
    void aNodeRunsThePodsThatArePlacedThere(String placed, String node, boolean runs) {
        Pod pod = new Pod(
                "ns",
                "a",
                Map.of(),
                List.of(Ip.parse("192.0.2.1")),
                placed,
                true,
                List.of(),
                new Workload("Pod", "ns", "a"),
                SourcePosition.NONE);
        assertThat(new Node(node, Map.of(), List.of()).runs(pod)).isEqualTo(runs);
        assertThat(Node.under(pod)).isEqualTo(new Node(placed, Map.of(), pod.ips()));
    }
}
