package io.sluice.analysis.decide;

import io.sluice.policy.gate.Request;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A question that had to be read with the full parser. */
sealed interface Asked {
    /**
     * A connection by names and numbers; the other members of its object are kept.
     *
     * @param saying adds to a request what the question says of it
     */
    record Plain(
            Endpoint from,
            Endpoint to,
            Protocol protocol,
            int port,
            UnaryOperator<Request> saying,
            Map<String, Object> members)
            implements Asked {}

    /**
     * A recorded flow.
     *
     * @param fromText as the recording names it
     * @param from empty where the manifests have nobody of that name; the same for {@code to}
     * @param reply whether the packet went the other way; the ends are those of the connection
     * @param ownNode whether one end is the other's own node
     * @param recorded the recording's verdict as it was written
     * @param wasAllowed empty where the recording does not say what policies made of it
     */
    record Flow(
            String fromText,
            String toText,
            Optional<Endpoint> from,
            Optional<Endpoint> to,
            Protocol protocol,
            int port,
            boolean reply,
            boolean ownNode,
            String recorded,
            Optional<Boolean> wasAllowed)
            implements Asked {
        /** Whether the answer is another than the recorded one; empty where one of them is not known. */
        Optional<Boolean> isChangedBy(Answer answer) {
            return answer.depends()
                    ? Optional.empty()
                    : wasAllowed.map(was -> was != (answer.verdict() == Verdict.ALLOW));
        }
    }
}
