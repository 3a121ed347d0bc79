package io.sluice.lab;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Subject;
import io.sluice.policy.net.Cidr;
import java.util.Arrays;
import java.util.List;

/** Policies of one rule, written by hand. */
public final class Rules {
    private Rules() {}

    public static Peer.Network block(String cidr, String... except) {
        return new Peer.Network(
                Cidr.parse(cidr), Arrays.stream(except).map(Cidr::parse).toList());
    }

    public static Policy allow(String namespace, Direction direction, Peer peer, PortMatch... ports) {
        Rule rule = new Rule("", Action.ALLOW, List.of(peer), List.of(ports), SourcePosition.NONE);
        return Policy.network(
                new PolicyId("NetworkPolicy", namespace, "p" + peer.hashCode() + direction),
                SourcePosition.NONE,
                new Subject(new NamespaceMatch.Named(namespace), Selector.ALL),
                List.of(Section.ofNetworkPolicy(direction, List.of(rule))));
    }
}
