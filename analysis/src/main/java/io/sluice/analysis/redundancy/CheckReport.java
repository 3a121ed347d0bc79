package io.sluice.analysis.redundancy;

import io.sluice.policy.model.Snapshot;
import io.sluice.policy.table.VerdictTable;
import java.util.List;

/** What could go, and what is left open. */
public record CheckReport(Redundancy.Result redundancy, List<Ambiguities.Ambiguity> ambiguities) {
    public CheckReport {
        ambiguities = List.copyOf(ambiguities);
    }

    public static CheckReport of(Snapshot snapshot) {
        return new CheckReport(Redundancy.of(VerdictTable.of(snapshot)), Ambiguities.of(snapshot));
    }

    public boolean isClean() {
        return redundancy.superfluous().isEmpty() && ambiguities.isEmpty();
    }
}
