package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.policy.decide.Decider;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.table.VerdictTable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The published suites, every cell, through the decider and through the table. */
class ConformanceTest {
    @TestFactory
    Stream<DynamicNode> kubernetesE2e() {
        return suite(Conformance.KUBERNETES_E2E, 48, 506);
    }

    @TestFactory
    Stream<DynamicNode> cyclonus() {
        // 123,669 cells with the diagonal, which is not judged: a pod is never kept from itself.
        return suite(Conformance.CYCLONUS, 230, 109_956);
    }

    @TestFactory
    Stream<DynamicNode> clusterNetworkPolicy() {
        return suite(Conformance.CLUSTER_NETWORK_POLICY, 24, 301);
    }

    private static Stream<DynamicNode> suite(Conformance suite, int cases, int cells) {
        Optional<List<Conformance.Case>> read = suite.cases();
        assumeTrue(read.isPresent(), SharedFiles.absence(suite.file()));
        AtomicInteger judged = new AtomicInteger();
        return Stream.concat(
                read.orElseThrow().stream()
                        .map(test -> DynamicTest.dynamicTest(
                                test.name(), () -> test.states().forEach(state -> judged.addAndGet(check(state))))),
                Stream.of(DynamicTest.dynamicTest("all of it was judged", () -> {
                    assertThat(read.orElseThrow()).hasSize(cases);
                    assertThat(judged).hasValue(cells);
                })));
    }

    private static int check(Conformance.State state) {
        Snapshot snapshot = state.snapshot();
        AddressBook book = AddressBook.of(snapshot);
        VerdictTable table = VerdictTable.of(snapshot);
        for (Conformance.Probe probe : state.probes()) {
            Connection connection = new Connection(
                    book.partyOf(pod(snapshot, probe.from())),
                    book.partyOf(pod(snapshot, probe.to())),
                    probe.protocol(),
                    probe.port());
            Decision decision = Decider.decide(snapshot, connection);
            assertThat(decision.verdict())
                    .as("%s %s %s", state.name(), probe, decision)
                    .isEqualTo(probe.combined());
            probe.ingress()
                    .ifPresent(v -> assertThat(decision.ingress().verdict())
                            .as("%s", probe)
                            .isEqualTo(v));
            probe.egress()
                    .ifPresent(v -> assertThat(decision.egress().verdict())
                            .as("%s", probe)
                            .isEqualTo(v));
            assertThat(table.cause(connection, Direction.EGRESS))
                    .as("%s", probe)
                    .isEqualTo(decision.egress().cause());
            assertThat(table.cause(connection, Direction.INGRESS))
                    .as("%s", probe)
                    .isEqualTo(decision.ingress().cause());
        }
        return state.probes().size();
    }

    private static Pod pod(Snapshot snapshot, String fullName) {
        return snapshot.pods().stream()
                .filter(pod -> pod.fullName().equals(fullName))
                .findFirst()
                .orElseThrow();
    }
}
