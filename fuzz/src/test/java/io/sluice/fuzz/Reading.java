package io.sluice.fuzz;

import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import io.sluice.manifests.ObjectText;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;

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
        List<Object> outside = new ArrayList<>();
        first.snapshot().pods().stream().filter(p -> !text.has(p.position())).forEach(outside::add);
        first.snapshot().services().stream()
                .filter(s -> !text.has(s.position()))
                .forEach(outside::add);
        first.snapshot().entrances().stream()
                .filter(e -> !text.has(e.position()))
                .forEach(outside::add);
        first.snapshot().policies().stream()
                .filter(p -> !text.has(p.position()))
                .forEach(outside::add);
        for (ObjectText object : first.objects()) {
            if (!text.has(object.at("metadata", "name"))) {
                outside.add(object.at("metadata", "name"));
            }
        }
        if (!outside.isEmpty()) {
            throw new AssertionError("outside of the input: " + outside);
        }
        return first;
    }

    private static Manifests once(byte[] bytes) {
        return ManifestReader.read(List.of("-"), new ByteArrayInputStream(bytes));
    }
}
