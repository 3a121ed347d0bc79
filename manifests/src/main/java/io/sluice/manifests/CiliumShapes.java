package io.sluice.manifests;

import static io.sluice.manifests.Shape.ANY;
import static io.sluice.manifests.Shape.SELECTOR;

/** The fields of the cilium.io kinds; those of releases before 1.20 (kafka, l7proto) are still known. */
final class CiliumShapes {
    private static final Shape SECRET = Shape.of().with("name", ANY).with("namespace", ANY);

    private static final Shape TLS = Shape.of()
            .with("secret", SECRET)
            .with("trustedCA", ANY)
            .with("certificate", ANY)
            .with("privateKey", ANY);

    private static final Shape PORT =
            Shape.of().with("port", ANY).with("endPort", ANY).with("protocol", ANY);

    private static final Shape HTTP = Shape.of()
            .with("path", ANY)
            .with("method", ANY)
            .with("host", ANY)
            .with("headers", ANY)
            .with(
                    "headerMatches",
                    Shape.of()
                            .with("name", ANY)
                            .with("value", ANY)
                            .with("mismatch", ANY)
                            .with("secret", SECRET)
                            .asList());

    private static final Shape KAFKA = Shape.of()
            .with("role", ANY)
            .with("apiKey", ANY)
            .with("apiVersion", ANY)
            .with("clientID", ANY)
            .with("topic", ANY);

    private static final Shape NAME = Shape.of().with("matchName", ANY).with("matchPattern", ANY);

    private static final Shape RULES = Shape.of()
            .with("http", HTTP.asList())
            .with("dns", NAME.asList())
            .with("kafka", KAFKA.asList())
            .with("l7proto", ANY)
            .with("l7", ANY);

    private static final Shape LISTENER = Shape.of()
            .with("envoyConfig", Shape.of().with("kind", ANY).with("name", ANY))
            .with("name", ANY)
            .with("priority", ANY);

    private static final Shape DENIED_PORTS =
            Shape.of().with("ports", PORT.asList()).asList();

    private static final Shape PORTS = Shape.of()
            .with("ports", PORT.asList())
            .with("terminatingTLS", TLS)
            .with("originatingTLS", TLS)
            .with("serverNames", ANY)
            .with("listener", LISTENER)
            .with("rules", RULES)
            .asList();

    private static final Shape ICMPS = Shape.of()
            .with("fields", Shape.of().with("family", ANY).with("type", ANY).asList())
            .asList();

    private static final Shape CIDR = Shape.of()
            .with("cidr", ANY)
            .with("cidrGroupRef", ANY)
            .with("cidrGroupSelector", SELECTOR)
            .with("except", ANY)
            .asList();

    private static final Shape GROUPS = Shape.of()
            .with(
                    "aws",
                    Shape.of()
                            .with("labels", ANY)
                            .with("region", ANY)
                            .with("securityGroupsIds", ANY)
                            .with("securityGroupsNames", ANY))
            .asList();

    private static final Shape SERVICES = Shape.of()
            .with("k8sService", Shape.of().with("serviceName", ANY).with("namespace", ANY))
            .with("k8sServiceSelector", Shape.of().with("selector", SELECTOR).with("namespace", ANY))
            .asList();

    private static final Shape INGRESS_DENY =
            peers("from").with("toPorts", DENIED_PORTS).with("icmps", ICMPS);

    private static final Shape EGRESS_DENY = peers("to")
            .with("toServices", SERVICES)
            .with("toPorts", DENIED_PORTS)
            .with("icmps", ICMPS);

    private static final Shape AUTHENTICATION = Shape.of().with("mode", ANY);

    private static final Shape RULE = Shape.of()
            .with("endpointSelector", SELECTOR)
            .with("nodeSelector", SELECTOR)
            .with(
                    "ingress",
                    INGRESS_DENY
                            .with("toPorts", PORTS)
                            .with("authentication", AUTHENTICATION)
                            .asList())
            .with("ingressDeny", INGRESS_DENY.asList())
            .with(
                    "egress",
                    EGRESS_DENY
                            .with("toPorts", PORTS)
                            .with("toFQDNs", NAME.asList())
                            .with("authentication", AUTHENTICATION)
                            .asList())
            .with("egressDeny", EGRESS_DENY.asList())
            .with("enableDefaultDeny", Shape.of().with("ingress", ANY).with("egress", ANY))
            .with(
                    "labels",
                    Shape.of()
                            .with("key", ANY)
                            .with("value", ANY)
                            .with("source", ANY)
                            .asList())
            .with("log", Shape.of().with("value", ANY))
            .with("description", ANY);

    static final Shape POLICY = Shape.object(RULE).with("specs", RULE.asList());

    static final Shape CIDR_GROUP = Shape.object(Shape.of().with("externalCIDRs", ANY));

    private CiliumShapes() {}

    private static Shape peers(String from) {
        return Shape.of()
                .with(from + "Endpoints", SELECTOR.asList())
                .with(from + "Requires", SELECTOR.asList())
                .with(from + "CIDR", ANY)
                .with(from + "CIDRSet", CIDR)
                .with(from + "Entities", ANY)
                .with(from + "Groups", GROUPS)
                .with(from + "Nodes", SELECTOR.asList());
    }
}
