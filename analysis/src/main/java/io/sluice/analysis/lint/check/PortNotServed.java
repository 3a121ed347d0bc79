package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.Cluster;
import io.sluice.analysis.lint.Findings;
import io.sluice.analysis.lint.PodGroup;
import io.sluice.analysis.lint.PolicyText;
import io.sluice.analysis.lint.Severity;
import io.sluice.analysis.lint.check.Destinations.Served;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Service;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        Destinations destinations = new Destinations(cluster);
        Map<String, List<Service>> services = new HashMap<>();
        cluster.snapshot()
                .services()
                .forEach(service -> services.computeIfAbsent(service.namespace(), _ -> new ArrayList<>())
                        .add(service));
        for (PolicyText text : cluster.policies()) {
            for (Section section : text.policy().sections()) {
                for (int r = 0; r < section.rules().size(); r++) {
                    Rule rule = section.rules().get(r);
                    if (speaksOfNumbers(cluster, text, section.direction(), rule)) {
                        Optional<Served> served = destinations.of(text.policy(), section.direction(), rule);
                        if (served.isPresent() && served.get().complete()) {
                            inspect(services, text, section.direction(), r, rule, served.get(), findings);
                        }
                    }
                }
            }
        }
    }

    private static boolean speaksOfNumbers(Cluster cluster, PolicyText text, Direction direction, Rule rule) {
        return rule.action() == Action.ALLOW
                && rule.ports().stream().anyMatch(PortNotServed::isNumber)
                && !(direction == Direction.INGRESS && DnsUnderIngress.isMisplaced(cluster, text.policy(), rule));
    }

    private static void inspect(
            Map<String, List<Service>> services,
            PolicyText text,
            Direction direction,
            int number,
            Rule rule,
            Served served,
            Findings findings) {
        for (int p = 0; p < rule.ports().size(); p++) {
            PortMatch port = rule.ports().get(p);
            if (port instanceof PortMatch.Range(TrafficRange range) && isNumber(port) && !served.serves(range)) {
                findings.add(
                        text.at(text.port(direction, number, p)),
                        "none of " + served.workloads() + " serves " + Words.of(range)
                                + instead(services, served, range));
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
    private static String instead(Map<String, List<Service>> services, Served served, TrafficRange range) {
        int first = range.first() & 0xffff;
        int last = range.last() & 0xffff;
        for (Protocol other : List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP)) {
            if (served.serves(TrafficRange.ports(other, first, last))) {
                return "; they serve that port over " + other;
            }
        }
        for (PodGroup group : served.pods()) {
            for (Service service : services.getOrDefault(group.namespace(), List.of())) {
                for (Service.ServicePort port : service.ports()) {
                    if (TrafficRange.key(port.protocol(), port.port()) == range.first()
                            && first == last
                            && service.selects(group.pods().getFirst())) {
                        return "; it is the port of Service " + service.name() + ", which leads to the pods' "
                                + (port.targetName().isEmpty() ? "" + port.targetPort() : port.targetName());
                    }
                }
            }
        }
        return served.listed().isEmpty() ? "" : "; they serve " + served.listed();
    }
}
