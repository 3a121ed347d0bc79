package io.sluice.analysis.intents;

import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** One connection that an intent speaks of, with what is to come of it. */
public record Expected(Intent intent, Connection connection, Verdict verdict) {
    /** A range of more ports than this is tried at the ports that the destination declares, and at its ends. */
    private static final int MOST_PORTS = 16;

    /** Where nobody names a port: the one that is most often left open. */
    private static final int USUAL = TrafficRange.key(Protocol.TCP, 443);

    /** @param named what the intent names ports of; they are tried as far as they are in the traffic */
    static void add(
            Intent intent, Site from, Site to, Traffic traffic, Traffic named, Verdict verdict, List<Expected> out) {
        Party destination = from.party().equals(to.party()) ? to.another() : to.party();
        for (int key : keys(to, traffic, named)) {
            out.add(new Expected(
                    intent,
                    new Connection(from.party(), destination, new Protocol(key >>> 16), key & 0xffff),
                    verdict));
        }
    }

    private static SortedSet<Integer> keys(Site to, Traffic traffic, Traffic named) {
        SortedSet<Integer> keys = new TreeSet<>();
        to.pod()
                .ifPresent(pod -> pod.ports().forEach(port -> {
                    int key = TrafficRange.key(port.protocol(), port.port());
                    if (traffic.contains(key)) {
                        keys.add(key);
                    }
                }));
        addPorts(traffic, keys);
        addPorts(named.and(traffic), keys);
        if (keys.isEmpty() && traffic.contains(USUAL)) {
            keys.add(USUAL);
        }
        return keys;
    }

    private static void addPorts(Traffic traffic, SortedSet<Integer> keys) {
        for (TrafficRange range : traffic.ranges()) {
            if (range.last() - range.first() < MOST_PORTS) {
                for (int key = range.first(); key <= range.last(); key++) {
                    keys.add(key);
                }
            } else if (isChosen(range)) {
                keys.add(range.first());
                keys.add(range.last());
            }
        }
    }

    /** Whether somebody wrote this range of ports: what is left of a protocol reaches to the end of its ports. */
    private static boolean isChosen(TrafficRange range) {
        return range.first() >>> 16 == range.last() >>> 16
                && (range.first() & 0xffff) > 1
                && (range.last() & 0xffff) < 0xffff;
    }
}
