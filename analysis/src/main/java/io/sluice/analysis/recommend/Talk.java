package io.sluice.analysis.recommend;

import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.model.Direction;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.Comparator;

/**
 * Who opens connections to whom, on what.
 *
 * @param port of the destination's pods, not of a Service
 */
public record Talk(Talker from, Talker to, Protocol protocol, int port) implements Comparable<Talk> {
    private static final Comparator<Talk> ORDER = Comparator.comparing(Talk::from)
            .thenComparing(Talk::to)
            .thenComparing(Talk::protocol)
            .thenComparingInt(Talk::port);

    public int key() {
        return TrafficRange.key(protocol, port);
    }

    public Talker subject(Direction direction) {
        return direction == Direction.INGRESS ? to : from;
    }

    public Talker peer(Direction direction) {
        return direction == Direction.INGRESS ? from : to;
    }

    @Override
    public int compareTo(Talk other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return from + " => " + to + " : " + Traffic.keyText(key());
    }
}
