package io.sluice.analysis.convert;

import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.List;

/** The ports of a rule one protocol at a time, which is how every dialect writes them. */
sealed interface Ports {
    Protocol protocol();

    /** All ports of a protocol. */
    record Whole(Protocol protocol) implements Ports {}

    /** A port, or a range of them. */
    record Numbers(Protocol protocol, int first, int last) implements Ports {}

    /** A container port's name. */
    record Name(Protocol protocol, String name) implements Ports {}

    /** Whether a rule is about all traffic, which every dialect says by silence. */
    static boolean isEverything(List<PortMatch> ports) {
        return ports.contains(PortMatch.EVERYTHING);
    }

    /** @throws Unsayable for a range that spans protocols and is not everything, and for ICMP types */
    static List<Ports> of(List<PortMatch> matches, SourcePosition position) {
        List<Ports> out = new ArrayList<>();
        for (PortMatch match : matches) {
            switch (match) {
                case PortMatch.Named(String name, Protocol protocol) -> {
                    List<Protocol> all =
                            protocol == null ? List.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP) : List.of(protocol);
                    all.forEach(each -> out.add(new Name(each, name)));
                }
                case PortMatch.Range(TrafficRange range) -> out.add(of(range, position));
            }
        }
        return out;
    }

    private static Ports of(TrafficRange range, SourcePosition position) {
        int first = range.first() & 0xffff;
        int last = range.last() & 0xffff;
        Protocol protocol = new Protocol(range.first() >>> 16);
        if (range.last() >>> 16 != protocol.number()) {
            throw new Unsayable("a range of several protocols has no form there", position);
        }
        if (first == 0 && last == 0xffff) {
            return new Whole(protocol);
        }
        if (!protocol.hasPorts()) {
            throw new Unsayable(protocol + " types have no form there", position);
        }
        // Port 0 cannot be named anywhere; if leaving it out changes anything, the proof says so.
        return new Numbers(protocol, Math.max(1, first), last);
    }
}
