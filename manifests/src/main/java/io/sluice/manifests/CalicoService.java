package io.sluice.manifests;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.Endpoint;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code services} of a rule's far end: "only traffic that originates from or terminates at endpoints within the selected
 * service(s) will be matched, and only to/from each endpoint's port".
 *
 * @param known whether it is known which endpoints it has
 * @param leads where it leads; everywhere where that is not known, so that a rule that denies is not made narrower
 */
record CalicoService(boolean known, List<CalicoService.Lead> leads) {
    /** Endpoints that have the same ports. */
    record Lead(List<Peer> peers, List<PortMatch> targets) {
        /** Its ports, as far as the rule's protocol leaves them. */
        List<PortMatch> ports(CalicoTraffic traffic) {
            List<PortMatch> left = new ArrayList<>();
            for (PortMatch target : targets) {
                switch (target) {
                    case PortMatch.Range(TrafficRange range) ->
                        traffic.and(List.of(range)).ranges().forEach(r -> left.add(new PortMatch.Range(r)));
                    case PortMatch.Named named -> {
                        if (named.protocol() != null && traffic.contains(TrafficRange.of(named.protocol()))) {
                            left.add(named);
                        }
                    }
                }
            }
            return left;
        }
    }

    private static final Lead EVERYWHERE = new Lead(List.of(Peer.EVERYTHING), List.of(PortMatch.EVERYTHING));
    private static final Lead NOWHERE = new Lead(List.of(), List.of());

    static CalicoService of(CalicoEntity.ServiceName named, CalicoReferences references, String own, Action action) {
        String namespace = named.namespace().isEmpty() ? own : named.namespace();
        Optional<Service> found = references.service(namespace, named.name());
        if (found.isEmpty()) {
            named.at()
                    .problems()
                    .warning(
                            "calico-unknown-service",
                            named.at().keyPlace(),
                            named.at().path() + ": there is no Service " + namespace + "/" + named.name()
                                    + " in the input; the rule is about no one",
                            "");
            return new CalicoService(true, List.of(NOWHERE));
        }
        Service service = found.get();
        if (!service.selector().isEmpty()) {
            Peer pods = new Peer.Pods(new NamespaceMatch.Named(namespace), Selector.labels(service.selector()));
            List<PortMatch> targets =
                    service.ports().stream().map(CalicoService::target).toList();
            return new CalicoService(true, List.of(new Lead(List.of(pods), targets)));
        }
        List<Endpoint> endpoints = references.endpoints(namespace, named.name());
        if (endpoints.isEmpty()) {
            CalicoTranslation.unseen(
                    named.at(), action, "the endpoints of a Service without selector are not in the input");
            return new CalicoService(false, List.of(EVERYWHERE));
        }
        return new CalicoService(true, leads(service, endpoints));
    }

    private static PortMatch target(ServicePort port) {
        return port.targetName().isEmpty()
                ? PortMatch.port(port.protocol(), port.targetPort())
                : new PortMatch.Named(port.targetName(), port.protocol());
    }

    private static List<Lead> leads(Service service, List<Endpoint> endpoints) {
        Map<Ip, Set<PortMatch>> ports = new LinkedHashMap<>();
        for (Endpoint endpoint : endpoints) {
            Set<PortMatch> of = ports.computeIfAbsent(endpoint.ip(), _ -> new LinkedHashSet<>());
            if (endpoint.port() != 0) {
                of.add(PortMatch.port(endpoint.protocol(), endpoint.port()));
                continue;
            }
            service.ports().stream()
                    .filter(port -> port.name().equals(endpoint.portName()))
                    .map(CalicoService::target)
                    .forEach(of::add);
        }
        Map<Set<PortMatch>, List<Peer>> alike = new LinkedHashMap<>();
        ports.forEach((ip, of) ->
                alike.computeIfAbsent(of, _ -> new ArrayList<>()).add(new Peer.Network(Cidr.of(ip), List.of())));
        List<Lead> leads = new ArrayList<>();
        alike.forEach((of, peers) -> leads.add(new Lead(peers, List.copyOf(of))));
        return leads;
    }
}
