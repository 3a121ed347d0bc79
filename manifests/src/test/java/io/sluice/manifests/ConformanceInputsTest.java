package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.decide.Decider;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.testing.Conformance;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The policies of the published suites, read from their text: no error is found, and every cell comes out right. */
class ConformanceInputsTest {
    @ParameterizedTest
    @EnumSource
    void everyCell(Conformance suite) throws IOException {
        JsonNode root = JsonMapper.shared().readTree(Files.readString(Shared.folder(suite.file())));
        List<List<JsonNode>> policies = new ArrayList<>();
        for (JsonNode test : root.has("tests") ? root.path("tests") : root) {
            for (JsonNode step : test.path("steps")) {
                policies.add(step.path("policies").valueStream().toList());
            }
        }
        List<Conformance.State> states = suite.cases().orElseThrow().stream()
                .flatMap(c -> c.states().stream())
                .toList();
        assertThat(states).hasSameSizeAs(policies);
        for (int i = 0; i < states.size(); i++) {
            Manifests read = Reading.of(list(policies.get(i)));
            assertThat(read.diagnostics()).as(states.get(i).name()).noneMatch(Diagnostic::isError);
            check(
                    states.get(i),
                    states.get(i).snapshot().withPolicies(read.snapshot().policies()));
        }
    }

    private static String list(List<JsonNode> policies) {
        ObjectNode list =
                JsonMapper.shared().createObjectNode().put("apiVersion", "v1").put("kind", "List");
        ArrayNode items = list.putArray("items");
        for (JsonNode policy : policies) {
            ObjectNode item = ((ObjectNode) policy).deepCopy();
            if (!item.has("kind")) {
                item.put("apiVersion", "networking.k8s.io/v1").put("kind", "NetworkPolicy");
            }
            items.add(item);
        }
        return list.toString();
    }

    private static void check(Conformance.State state, Snapshot snapshot) {
        AddressBook book = AddressBook.of(snapshot);
        for (Conformance.Probe probe : state.probes()) {
            Connection connection = new Connection(
                    book.partyOf(pod(snapshot, probe.from())),
                    book.partyOf(pod(snapshot, probe.to())),
                    probe.protocol(),
                    probe.port());
            assertThat(Decider.decide(snapshot, connection).verdict())
                    .as("%s %s", state.name(), probe)
                    .isEqualTo(probe.combined());
        }
    }

    private static Pod pod(Snapshot snapshot, String name) {
        return snapshot.pods().stream()
                .filter(p -> p.fullName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
