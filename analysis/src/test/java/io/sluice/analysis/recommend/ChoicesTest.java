package io.sluice.analysis.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By which labels pods are selected, and which blocks addresses become. */
class ChoicesTest {
    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        for (String pair : text.trim().split(" ")) {
            if (!pair.isEmpty()) {
                labels.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        return labels;
    }

    private static Pod pod(String workload, int number, String labels) {
        return new Pod(
                "a",
                workload + number,
                labels(labels),
                List.of(),
                "",
                false,
                List.of(),
                new Workload("Deployment", "a", workload),
                SourcePosition.NONE);
    }

    /** The labels of two pods of the workload, of a pod of another one, and what is chosen. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            app=x                          | app=x                          | app=y              | app=x
            app=x tier=f                   | app=x tier=f                   | app=y tier=f       | app=x
            app=x tier=f                   | app=x tier=f                   | app=x tier=b       | tier=f
            app=x part=1 zone=n            | app=x part=1 zone=n            | app=y              | app=x
            app=x part=1                   | app=x part=1                   | app=x part=2 q=1   | part=1
            app=x pod-template-hash=1      | app=x pod-template-hash=2      | app=y              | app=x
            app=x version=1                | app=x version=1                | app=x version=2    | app=x +other
            app=x app.kubernetes.io/name=n | app=x app.kubernetes.io/name=n | app=y              | app.kubernetes.io/name=n
            app=x slot=1                   | app=x slot=2                   | app=y              | app=x
            pod-template-hash=1            | pod-template-hash=1            | app=y              | none
            """)
    void labelsAreStableAndFew(String one, String two, String other, String chosen) {
        Snapshot snapshot = Snapshot.of(
                List.of(),
                List.of(pod("own", 1, one), pod("own", 2, two), pod("other", 1, other)),
                List.of(),
                List.of(),
                List.of());
        String found = new StableLabels(snapshot, Map.of())
                .of(new Workload("Deployment", "a", "own"))
                .map(choice -> choice.labels().toString().replaceAll("[{}]", "")
                        + (choice.others().isEmpty() ? "" : " +other"))
                .orElse("none");
        assertThat(found).isEqualTo(chosen);
    }

    /** Two keys are needed: neither tells the workload from both of the others. */
    @ParameterizedTest
    @CsvSource({"app=x tier=f,app=x tier=b,app=y tier=f"})
    void labelsAreCombined(String own, String one, String other) {
        Snapshot snapshot = Snapshot.of(
                List.of(),
                List.of(pod("own", 1, own), pod("one", 1, one), pod("other", 1, other)),
                List.of(),
                List.of(),
                List.of());
        StableLabels.Choice choice = new StableLabels(
                        snapshot, Map.of(new Workload("Deployment", "a", "own"), Set.of("app", "tier")))
                .of(new Workload("Deployment", "a", "own"))
                .orElseThrow();
        assertThat(choice.labels()).isEqualTo(labels(own));
        assertThat(choice.reason())
                .isEqualTo("app and tier together select the pods of Deployment own and no others of the namespace, and"
                        + " its own selector uses it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            192.0.2.1                     | 24  | 192.0.2.1/32
            192.0.2.1 192.0.2.2           | 24  | 192.0.2.0/30
            192.0.2.1 192.0.2.200         | 24  | 192.0.2.0/24
            192.0.2.1 192.0.2.200         | 32  | 192.0.2.1/32 192.0.2.200/32
            192.0.2.1 192.0.3.1           | 24  | 192.0.2.1/32 192.0.3.1/32
            192.0.3.1 192.0.2.1 192.0.2.1 | 16  | 192.0.2.0/23
            0.0.0.1 255.0.0.1             | 0   | 0.0.0.0/0
            2001:db8::1 2001:db8::2:1     | 24  | 2001:db8::/110
            2001:db8::1 2001:db8:1::1     | 24  | 2001:db8::1/128 2001:db8:1::1/128
            """)
    void addressesBecomeBlocks(String addresses, int bound, String blocks) {
        assertThat(Blocks.around(
                        Arrays.stream(addresses.trim().split(" "))
                                .map(Ip::parse)
                                .toList(),
                        new Blocks.Bound(bound, 64)))
                .extracting(Cidr::toString)
                .containsExactly(blocks.split(" "));
    }
}
