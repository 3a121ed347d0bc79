package io.sluice.analysis.intents;

import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * One address of each part of the world outside that policies or intents tell apart. A part is bounded by blocks, so
 * where one begins a block begins or has just ended.
 */
final class Outside {
    private static final Ip FIRST_V4 = Ip.parse("0.0.0.0");
    private static final Ip FIRST_V6 = Ip.parse("::");

    /** So many addresses of a part may be held by pods or nodes before it is taken to be theirs altogether. */
    private static final int MOST_HELD = 1 << 16;

    private Outside() {}

    /** @param named the blocks that intents name */
    static List<Ip> of(Snapshot snapshot, AddressBook addresses, Collection<Cidr> named) {
        List<Cidr> blocks = new ArrayList<>(named);
        snapshot.policies()
                .forEach(policy -> policy.sections()
                        .forEach(section -> section.rules()
                                .forEach(rule -> rule.peers().stream()
                                        .flatMap(Peer::leaves)
                                        .forEach(peer -> {
                                            if (peer instanceof Peer.Network(Cidr cidr, List<Cidr> except)) {
                                                blocks.add(cidr);
                                                blocks.addAll(except);
                                            }
                                        }))));
        boolean v6 = blocks.stream().anyMatch(block -> !block.isV4())
                || snapshot.pods().stream().anyMatch(pod -> pod.ips().stream().anyMatch(ip -> !ip.isV4()));
        TreeSet<Ip> starts = new TreeSet<>();
        starts.add(FIRST_V4);
        if (v6) {
            starts.add(FIRST_V6);
        }
        for (Cidr block : blocks) {
            starts.add(block.base());
            Ip next = next(block.last());
            if (next.isV4() == block.isV4()) {
                starts.add(next);
            }
        }
        List<Ip> out = new ArrayList<>();
        for (Ip start : starts) {
            Ip ip = start;
            for (int i = 0; i < MOST_HELD; i++) {
                if (addresses.party(ip) instanceof Party.OfNetwork) {
                    out.add(ip);
                    break;
                }
                ip = next(ip);
                if (starts.contains(ip) || ip.isV4() != start.isV4()) {
                    break;
                }
            }
        }
        return out;
    }

    /** The last address of all is followed by the first. */
    private static Ip next(Ip ip) {
        long low = ip.low() + 1;
        return new Ip(low == 0 ? ip.high() + 1 : ip.high(), low);
    }
}
