package io.sluice.manifests;

import io.sluice.policy.model.SourcePosition;

/**
 * A place in a text.
 *
 * @param line from 1
 * @param column from 1, in characters as an editor counts them
 */
record Place(int line, int column) {
    static final Place START = new Place(1, 1);

    /** Of what stands in no text. */
    static final Place NOWHERE = new Place(0, 0);

    SourcePosition in(String file) {
        return new SourcePosition(file, line, column);
    }
}
