package io.sluice.policy.table;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Workload;
import io.sluice.policy.table.Scope.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Pods and selectors find each other, whichever came first and whatever came and went in between. */
class PopulationTest {
    private static final List<String> NAMESPACES = List.of("x", "y", "z");

    private final Population population = new Population();

    private static Pod pod(String namespace, String name, Map<String, String> labels) {
        return new Pod(
                namespace,
                name,
                labels,
                List.of(),
                "",
                false,
                List.of(),
                new Workload("Pod", namespace, name),
                SourcePosition.NONE);
    }

    private static NamespaceMatch named(String name) {
        return new NamespaceMatch.Named(name);
    }

    private static Selector is(String key, String value) {
        return new Selector.In(key, Set.of(value));
    }

    @Test
    void aSelectorFindsThePodsThatWereThereAndThoseThatCome() {
        population.put(new Namespace("x", Map.of()));
        int before = population.add(pod("x", "before", Map.of("app", "web")));
        population.file(Use.PEER, 4, named("x"), is("app", "web"));
        int after = population.add(pod("x", "after", Map.of("app", "web")));
        int other = population.add(pod("x", "other", Map.of("app", "db")));
        assertThat(population.select(named("x"), is("app", "web")).toArray()).containsExactly(before, after);
        assertThat(population.matching(Use.PEER, after)).containsExactly(4);
        assertThat(population.matching(Use.PEER, other)).isEmpty();
        assertThat(population.matching(Use.SUBJECT, after))
                .as("peers and subjects have numbers of their own")
                .isEmpty();
    }

    @Test
    void aNumberIsGivenAgainWhenItsPodIsGone() {
        population.put(new Namespace("x", Map.of()));
        population.file(Use.PEER, 1, named("x"), is("app", "web"));
        int first = population.add(pod("x", "first", Map.of("app", "web")));
        population.add(pod("x", "second", Map.of()));
        population.remove(first);
        assertThat(population.select(named("x"), is("app", "web")).isEmpty()).isTrue();
        int third = population.add(pod("x", "third", Map.of("app", "db")));
        assertThat(third).isEqualTo(first);
        assertThat(population.slots()).isEqualTo(2);
        assertThat(population.matching(Use.PEER, third)).isEmpty();
    }

