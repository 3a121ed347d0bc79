package io.sluice.analysis.lint;

import io.sluice.manifests.Printable;
import io.sluice.policy.model.SourcePosition;
import java.util.ArrayList;
import java.util.List;

/** Where a check puts what it finds. */
public final class Findings {
    private final About about;
    private final Severity severity;
    private final List<Finding> found = new ArrayList<>();

    Findings(About about, Severity severity) {
        this.about = about;
        this.severity = severity;
    }

    /** A finding whose fix is the general one of the check. */
    public void add(SourcePosition position, String message) {
        add(position, message, about.fix());
    }

    public void add(SourcePosition position, String message, String fix) {
        found.add(new Finding(about.id(), severity, position, Printable.of(message), Printable.of(fix)));
    }

    List<Finding> found() {
        return found;
    }
}
