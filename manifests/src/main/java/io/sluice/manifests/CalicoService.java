package io.sluice.manifests;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.net.TrafficRange;
import java.util.List;

/**
 * {@code services} of a rule's far end: "only traffic that originates from or terminates at endpoints within the selected
 * service will be matched, and only to/from each endpoint's port".
 *
 * @param known whether it is known which endpoints it has
 * @param peers its pods; everything where they are not known, so that a rule that denies is not made narrower
 * @param targets its ports on the pods
 */
record CalicoService(boolean known, List<Peer> peers, List<PortMatch> targets) {
    static CalicoService of(CalicoEntity.ServiceName named, CalicoReferences references, String own, Action action) {
        String namespace = named.namespace().isEmpty() ? own : named.namespace();
        Service service = references.service(namespace, named.name()).orElse(null);
        if (service == null) {
            named.at()
                    .problems()
                    .warning(
                            "calico-unknown-service",
                            named.at().keyPlace(),
                            named.at().path() + ": there is no Service " + namespace + "/" + named.name()
                                    + " in the input; the rule is about no one",
                            "");
            return new CalicoService(true, List.of(), List.of());
        }
        if (service.selector().isEmpty()) {
            CalicoTranslation.unseen(
                    named.at(), action, "the endpoints of a Service without selector are not known here");
            return new CalicoService(false, List.of(Peer.EVERYTHING), List.of(PortMatch.EVERYTHING));
        }
        Peer pods = new Peer.Pods(new NamespaceMatch.Named(namespace), Selector.labels(service.selector()));
        return new CalicoService(
                true,
                List.of(pods),
                service.ports().stream().map(CalicoService::target).toList());
    }

    private static PortMatch target(ServicePort port) {
        return port.targetName().isEmpty()
                ? PortMatch.port(port.protocol(), port.targetPort())
                : new PortMatch.Named(port.targetName(), port.protocol());
    }

    /** Its ports, as far as the rule's protocol leaves them. */
    List<PortMatch> ports(CalicoTraffic traffic) {
        if (!known) {
            return traffic.ranges().stream()
                    .<PortMatch>map(PortMatch.Range::new)
                    .toList();
        }
        return targets.stream().filter(target -> isLeft(target, traffic)).toList();
    }

    private static boolean isLeft(PortMatch target, CalicoTraffic traffic) {
        return switch (target) {
            case PortMatch.Range(TrafficRange range) -> traffic.contains(range);
            case PortMatch.Named named ->
                named.protocol() != null && traffic.contains(TrafficRange.of(named.protocol()));
        };
    }
}
