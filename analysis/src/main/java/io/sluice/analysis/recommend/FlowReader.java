package io.sluice.analysis.recommend;

import io.sluice.analysis.decide.BadLine;
import io.sluice.analysis.decide.RecordedFlow;
import io.sluice.policy.model.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Recorded flows, a JSON object a line, to who talks to whom. */
public final class FlowReader {
    /** Verdicts of flows that went through; AUDIT is what an enforcing policy would have stopped, seen all the same. */
    private static final Set<String> WENT_THROUGH = Set.of("FORWARDED", "REDIRECTED", "TRACED", "TRANSLATED", "AUDIT");

    private final Set<RecordedFlow> openings = new LinkedHashSet<>();
    private final Map<String, Integer> left = new LinkedHashMap<>();

    /**
     * Reads to the end; may be called for several inputs.
     *
     * @throws BadLine for a line that is no flow; its message begins with the line's number
     */
    public void read(InputStream in) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                RecordedFlow.read(line.getBytes(StandardCharsets.UTF_8))
                        .ifPresentOrElse(this::add, () -> leave("flows without layer 4"));
            } catch (BadLine e) {
                throw new BadLine(number, String.valueOf(e.getMessage()));
            }
        }
    }

    private void add(RecordedFlow flow) {
        if (flow.role() == RecordedFlow.Role.REPLY) {
            leave("replies");
        } else if (!WENT_THROUGH.contains(flow.verdict())) {
            leave("flows that did not go through");
        } else if (flow.source().isHost() || flow.destination().isHost()) {
            leave("flows between a pod and its own node, which policies cannot refuse");
        } else {
            openings.add(flow);
        }
    }

    private void leave(String reason) {
        left.merge(reason, 1, Integer::sum);
    }

    /** @param known the pods and Services of the manifests; may be empty */
    public Observed observed(Snapshot known) {
        Resolver resolver = new Resolver(known, openings, this::leave);
        return new Observed(
                resolver.snapshot(),
                resolver.talks(),
                left.entrySet().stream()
                        .map(e -> "left out: " + e.getValue() + " " + e.getKey())
                        .toList());
    }
}
