package io.sluice.fuzz;

import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import io.sluice.policy.model.Entrance;
import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.GateRule;
import io.sluice.policy.model.Mesh.PeerAuthentication;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;

/** Reads manifests within bounds, twice. */
final class Reading {
    private Reading() {}

    /** @throws AssertionError if something is wrong with what comes out */
    static Manifests of(byte[] bytes) {
        Manifests first = Bounds.hold(() -> once(bytes));
        Manifests second = once(bytes);
        if (!first.snapshot().equals(second.snapshot())
                || !List.copyOf(first.snapshot().namespaces().keySet())
                        .equals(List.copyOf(second.snapshot().namespaces().keySet()))
                || !first.diagnostics().equals(second.diagnostics())
                || !first.ignored().equals(second.ignored())) {
            throw new AssertionError("the same text reads differently the second time");
        }
        InputText text = new InputText(bytes);
        text.expect(first.diagnostics());
        List<SourcePosition> outside =
                places(first).filter(place -> !text.has(place)).toList();
        if (!outside.isEmpty()) {
            throw new AssertionError("outside of the input: " + outside);
        }
        return first;
    }

    private static Stream<SourcePosition> places(Manifests read) {
        Snapshot snapshot = read.snapshot();
        return Stream.of(
                        read.objects().stream().map(object -> object.at("metadata", "name")),
                        snapshot.pods().stream().map(Pod::position),
                        snapshot.services().stream().map(Service::position),
                        snapshot.entrances().stream().map(Entrance::position),
                        snapshot.policies().stream().map(Policy::position),
                        snapshot.policies().stream()
                                .flatMap(policy -> policy.sections().stream())
                                .flatMap(section -> section.rules().stream())
                                .map(Rule::position),
                        snapshot.mesh().authentications().stream().map(PeerAuthentication::position),
                        snapshot.mesh().policies().stream().map(GatePolicy::position),
                        snapshot.mesh().policies().stream()
                                .flatMap(policy -> policy.rules().stream())
                                .map(GateRule::position))
                .flatMap(places -> places);
    }

    private static Manifests once(byte[] bytes) {
        return ManifestReader.read(List.of("-"), new ByteArrayInputStream(bytes));
    }
}
