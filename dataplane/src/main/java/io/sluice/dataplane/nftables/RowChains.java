package io.sluice.dataplane.nftables;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Direction;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.table.PortTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A port table as chains: one that looks the protocol up, and for each protocol whose ports (ICMP: type and code) are
 * not judged alike one that looks those up. Equal pieces are one chain.
 *
 * <p>Ranges of the traffic space may span protocols; cut at protocol boundaries they become a total function of the
 * protocol and, for the protocols that have ports, of the port. A protocol without ports has the key of port 0.
 */
final class RowChains {
    private static final int PROTOCOLS = 256;
    private static final int MAX_PORT = 0xffff;

    private final Ruleset.Pool pool;
    private final CauseChains causes;
    private final String unreadable;
    private final Map<Key, String> names = new HashMap<>();

    private record Key(Direction direction, PortTable row) {}

    RowChains(Ruleset.Pool pool, CauseChains causes) {
        this.pool = pool;
        this.causes = causes;
        this.unreadable = causes.refuse(Refusal.UNREADABLE_HEADER);
    }

    /** Where a packet goes that cannot be looked up. */
    String unreadable() {
        return unreadable;
    }

    /** The chain to go to; where everything has one cause, it is that cause's. */
    String chain(Direction direction, PortTable row) {
        return names.computeIfAbsent(new Key(direction, row), _ -> make(direction, row));
    }

    private String make(Direction direction, PortTable row) {
        if (row.entries().size() == 1) {
            return causes.chain(direction, row.entries().getFirst().cause());
        }
        VerdictMap byProtocol = new VerdictMap();
        int index = 0;
        for (int number = 0; number < PROTOCOLS; number++) {
            int firstKey = number << 16;
            while (row.lastOf(index) < firstKey) {
                index++;
            }
            byProtocol.add(number, number, target(direction, row, index, new Protocol(number)));
        }
        if (byProtocol.single().isPresent()) {
            return byProtocol.single().get();
        }
        return pool.chain(Ruleset.ROW, List.of("meta l4proto vmap " + byProtocol.text(), "goto " + unreadable));
    }

    /** @param index of the entry that holds the first key of the protocol */
    private String target(Direction direction, PortTable row, int index, Protocol protocol) {
        Cause first = row.entries().get(index).cause();
        int lastKey = protocol.number() << 16 | MAX_PORT;
        if (row.lastOf(index) >= lastKey || !protocol.hasPorts() && !protocol.isIcmp()) {
            return causes.chain(direction, first);
        }
        VerdictMap byPort = new VerdictMap();
        int port = 0;
        for (int i = index; port <= MAX_PORT; i++) {
            int last = Math.min(row.lastOf(i), lastKey) & MAX_PORT;
            byPort.add(port, last, causes.chain(direction, row.entries().get(i).cause()));
            port = last + 1;
        }
        // The first two bytes of an ICMP header are type and code; nft has no name for both together.
        String field = protocol.isIcmp() ? "@th,0,16" : "th dport";
        List<String> rules = new ArrayList<>();
        rules.add(field + " vmap " + byPort.text());
        rules.add("goto " + unreadable);
        return pool.chain("ports_", rules);
    }
}
