package io.sluice.policy.table;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Node;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodesTest {
    private final Nodes nodes = new Nodes();
    private final Fake numbers = new Fake();

    /** The class of a node is the length of its zone's name; identities are counted. */
    private static final class Fake implements Nodes.Numbers {
        final List<String> known = new ArrayList<>();
        final Map<String, Integer> held = new HashMap<>();
        int classOffset;
        int asked;

        @Override
        public int classOf(Node node) {
            asked++;
            return node.labels().getOrDefault("zone", "").length() + classOffset;
        }

        @Override
        public int identity(int labels, @Nullable Ip ip) {
            String name = labels + " " + ip;
            if (!known.contains(name)) {
                known.add(name);
            }
            return known.indexOf(name);
        }

        @Override
        public void acquire(int identity) {
            held.merge(known.get(identity), 1, Integer::sum);
        }

        @Override
        public void release(int identity) {
            held.merge(known.get(identity), -1, (a, b) -> a + b == 0 ? null : a + b);
        }
    }

    private static Node node(String name, String zone, String... ips) {
        return new Node(
                name, Map.of("zone", zone), Arrays.stream(ips).map(Ip::parse).toList());
    }

    private static Pod pod(String node, String name, String... ips) {
        return new Pod(
                "x",
                name,
                Map.of(),
                Arrays.stream(ips).map(Ip::parse).toList(),
                node,
                true,
                List.of(),
                new Workload("Pod", "x", name),
                SourcePosition.NONE);
    }

    @Test
    void aNodeHasTheIdentitiesOfItsAddressesAndOfItsPods() {
        nodes.put(node("n", "a", "10.0.0.1", "2001:db8::1"));
        nodes.put(1, pod("n", "p", "10.0.0.1"));
        nodes.put(2, pod("n", "q", "10.0.0.9"));
        nodes.put(3, pod("n", "r"));
        nodes.settle(numbers);
        assertThat(numbers.held).isEqualTo(Map.of("1 10.0.0.1", 2, "1 2001:db8::1", 1, "1 10.0.0.9", 1, "1 null", 1));
        NodeEntry entry = requireNonNull(nodes.entries().get("n"));
        assertThat(entry.listed()).isTrue();
        assertThat(entry.labels()).isEqualTo(1);
        assertThat(entry.identities()).isSorted().hasSize(5);
    }

    @Test
    void aNodeWithoutAddressesHasAnIdentityToo() {
        nodes.put(node("n", "a"));
        nodes.settle(numbers);
        assertThat(numbers.held).isEqualTo(Map.of("1 null", 1));
    }

    @Test
    void whatANodeHadIsGivenBack() {
        nodes.put(node("n", "a", "10.0.0.1"));
        nodes.put(1, pod("n", "p", "10.0.0.2"));
        nodes.settle(numbers);
        nodes.put(node("n", "bb", "10.0.0.1"));
        nodes.settle(numbers);
        assertThat(numbers.held).isEqualTo(Map.of("2 10.0.0.1", 1, "2 10.0.0.2", 1));
        nodes.remove(1, pod("n", "p", "10.0.0.2"));
        nodes.settle(numbers);
        assertThat(numbers.held).isEqualTo(Map.of("2 10.0.0.1", 1));
        nodes.remove("n");
        nodes.settle(numbers);
        assertThat(numbers.held).isEmpty();
        assertThat(nodes.entries()).isEmpty();
        assertThat(nodes.published()).isEmpty();
        assertThat(nodes.isListed("n")).isFalse();
    }

    /** The first pod in the snapshot says what such a node is. */
    @Test
    void aPodProvesItsNodeToExist() {
        nodes.put(7, pod("n", "later", "10.0.0.7"));
        nodes.put(3, pod("n", "earlier", "10.0.0.3"));
        nodes.settle(numbers);
        NodeEntry entry = requireNonNull(nodes.entries().get("n"));
        assertThat(entry.listed()).isFalse();
        assertThat(entry.node()).isEqualTo(Node.under(pod("n", "earlier", "10.0.0.3")));
        assertThat(nodes.published()).isEmpty();
        assertThat(nodes.isListed("n")).isFalse();

        nodes.put(new Node("n", Map.of(), List.of(Ip.parse("10.0.0.3"))));
        nodes.settle(numbers);
        NodeEntry listed = requireNonNull(nodes.entries().get("n"));
        assertThat(listed.listed())
                .as("it is listed now, though it is the same")
                .isTrue();
        assertThat(nodes.published()).hasSize(1);

        nodes.remove("n");
        nodes.remove(3, pod("n", "earlier", "10.0.0.3"));
        nodes.remove(7, pod("n", "later", "10.0.0.7"));
        nodes.settle(numbers);
        assertThat(nodes.entries()).isEmpty();
        assertThat(numbers.held).isEmpty();
    }

    @Test
    void oneOfSeveralPodsGoesAndTheOthersStay() {
        nodes.put(3, pod("n", "earlier", "10.0.0.3"));
        nodes.put(7, pod("n", "later", "10.0.0.7"));
        nodes.settle(numbers);
        nodes.remove(3, pod("n", "earlier", "10.0.0.3"));
        nodes.settle(numbers);
        assertThat(requireNonNull(nodes.entries().get("n")).node())
                .isEqualTo(Node.under(pod("n", "later", "10.0.0.7")));
    }

    @Test
    void whereNothingDiffersEverythingIsTheSameObject() {
        nodes.put(node("n", "a", "10.0.0.1"));
        nodes.settle(numbers);
        Map<String, NodeEntry> entries = nodes.entries();
        nodes.put(node("n", "a", "10.0.0.1"));
        nodes.settle(numbers);
        nodes.remove("none");
        nodes.settle(numbers);
        assertThat(nodes.entries()).isSameAs(entries);
        assertThat(numbers.held).isEqualTo(Map.of("1 10.0.0.1", 1));
    }

    @Test
    void onlyWhatWasTouchedIsLookedAt() {
        nodes.put(node("n", "a", "10.0.0.1"));
        nodes.put(1, pod("unlisted", "p", "10.0.0.2"));
        nodes.settle(numbers);
        numbers.asked = 0;
        nodes.settle(numbers);
        assertThat(numbers.asked).isZero();

        numbers.classOffset = 10;
        nodes.touchAll();
        nodes.settle(numbers);
        assertThat(numbers.asked).isEqualTo(2);
        // The unlisted node has the address of its pod, so that it is held twice.
        assertThat(numbers.held).isEqualTo(Map.of("11 10.0.0.1", 1, "10 10.0.0.2", 2));
    }

    /** A reader of the version before does not see the next. */
    @Test
    void whatWasPublishedStays() {
        nodes.put(node("n", "a", "10.0.0.1"));
        nodes.settle(numbers);
        Map<String, NodeEntry> before = nodes.entries();
        List<Node> published = nodes.published();
        nodes.put(node("m", "a"));
        nodes.remove("n");
        nodes.settle(numbers);
        assertThat(before).containsOnlyKeys("n");
        assertThat(published).hasSize(1);
        assertThat(nodes.entries()).containsOnlyKeys("m");
    }
}
