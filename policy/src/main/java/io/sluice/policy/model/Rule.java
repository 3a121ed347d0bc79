package io.sluice.policy.model;

import java.util.List;
import java.util.Optional;

/**
 * One rule of a policy: an action for the traffic that matches one of the peers and one of the ports.
 *
 * @param name as the dialect gives it, or empty
 * @param position where the rule begins
 * @param only the pods, of those that the policy selects, that the rule is about; all of them where it is empty
 * @param application what it demands beyond addresses and ports
 */
public record Rule(
        String name,
        Action action,
        List<Peer> peers,
        List<PortMatch> ports,
        SourcePosition position,
        Optional<Subject> only,
        Optional<Application> application) {
    public Rule {
        peers = List.copyOf(peers);
        ports = List.copyOf(ports);
    }

    /** One about all pods of its policy that demands nothing beyond addresses and ports. */
    public Rule(String name, Action action, List<Peer> peers, List<PortMatch> ports, SourcePosition position) {
        this(name, action, peers, ports, position, Optional.empty(), Optional.empty());
    }

    /** Whether it can decide anything at the layer of addresses and ports. */
    public boolean decides() {
        return action != Action.LOG && (action != Action.ALLOW || application.isEmpty());
    }

    public Rule withPeers(List<Peer> others) {
        return new Rule(name, action, others, ports, position, only, application);
    }

    public Rule withPorts(List<PortMatch> others) {
        return new Rule(name, action, peers, others, position, only, application);
    }

    public Rule at(SourcePosition elsewhere) {
        return new Rule(name, action, peers, ports, elsewhere, only, application);
    }
}
