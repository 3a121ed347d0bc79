package io.sluice.lab.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.dataplane.NodeTable;
import io.sluice.lab.Lab;
import io.sluice.lab.LabParts;
import io.sluice.lab.MachineLab;
import io.sluice.lab.Placement;
import io.sluice.lab.Progress;
import io.sluice.lab.probe.Observation;
import io.sluice.lab.probe.Pace;
import io.sluice.lab.probe.Probe;
import io.sluice.lab.probe.Prober;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import io.sluice.testing.Conformance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published suites again, this time with real packets through the real kernel. */
@ExtendWith(MachineLab.class)
class ConformanceLabTest {
    /** Some 300 states, most with refusals: silence is believed sooner than a user's lab believes it. */
    private static final Pace BRISK = new Pace(1_000, Duration.ofMillis(200), Duration.ofMillis(600));

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "KUBERNETES_E2E, EBPF",
        "KUBERNETES_E2E, NFTABLES",
        "CLUSTER_NETWORK_POLICY, EBPF",
        "CLUSTER_NETWORK_POLICY, NFTABLES"
    })
    void realPacketsFareAsTheSuiteSays(Conformance suite, EnforceOptions.Backend backend) throws Exception {
        assumeTrue(suite.cases().isPresent(), () -> "no " + suite.file() + " beside the repository");
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        List<Pod> standing = List.of();
        for (Conformance.Case test : suite.cases().orElseThrow()) {
            for (Conformance.State state : test.states()) {
                if (!state.snapshot().pods().equals(standing)) {
                    Lab.down(Progress.SILENT);
                    start(state.snapshot(), backend);
                    standing = state.snapshot().pods();
                } else {
                    Lab.apply(state.snapshot(), Progress.SILENT);
                }
                List<Conformance.Probe> asked = state.probes().stream()
                        .filter(p -> !p.protocol().equals(Protocol.SCTP))
                        .toList();
                tried += asked.size();
                wrong.addAll(mismatches(test.name(), asked));
            }
        }
        assertThat(tried).isPositive();
        assertThat(wrong).isEmpty();
    }

    private void start(Snapshot snapshot, EnforceOptions.Backend backend) throws Exception {
        Enforcement enforcement = new Enforcement(
                new EnforceOptions(backend, NodeTable.Mode.DEFAULT),
                Placement.podRanges(),
                folder.resolve("flows.jsonl"));
        Lab.up(Placement.of(snapshot, 0), new LabParts.InProcess(enforcement), Progress.SILENT);
    }

    private static List<String> mismatches(String test, List<Conformance.Probe> asked) {
        Snapshot placed = Lab.current().orElseThrow().snapshot();
        AddressBook book = AddressBook.of(placed);
        Map<String, Pod> pods = placed.pods().stream().collect(Collectors.toMap(Pod::fullName, Function.identity()));
        List<Probe> probes = asked.stream()
                .map(p -> {
                    Pod to = pod(pods, p.to());
                    Ip address = to.ips().getFirst();
                    return new Probe(
                            book.partyOf(pod(pods, p.from()), true).orElseThrow(),
                            new Probe.OfParty(book.partyOf(to, address)),
                            p.protocol(),
                            p.port(),
                            address,
                            Probe.Question.GREETING);
                })
                .toList();
        List<Observation> observed = Prober.run(probes, BRISK, _ -> {});
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (observed.get(i).verdict() != asked.get(i).combined()) {
                wrong.add(
                        test + ": " + probes.get(i) + " should " + asked.get(i).combined());
            }
        }
        return wrong;
    }

    private static Pod pod(Map<String, Pod> pods, String name) {
        return Objects.requireNonNull(pods.get(name), name);
    }
}
