package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Change;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.LiveTable;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * After any changes the live table says exactly what a table that is made anew says, and decides as the decider does. A
 * failure is shrunk and printed with its seed, as a manifest; {@code -Dsluice.seed=N} runs that scenario alone,
 * {@code -Dsluice.scenarios=N} fewer of them or more.
 */
class LiveTableTest {
    private static final int SCENARIOS = Integer.getInteger("sluice.scenarios", 100);
    private static final int CHANGES = 12;
    private static final int CONNECTIONS = 12;
    private static final int READERS = 3;

    private static Scenario scenario(long seed) {
        Chance chance = new Chance(seed);
        Snapshot start = RandomCluster.of(chance, chance.between(1, 10), chance.between(0, 10));
        RandomChanges random = new RandomChanges(chance);
        List<Change> changes = new ArrayList<>();
        Snapshot now = start;
        for (int i = 0; i < CHANGES; i++) {
            changes.add(random.next(now));
            now = changes.getLast().appliedTo(now);
        }
        return new Scenario(start, changes);
    }

    @ParameterizedTest
    @EnumSource
    void whateverTheWay(Scenario.Way way) {
        long first = 1 + 1_000_000L * way.ordinal();
        long seed = Chance.seed(first);
        for (long s = seed; s < seed + (seed == first ? SCENARIOS : 1); s++) {
            long of = s;
            Scenario scenario = scenario(s);
            if (fault(scenario, way, of).isPresent()) {
                Scenario small =
                        scenario.smallest(smaller -> fault(smaller, way, of).isPresent());
                fail("seed %s, %s: %s%n%s", s, way, fault(small, way, of).orElseThrow(), small);
            }
        }
    }

