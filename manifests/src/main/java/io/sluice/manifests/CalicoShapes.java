package io.sluice.manifests;

/** The fields of Calico's kinds (api/pkg/apis/projectcalico/v3). */
final class CalicoShapes {
    private static final Shape ANY = Shape.ANY;

    private static final Shape ENTITY = Shape.of()
            .with("nets", ANY)
            .with("notNets", ANY)
            .with("selector", ANY)
            .with("notSelector", ANY)
            .with("namespaceSelector", ANY)
            .with("services", Shape.of().with("name", ANY).with("namespace", ANY))
            .with("ports", ANY)
            .with("notPorts", ANY)
            .with("serviceAccounts", Shape.of().with("names", ANY).with("selector", ANY));

    private static final Shape ICMP = Shape.of().with("type", ANY).with("code", ANY);

    private static final Shape RULES = Shape.of()
            .with("action", ANY)
            .with("ipVersion", ANY)
            .with("protocol", ANY)
            .with("notProtocol", ANY)
            .with("icmp", ICMP)
            .with("notICMP", ICMP)
            .with("source", ENTITY)
            .with("destination", ENTITY)
            .with(
                    "http",
                    Shape.of()
                            .with("methods", ANY)
                            .with(
                                    "paths",
                                    Shape.of()
                                            .with("exact", ANY)
                                            .with("prefix", ANY)
                                            .asList()))
            .with("metadata", Shape.of().with("annotations", ANY))
            .asList();

    private static final Shape POLICY = Shape.of()
            .with("tier", ANY)
            .with("order", ANY)
            .with("selector", ANY)
            .with("serviceAccountSelector", ANY)
            .with("types", ANY)
            .with("performanceHints", ANY)
            .with("ingress", RULES)
            .with("egress", RULES);

    private static final Shape GLOBAL_POLICY = POLICY.with("namespaceSelector", ANY)
            .with("doNotTrack", ANY)
            .with("preDNAT", ANY)
            .with("applyOnForward", ANY);

    static final Shape TIER = Shape.object(Shape.of().with("order", ANY).with("defaultAction", ANY));

    static final Shape SET = Shape.object(Shape.of().with("nets", ANY));

    static final Shape HOST_ENDPOINT = Shape.object(Shape.of()
            .with("node", ANY)
            .with("interfaceName", ANY)
            .with("expectedIPs", ANY)
            .with("profiles", ANY)
            .with(
                    "ports",
                    Shape.of()
                            .with("name", ANY)
                            .with("protocol", ANY)
                            .with("port", ANY)
                            .asList()));

    static final Shape PROFILE =
            Shape.object(Shape.of().with("ingress", RULES).with("egress", RULES).with("labelsToApply", ANY));

    static final Shape STAGED_KUBERNETES_POLICY = Shape.object(Shape.NETWORK_POLICY_SPEC.with("stagedAction", ANY));

    private CalicoShapes() {}

    static Shape policy(boolean global, boolean staged) {
        Shape spec = global ? GLOBAL_POLICY : POLICY;
        return Shape.object(staged ? spec.with("stagedAction", ANY) : spec);
    }
}
