package io.sluice.analysis.decide;

import io.sluice.analysis.output.Bytes;
import java.util.Optional;

/** Writes answers. */
interface LineWriter {
    /** A question in its usual form, as it came. */
    void raw(byte[] bytes, int start, int end, Endpoint from, Endpoint to, LineScanner line, Answer answer, Bytes out);

    void plain(Asked.Plain question, Answer answer, Bytes out);

    void flow(Asked.Flow flow, Optional<Answer> answer, Bytes out);
}
