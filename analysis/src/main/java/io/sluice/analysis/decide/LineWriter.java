package io.sluice.analysis.decide;

import java.io.IOException;
import java.util.Optional;

/** Writes answers. */
interface LineWriter {
    /** A question in its usual form, as it came. */
    void raw(byte[] bytes, int start, int end, Endpoint from, Endpoint to, LineScanner line, Answer answer)
            throws IOException;

    void plain(Asked.Plain question, Answer answer) throws IOException;

    void flow(Asked.Flow flow, Optional<Answer> answer) throws IOException;

    void flush() throws IOException;
}
