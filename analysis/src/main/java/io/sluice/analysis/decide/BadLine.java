package io.sluice.analysis.decide;

/** A line that is no question, or one about something that the manifests do not have. */
public final class BadLine extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param message one sentence */
    BadLine(String message) {
        super(message);
    }

    public BadLine(long line, String message) {
        super(line + ": " + message);
    }
}
