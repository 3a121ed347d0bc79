package io.sluice.policy.gate;

import java.util.Locale;

/** What becomes of a request at the gate. */
public enum Outcome {
    ALLOW,
    DENY,
    /** Nothing here denies it and an authorizer outside is asked, whose answer is not known. */
    ASK,
    /** Requests of this connection fare differently. */
    DEPENDS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
