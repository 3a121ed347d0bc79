package io.sluice.testing;

import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes a failing cluster small: takes away piece by piece whatever the failure does not need. */
public final class Shrink {
    private Shrink() {}

    /** A cluster that still fails and of which no single piece can be taken away. */
    public static Snapshot smallest(Snapshot failing, Predicate<Snapshot> fails) {
        Snapshot smallest = failing;
        for (Optional<Snapshot> next = Optional.of(failing); next.isPresent(); ) {
            smallest = next.get();
            next = smaller(smallest).filter(fails).findFirst();
        }
        return smallest;
    }

    private static Stream<Snapshot> smaller(Snapshot s) {
        return Stream.of(
                        without(s.policies(), s, Snapshot::withPolicies),
                        without(s.pods(), s, Snapshot::withPods),
                        without(s.nodes(), s, Snapshot::withNodes),
                        within(s.policies(), Shrink::smaller, s, Snapshot::withPolicies))
                .flatMap(stream -> stream);
    }

    private static Stream<Policy> smaller(Policy p) {
        BiFunction<Policy, List<Section>, Policy> with = Policy::with;
        return Stream.concat(without(p.sections(), p, with), within(p.sections(), Shrink::smaller, p, with));
    }

    private static Stream<Section> smaller(Section s) {
        BiFunction<Section, List<Rule>, Section> with = Section::with;
        return Stream.concat(without(s.rules(), s, with), within(s.rules(), Shrink::smaller, s, with));
    }

    private static Stream<Rule> smaller(Rule r) {
        return Stream.concat(without(r.peers(), r, Rule::withPeers), without(r.ports(), r, Rule::withPorts));
    }

    private static <W, P> Stream<W> without(List<P> parts, W whole, BiFunction<W, List<P>, W> with) {
        return Stream.iterate(0, i -> i < parts.size(), i -> i + 1).map(i -> {
            List<P> fewer = new ArrayList<>(parts);
            fewer.remove((int) i);
            return with.apply(whole, fewer);
        });
    }

    private static <W, P> Stream<W> within(
            List<P> parts, java.util.function.Function<P, Stream<P>> smaller, W whole, BiFunction<W, List<P>, W> with) {
        return Stream.iterate(0, i -> i < parts.size(), i -> i + 1)
                .flatMap(i -> smaller.apply(parts.get(i)).map(part -> {
                    List<P> changed = new ArrayList<>(parts);
                    changed.set(i, part);
                    return with.apply(whole, changed);
                }));
    }
}
