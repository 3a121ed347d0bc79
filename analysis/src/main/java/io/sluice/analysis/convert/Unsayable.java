package io.sluice.analysis.convert;

import io.sluice.policy.model.SourcePosition;

/** Something that the other dialect has no words for. */
final class Unsayable extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient SourcePosition position;

    /** @param what in a sentence that begins with the policy: {@code "... has no form in a NetworkPolicy"} */
    Unsayable(String what, SourcePosition position) {
        super(what);
        this.position = position;
    }

    SourcePosition position() {
        return position;
    }
}