    /** What is wrong on the way; empty if nothing is, or if a change cannot be made. */
    private static Optional<String> fault(Scenario scenario, Scenario.Way way, long seed) {
        Scenario.Path path;
        try {
            path = scenario.path(way);
        } catch (IllegalArgumentException notAScenario) {
            return Optional.empty();
        }
        Chance chance = new Chance(seed);
        Snapshot now = path.start();
        LiveTable live = LiveTable.of(now);
        for (List<Change> step : path.steps()) {
            for (Change change : step) {
                now = change.appliedTo(now);
            }
            VerdictTable before = live.table();
            Meaning meantBefore = Meaning.of(before);
            Optional<String> fault;
            try {
                fault = fault(live.apply(step), now, chance);
            } catch (IllegalStateException | IllegalArgumentException | NullPointerException e) {
                fault = Optional.of(e.toString());
            }
            if (fault.isEmpty() && !Meaning.of(before).equals(meantBefore)) {
                fault = Optional.of("the table before is another one now");
            }
            if (fault.isPresent()) {
                return Optional.of(fault.get() + " after " + step);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> fault(VerdictTable table, Snapshot now, Chance chance) {
        if (!table.snapshot().equals(now)) {
            return Optional.of("another snapshot");
        }
        if (!Meaning.of(table).equals(Meaning.of(VerdictTable.of(now)))) {
            return Optional.of("another table");
        }
        RandomConnections connections = new RandomConnections(chance, now);
        for (int i = 0; i < (now.pods().isEmpty() ? 0 : CONNECTIONS); i++) {
            Connection connection = connections.next();
            Decision decision = Decider.decide(now, connection);
            if (!table.cause(connection, Direction.EGRESS)
                            .equals(decision.egress().cause())
                    || !table.cause(connection, Direction.INGRESS)
                            .equals(decision.ingress().cause())
                    || table.verdict(connection) != decision.verdict()) {
                return Optional.of(connection + ": " + table.cause(connection, Direction.EGRESS) + ", "
                        + table.cause(connection, Direction.INGRESS) + " instead of " + decision);
            }
        }
        return Optional.empty();
    }

    /** Whoever reads meanwhile sees the state before or after a change, never a mixture. */
    @Test
    void readersBesideTheWriter() throws InterruptedException {
        long first = 77_000_001L;
        long seed = Chance.seed(first);
        for (long s = seed; s < seed + (seed == first ? SCENARIOS / 5 : 1); s++) {
            Scenario scenario = scenario(s);
            LiveTable live = LiveTable.of(scenario.start());
            AtomicBoolean over = new AtomicBoolean();
            Queue<String> faults = new ConcurrentLinkedQueue<>();
            List<Thread> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                Chance chance = new Chance(s + reader);
                readers.add(Thread.ofPlatform().start(() -> {
                    try {
                        do {
                            VerdictTable table = live.table();
                            fault(table, table.snapshot(), chance).ifPresent(faults::add);
                        } while (!over.get() && faults.isEmpty());
                    } catch (RuntimeException e) {
                        faults.add(e.toString());
                    }
                }));
            }
            scenario.changes().forEach(live::apply);
            over.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
            assertThat(faults).as("seed %s", s).isEmpty();
        }
    }

    /** The published steps of cyclonus, made one change at a time. */
    @Test
    void cyclonusStepByStep() {
        Optional<List<Conformance.Case>> cases = Conformance.CYCLONUS.cases();
        assumeTrue(cases.isPresent(), SharedFiles.absence(Conformance.CYCLONUS.file()));
        int judged = 0;
        int changes = 0;
        LiveTable live = LiveTable.of(Snapshot.of(List.of(), List.of(), List.of(), List.of(), List.of()));
        for (Conformance.Case one : cases.orElseThrow()) {
            for (Conformance.State state : one.states()) {
                for (Change change : Change.between(live.table().snapshot(), state.snapshot())) {
                    live.apply(change);
                    changes++;
                }
                assertThat(Meaning.of(live.table()))
                        .as("%s %s", one, state.name())
                        .isEqualTo(Meaning.of(VerdictTable.of(state.snapshot())));
                judged += judge(live.table(), state);
            }
        }
        assertThat(judged).isEqualTo(109_956);
        assertThat(changes).isGreaterThan(cases.orElseThrow().size());
    }

    private static int judge(VerdictTable table, Conformance.State state) {
        AddressBook book = AddressBook.of(state.snapshot());
        Map<String, Pod> pods = new HashMap<>();
        state.snapshot().pods().forEach(pod -> pods.put(pod.fullName(), pod));
        for (Conformance.Probe probe : state.probes()) {
            Connection connection = new Connection(
                    book.partyOf(Objects.requireNonNull(pods.get(probe.from()))),
                    book.partyOf(Objects.requireNonNull(pods.get(probe.to()))),
                    probe.protocol(),
                    probe.port());
            assertThat(table.verdict(connection))
                    .as("%s %s", state.name(), probe)
                    .isEqualTo(probe.combined());
            Map<Direction, Optional<Verdict>> each = new EnumMap<>(Direction.class);
            each.put(Direction.INGRESS, probe.ingress());
            each.put(Direction.EGRESS, probe.egress());
            each.forEach((direction, expected) -> expected.ifPresent(
                    verdict -> assertThat(table.cause(connection, direction).verdict())
                            .as("%s %s %s", state.name(), probe, direction)
                            .isEqualTo(verdict)));
        }
        return state.probes().size();
    }

    @Test
    void aNamespaceWithPodsStaysAndSoDoesTheTable() {
        Snapshot snapshot = RandomCluster.of(new Chance(5), 8, 8);
        LiveTable live = LiveTable.of(snapshot);
        String name = snapshot.pods().getFirst().namespace();
        Namespace other = new Namespace(name, Map.of("app", "web"));
        List<Change> changes = List.of(new Change.PutNamespace(other), new Change.RemoveNamespace(name));
        assertThatThrownBy(() -> live.apply(changes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
        assertThat(live.table().snapshot()).isEqualTo(snapshot);
        Snapshot after = changes.getFirst().appliedTo(snapshot);
        assertThat(Meaning.of(live.apply(changes.getFirst()))).isEqualTo(Meaning.of(VerdictTable.of(after)));
    }

    @Test
    void numbersAreGivenAnewWhenMostAreOutOfUse() {
        LiveTable live = LiveTable.of(RandomCluster.of(new Chance(7), 8, 8));
        for (int version = 1; version <= 4; version++) {
            live.apply(new Change.PutPolicy(large(version)));
        }
        assertThat(live.restarts()).isEqualTo(1);
        assertThat(Meaning.of(live.table()))
                .isEqualTo(Meaning.of(VerdictTable.of(live.table().snapshot())));
        Change after = new Change.PutPolicy(RandomPolicies.one(new Chance(8), "after"));
        assertThat(Meaning.of(live.apply(after)))
                .isEqualTo(Meaning.of(VerdictTable.of(live.table().snapshot())));
    }

    /** One of many rules, none of which any other version has. */
    private static Policy large(int version) {
        List<Rule> rules = IntStream.range(0, 4_000)
                .mapToObj(i -> new Rule(
                        "",
                        Action.ALLOW,
                        List.of(Peer.EVERYTHING),
                        List.of(PortMatch.port(Protocol.TCP, version * 4_000 + i)),
                        SourcePosition.NONE))
                .toList();
        return Policy.network(
                new PolicyId("NetworkPolicy", "n1", "large"),
                SourcePosition.NONE,
                new Subject(NamespaceMatch.EVERY, Selector.ALL),
                List.of(Section.ofNetworkPolicy(Direction.INGRESS, rules)));
    }
}
