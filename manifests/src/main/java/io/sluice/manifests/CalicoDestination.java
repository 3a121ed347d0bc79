package io.sluice.manifests;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.List;

/** The traffic of a rule: what its protocol leaves, with the destination's ports and without its notPorts. */
final class CalicoDestination {
    private final CalicoRule rule;
    private final List<TrafficRange> numbers;
    private final List<PortMatch> names;
    private final List<TrafficRange> notNumbers;
    private final boolean notNames;

    CalicoDestination(CalicoRule rule) {
        this.rule = rule;
        // Ports without a protocol that has some are refused; the choice here only has to be one.
        Protocol protocol = rule.protocol().orElse(Protocol.TCP);
        numbers = numbers(rule.destination().ports(), protocol);
        notNumbers = numbers(rule.destination().notPorts(), protocol);
        names = new ArrayList<>();
        for (CalicoPort port : rule.destination().ports()) {
            if (port instanceof CalicoPort.Named(String name)) {
                names.add(new PortMatch.Named(name, protocol));
            }
        }
        notNames = rule.destination().notPorts().size() > notNumbers.size();
    }

    private static List<TrafficRange> numbers(List<CalicoPort> ports, Protocol protocol) {
        List<TrafficRange> ranges = new ArrayList<>();
        for (CalicoPort port : ports) {
            if (port instanceof CalicoPort.Numbers(int first, int last)) {
                ranges.add(TrafficRange.ports(protocol, first, last));
            }
        }
        return ranges;
    }

    List<PortMatch> matches() {
        CalicoTraffic traffic = rule.traffic().minus(notNumbers);
        boolean limited = !rule.destination().ports().isEmpty();
        List<PortMatch> matches = new ArrayList<>();
        (limited ? traffic.and(numbers) : traffic).ranges().forEach(range -> matches.add(new PortMatch.Range(range)));
        // Behind a name may be a number that is not meant: then only a rule that denies keeps the name.
        if (notNumbers.isEmpty() || rule.action() == Action.DENY) {
            matches.addAll(names);
        }
        return matches;
    }

    /** Whether all conditions are kept; those that are not are reported. */
    boolean reportUnseen() {
        if (notNames) {
            return CalicoTranslation.unseen(
                    rule.destination().field("notPorts"),
                    rule.action(),
                    "a port is not told by the name that it does not have");
        }
        if (!names.isEmpty() && !notNumbers.isEmpty()) {
            return CalicoTranslation.unseen(
                    rule.destination().field("notPorts"),
                    rule.action(),
                    "the numbers behind the names in ports are not told from these");
        }
        return true;
    }
}
