package io.sluice.analysis.reach;

import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.gate.Gate;
import io.sluice.policy.gate.Kinds;
import io.sluice.policy.gate.Outcome;
import io.sluice.policy.gate.Request;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What the gates of destinations leave of the traffic to them. Parties of one kind have one number, and a pair of numbers
 * is asked about once, at every port that something is said of and at one other. Not thread-safe.
 */
final class Passages {
    /** The number of destinations that no gate speaks of. */
    static final int UNGUARDED = 0;

    private static final int STRANGER = 0;
    private static final int LAST_PORT = 0xffff;
    private static final Traffic TCP = Traffic.of(TrafficRange.of(Protocol.TCP));
    private static final Traffic NOT_GUARDED = Traffic.ALL.minus(TCP);

    private final Gate gate;
    private final Kinds kinds;
    private final List<Party> sources = new ArrayList<>();
    private final List<Guarded> destinations = new ArrayList<>();
    private final Map<Kinds.Source, Integer> sourceNumbers = new HashMap<>();
    private final Map<Kinds.Destination, Integer> destinationNumbers = new HashMap<>();
    private final Map<Long, Passage> known = new HashMap<>();

    private record Guarded(Party.OfPod party, SortedSet<Integer> ports, Gate gate) {}

    /**
     * @param some the traffic of which some request may pass
     * @param every the traffic of which every request passes
     */
    record Passage(Traffic some, Traffic every) {}

    Passages(Snapshot snapshot) {
        gate = Gate.of(snapshot);
        kinds = Kinds.of(snapshot);
    }

    /** @param isKnown whether it is this party, and not somebody it stands for */
    int source(Party party, boolean isKnown) {
        return isKnown
                ? sourceNumbers.computeIfAbsent(kinds.source(party), _ -> {
                    sources.add(party);
                    return STRANGER + sources.size();
                })
                : STRANGER;
    }

    int destination(Party party) {
        Optional<Kinds.Destination> kind = kinds.destination(party);
        return kind.isPresent() && party instanceof Party.OfPod guarded
                ? destinationNumbers.computeIfAbsent(kind.get(), _ -> {
                    destinations.add(new Guarded(guarded, kinds.ports(guarded.pod()), gate.at(guarded.pod())));
                    return UNGUARDED + destinations.size();
                })
                : UNGUARDED;
    }

    /** @param destination not {@link #UNGUARDED} */
    Passage between(int source, int destination) {
        return known.computeIfAbsent((long) source << 32 | destination, _ -> ask(source, destination));
    }

    private Passage ask(int source, int destination) {
        Guarded guarded = destinations.get(destination - UNGUARDED - 1);
        Map<Outcome, Traffic> traffic = new EnumMap<>(Outcome.class);
        traffic.put(Outcome.ALLOW, NOT_GUARDED);
        Traffic others = TCP;
        for (int port : guarded.ports) {
            Traffic one = Traffic.of(TrafficRange.ports(Protocol.TCP, port, port));
            others = others.minus(one);
            traffic.merge(outcome(source, guarded, port), one, Traffic::or);
        }
        traffic.merge(outcome(source, guarded, otherThan(guarded.ports)), others, Traffic::or);
        return new Passage(
                Traffic.ALL.minus(traffic.getOrDefault(Outcome.DENY, Traffic.NONE)),
                traffic.getOrDefault(Outcome.ALLOW, Traffic.NONE));
    }

    private static int otherThan(SortedSet<Integer> ports) {
        int port = LAST_PORT;
        while (ports.contains(port)) {
            port--;
        }
        return port;
    }

    private Outcome outcome(int source, Guarded guarded, int port) {
        Party to = guarded.party;
        Party from = source == STRANGER ? to : sources.get(source - STRANGER - 1);
        // Not the pod's own connection to itself, which no gate sees.
        Connection connection = new Connection(from, to, Protocol.TCP, port, true);
        Request request = source == STRANGER ? Request.ofStranger(connection) : Request.of(connection);
        return guarded.gate.decide(request).outcome();
    }
}
