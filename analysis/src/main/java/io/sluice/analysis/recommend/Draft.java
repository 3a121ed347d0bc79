package io.sluice.analysis.recommend;

import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import java.util.List;
import java.util.Map;

/**
 * A policy to be written.
 *
 * @param remarks lines above it
 * @param peers who is meant by a peer, written beside it
 */
public record Draft(Policy policy, List<String> remarks, Map<Peer, String> peers) {
    public Draft {
        remarks = List.copyOf(remarks);
        peers = Map.copyOf(peers);
    }
}
