package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Service;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A port number that no pod serves which the rule is about. Silent where one of the pods declares no ports at all: it
 * may serve any.
 */
final class PortNotServed implements Check {
    private static final About ABOUT = new About(
            "port-not-served",
            Severity.WARNING,
            "A rule allows a port that none of its destination pods serves.",
            "The ports of a rule are those of the destination pods: the policy's own pods for ingress, the peers for"
                    + " egress. Policies see a connection after a Service has sent it to a pod, so the number is the"
                    + " pod's containerPort, not the port of the Service. A port item without protocol means TCP.",
            "Write the containerPort, or its name, and the protocol if it is not TCP.");

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public void inspect(Cluster cluster, Findings findings) {
        Map<String, List<Service>> services = new HashMap<>();
        cluster.snapshot().services().forEach(service -> services.computeIfAbsent(
                        service.namespace(), _ -> new java.util.ArrayList<>())
                .add(service));
        for (PolicyText text : cluster.policies()) {
            for (Section section : text.policy().sections()) {
                for (int r = 0; r < section.rules().size(); r++) {
                    inspect(cluster, services, text, section.direction(), section.rules().get(r), r, findings);
                }
            }
        }
    }

    private static void inspect(
            Cluster cluster,
            Map<String, List<Service>> services,
            PolicyText text,
            Direction direction,
            Rule rule,
            int number,
            Findings findings) {
        if (rule.action() != Action.ALLOW
                || rule.ports().stream().noneMatch(PortNotServed::isNumber)
                || direction == Direction.INGRESS && DnsUnderIngress.isMisplaced(cluster, text.policy(), rule)) {
            return;
        }
        List<PodGroup> destinations = Destinations.of(cluster, text.policy(), direction, rule);
        if (destinations.isEmpty() || !destinations.stream().allMatch(PodGroup::declaresPorts)) {
            return;
        }
        for (int p = 0; p < rule.ports().size(); p++) {
            PortMatch port = rule.ports().get(p);
            if (port instanceof PortMatch.Range(TrafficRange range) && isNumber(port)) {
                Protocol protocol = new Protocol(range.first() >>> 16);
                int first = range.first() & 0xffff;
                int last = range.last() & 0xffff;
                if (destinations.stream().noneMatch(group -> group.serves(protocol, first, last))) {
                    findings.add(
                            text.at(text.port(direction, number, p)),
                            "none of " + PodGroup.workloads(destinations) + " serves " + Words.of(range)
                                    + instead(services, destinations, protocol, first, last));
                }
            }
        }
    }

    /** A port or a range of one protocol, as against a whole protocol or everything. */
    private static boolean isNumber(PortMatch port) {
        return port instanceof PortMatch.Range(TrafficRange range)
                && range.first() >>> 16 == range.last() >>> 16
                && new Protocol(range.first() >>> 16).hasPorts()
                && ((range.first() & 0xffff) > 1 || (range.last() & 0xffff) < 0xffff);
    }

    /** What they serve, as far as it explains the mistake. */
    private static String instead(
            Map<String, List<Service>> services, List<PodGroup> pods, Protocol protocol, int first, int last) {
        for (Protocol other : List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)) {
            if (!other.equals(protocol) && pods.stream().anyMatch(group -> group.serves(other, first, last))) {
                return "; they serve that port over " + other;
            }
        }
        for (PodGroup group : pods) {
            for (Service service : services.getOrDefault(group.namespace(), List.of())) {
                for (Service.ServicePort port : service.ports()) {
                    if (port.port() == first
                            && first == last
                            && port.protocol().equals(protocol)
                            && service.selects(group.pods().getFirst())) {
                        return "; it is the port of Service " + service.name() + ", which leads to the pods' "
                                + (port.targetName().isEmpty() ? "" + port.targetPort() : port.targetName());
                    }
                }
            }
        }
        TreeSet<String> served = new TreeSet<>();
        for (PodGroup group : pods) {
            for (Pod pod : group.pods()) {
                pod.ports().forEach(port -> served.add(port.port() + "/" + port.protocol()));
            }
        }
        return served.size() > 4 ? "" : "; they serve " + String.join(", ", served);
    }
}
