package io.sluice.policy.model;

import java.util.List;

/**
 * One rule of a policy: an action for the traffic that matches one of the peers and one of the ports.
 *
 * @param name as the dialect gives it, or empty
 * @param position where the rule begins
 */
public record Rule(String name, Action action, List<Peer> peers, List<PortMatch> ports, SourcePosition position) {
    public Rule {
        peers = List.copyOf(peers);
        ports = List.copyOf(ports);
    }
}
