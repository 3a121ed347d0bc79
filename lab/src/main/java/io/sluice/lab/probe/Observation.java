package io.sluice.lab.probe;

import io.sluice.policy.model.Verdict;
import java.time.Duration;

/**
 * What the network answered.
 *
 * @param attempts how often it was asked
 * @param elapsed of the last attempt
 */
public record Observation(Probe probe, Outcome outcome, int attempts, Duration elapsed) {
    /** How an attempt ended. */
    public enum Outcome {
        /** Connected, or a datagram came back. */
        ANSWERED,
        /** The destination itself said that nobody listens. */
        REFUSED,
        /** Something on the way said that there is no way. */
        UNREACHABLE,
        /** Nothing came back. */
        SILENT
    }

    /** A closed port that says so has been reached. */
    public Verdict verdict() {
        return switch (outcome) {
            case ANSWERED, REFUSED -> Verdict.ALLOW;
            case UNREACHABLE, SILENT -> Verdict.DENY;
        };
    }
}