    @Test
    void aNamespaceStaysForAsLongAsPodsAreInIt() {
        population.put(new Namespace("x", Map.of()));
        int slot = population.add(pod("x", "p", Map.of()));
        assertThatThrownBy(() -> population.removeNamespace("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("namespace x is not empty");
        population.remove(slot);
        population.removeNamespace("x");
        population.removeNamespace("x");
        assertThatThrownBy(() -> population.add(pod("x", "p", Map.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no namespace x");
    }

    @Test
    void nobodyIsFoundByASelectorThatIsNotFiled() {
        population.put(new Namespace("x", Map.of()));
        population.file(Use.SUBJECT, 1, named("x"), Selector.ALL);
        int slot = population.add(pod("x", "p", Map.of()));
        population.unfile(Use.SUBJECT, 1, named("x"));
        population.unfile(Use.SUBJECT, 1, named("x"));
        population.unfile(Use.SUBJECT, 1, named("y"));
        assertThat(population.select(named("x"), Selector.ALL).isEmpty()).isTrue();
        assertThat(population.matching(Use.SUBJECT, slot)).isEmpty();
    }

    /** Random selectors and pods that come and go, against what each selector says of each pod by itself. */
    @Test
    void bothWaysSayWhatTheSelectorsSay() {
        SplittableRandom random = new SplittableRandom(3);
        Map<String, Namespace> namespaces = new HashMap<>();
        Map<Integer, Pod> pods = new HashMap<>();
        Map<Integer, Subject> filed = new HashMap<>();
        NAMESPACES.forEach(name -> relabel(namespaces, name, random));
        for (int step = 0; step < 2_000; step++) {
            int which = random.nextInt(60);
            switch (random.nextInt(7)) {
                case 0, 1 -> {
                    Pod pod = pod(NAMESPACES.get(random.nextInt(3)), "p" + step, labels(random));
                    assertThat(pods.put(population.add(pod), pod)).isNull();
                }
                case 2 -> {
                    if (pods.remove(which) != null) {
                        population.remove(which);
                    }
                }
                case 3 -> {
                    Pod old = pods.get(which);
                    if (old != null) {
                        Pod now = pod(old.namespace(), old.name(), labels(random));
                        pods.put(which, now);
                        population.replace(which, now);
                    }
                }
                case 4 -> relabel(namespaces, NAMESPACES.get(random.nextInt(3)), random);
                case 5 -> {
                    Subject subject = new Subject(match(random), selector(random, 2));
                    filed.put(step, subject);
                    population.file(Use.PEER, step, subject.namespaces(), subject.pods());
                }
                default -> {
                    List<Integer> numbers = List.copyOf(filed.keySet());
                    if (numbers.size() > 12) {
                        int gone = numbers.get(random.nextInt(numbers.size()));
                        population.unfile(
                                Use.PEER, gone, requireNonNull(filed.get(gone)).namespaces());
                        filed.remove(gone);
                    }
                }
            }
            if (step % 20 == 0) {
                compare(namespaces, pods, filed);
            }
        }
    }

    private void compare(Map<String, Namespace> namespaces, Map<Integer, Pod> pods, Map<Integer, Subject> filed) {
        Map<Integer, List<Integer>> ofPods = new HashMap<>();
        filed.forEach((number, subject) -> {
            List<Integer> expected = new ArrayList<>();
            pods.forEach((slot, pod) -> {
                if (subject.namespaces().matches(requireNonNull(namespaces.get(pod.namespace())))
                        && subject.pods().matches(pod.attributes())) {
                    expected.add(slot);
                    ofPods.computeIfAbsent(slot, _ -> new ArrayList<>()).add(number);
                }
            });
            assertThat(population.select(subject).toArray())
                    .as(subject.toString())
                    .containsExactly(expected.stream().mapToInt(i -> i).sorted().toArray());
        });
        pods.forEach((slot, pod) -> assertThat(population.matching(Use.PEER, slot))
                .as(pod.toString())
                .containsExactly(ofPods.getOrDefault(slot, List.of()).stream()
                        .mapToInt(i -> i)
                        .sorted()
                        .toArray()));
    }

    private void relabel(Map<String, Namespace> namespaces, String name, SplittableRandom random) {
        Namespace namespace = new Namespace(name, labels(random));
        namespaces.put(name, namespace);
        population.put(namespace);
    }

    private static Map<String, String> labels(SplittableRandom random) {
        Map<String, String> labels = new HashMap<>();
        for (String key : List.of("a", "b", "c")) {
            if (random.nextBoolean()) {
                labels.put(key, "v" + random.nextInt(3));
            }
        }
        return labels;
    }

    private static NamespaceMatch match(SplittableRandom random) {
        return random.nextBoolean()
                ? named(NAMESPACES.get(random.nextInt(3)))
                : new NamespaceMatch.Labelled(selector(random, 1));
    }

    private static Selector selector(SplittableRandom random, int depth) {
        String key = List.of("a", "b", "c", "d").get(random.nextInt(4));
        return switch (random.nextInt(depth > 0 ? 8 : 4)) {
            case 0 -> is(key, "v" + random.nextInt(3));
            case 1 -> new Selector.In(key, Set.of("v0", "v" + (1 + random.nextInt(3))));
            case 2 -> new Selector.Has(key);
            case 3 -> new Selector.Text(key, Selector.Text.Where.END, "" + random.nextInt(3));
            case 4 -> new Selector.Not(selector(random, depth - 1));
            case 5 -> new Selector.Any(List.of(selector(random, depth - 1), selector(random, depth - 1)));
            case 6 -> new Selector.All(List.of());
            default -> new Selector.All(List.of(selector(random, depth - 1), selector(random, depth - 1)));
        };
    }
}
