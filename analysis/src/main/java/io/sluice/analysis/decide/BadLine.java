package io.sluice.analysis.decide;

import io.sluice.manifests.Printable;

/** A line that is no question, or one about something that the manifests do not have. */
public final class BadLine extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message one sentence */
    BadLine(String message) {
        super(Printable.of(message));
    }

    public BadLine(long line, String message) {
        super(line + ": " + Printable.of(message));
    }
}
