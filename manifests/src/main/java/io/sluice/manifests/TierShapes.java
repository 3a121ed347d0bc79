package io.sluice.manifests;

import static io.sluice.manifests.Shape.ANY;
import static io.sluice.manifests.Shape.SELECTOR;

/** The fields of the policy.networking.k8s.io kinds, of the standard and the experimental channel together. */
final class TierShapes {
    private static final Shape PODS =
            Shape.of().with("namespaceSelector", SELECTOR).with("podSelector", SELECTOR);

    private static final Shape SUBJECT = Shape.of().with("namespaces", SELECTOR).with("pods", PODS);

    private static final Shape EGRESS_PEER =
            SUBJECT.with("nodes", SELECTOR).with("networks", ANY).with("domainNames", ANY);

    private static final Shape PROTOCOL = Shape.of()
            .with(
                    "destinationPort",
                    Shape.of()
                            .with("number", ANY)
                            .with("range", Shape.of().with("start", ANY).with("end", ANY)));

    static final Shape CLUSTER_NETWORK_POLICY = policy(
            "protocols",
            Shape.of()
                    .with("tcp", PROTOCOL)
                    .with("udp", PROTOCOL)
                    .with("sctp", PROTOCOL)
                    .with("destinationNamedPort", ANY),
            Shape.of().with("tier", ANY).with("priority", ANY));

    private static final Shape PORT = Shape.of()
            .with("portNumber", Shape.of().with("protocol", ANY).with("port", ANY))
            .with("namedPort", ANY)
            .with(
                    "portRange",
                    Shape.of().with("protocol", ANY).with("start", ANY).with("end", ANY));

    static final Shape ADMIN_NETWORK_POLICY = policy("ports", PORT, Shape.of().with("priority", ANY));

    static final Shape BASELINE_ADMIN_NETWORK_POLICY = policy("ports", PORT, Shape.of());

    private TierShapes() {}

    private static Shape policy(String ports, Shape port, Shape head) {
        Shape rule = Shape.of().with("name", ANY).with("action", ANY);
        return Shape.object(head.with("subject", SUBJECT)
                .with(
                        "ingress",
                        rule.with("from", SUBJECT.asList())
                                .with(ports, port.asList())
                                .asList())
                .with(
                        "egress",
                        rule.with("to", EGRESS_PEER.asList())
                                .with(ports, port.asList())
                                .asList()));
    }
}
