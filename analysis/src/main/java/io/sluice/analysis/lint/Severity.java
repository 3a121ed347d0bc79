package io.sluice.analysis.lint;

import java.util.Locale;
import java.util.Optional;

/** How much a finding matters. Errors and warnings make the exit status 1; what is only information does not. */
public enum Severity {
    /** It cannot be meant: the text has no effect, or the opposite of what it says. */
    ERROR,
    /** A well-made set of policies would not have it. */
    WARNING,
    /** A choice that may be right and that a reviewer wants to see. */
    INFO;

    public boolean fails() {
        return this != INFO;
    }

    /** The name as it is written in configuration and output. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Severity> named(String text) {
        for (Severity severity : values()) {
            if (severity.toString().equals(text)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }
}
