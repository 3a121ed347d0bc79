package io.sluice.dataplane.nftables;

import io.sluice.dataplane.NodeTable.AddressEntry;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.dataplane.nftables.AddressSpace.Interval;
import io.sluice.policy.model.Direction;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For the rows of a policy set in one direction and family, the chain that looks the peer's address up: first among the
 * known addresses, then among the intervals of networks; an address in neither has the row for everything else. Only
 * addresses whose row differs from that are held.
 */
final class PeerChains {
    private final Ruleset.Pool pool;
    private final RowChains rowChains;
    private final Map<Key, String> names = new HashMap<>();

    private record Key(Direction direction, Family family, Rows rows) {}

    PeerChains(Ruleset.Pool pool, RowChains rowChains) {
        this.pool = pool;
        this.rowChains = rowChains;
    }

    String chain(Direction direction, AddressSpace space, Rows rows) {
        return names.computeIfAbsent(new Key(direction, space.family(), rows), _ -> make(direction, space, rows));
    }

    private String make(Direction direction, AddressSpace space, Rows rows) {
        String otherwise = rowChains.chain(direction, rows.otherwise());
        Map<Integer, String> targets = new HashMap<>();
        rows.byPeer().forEach((identity, row) -> targets.put(identity, rowChains.chain(direction, row)));
        Sweep sweep = new Sweep(otherwise);
        sweep.run(space, targets);
        if (sweep.known.isEmpty() && sweep.networks.isEmpty()) {
            return otherwise;
        }
        String field = space.family().header + (direction == Direction.EGRESS ? " daddr" : " saddr");
        List<String> rules = new ArrayList<>();
        if (!sweep.known.isEmpty()) {
            rules.add(field + " vmap { " + String.join(", ", sweep.known) + " }");
        }
        if (!sweep.networks.isEmpty()) {
            rules.add(field + " vmap { " + String.join(", ", sweep.networks) + " }");
        }
        rules.add("goto " + otherwise);
        return pool.chain("peers_" + (direction == Direction.EGRESS ? "e" : "i"), rules);
    }

    /**
     * One pass over intervals and known addresses together, both ascending. A known address breaks an interval only
     * where their rows differ; neighbouring intervals of one row grow together.
     */
    private static final class Sweep {
        private final String otherwise;
        private final List<String> known = new ArrayList<>();
        private final List<String> networks = new ArrayList<>();
        private Ip start = new Ip(0, 0);
        private String running;
        /** Whether a known address was the last one of the family. */
        private boolean exhausted;

        Sweep(String otherwise) {
            this.otherwise = otherwise;
            this.running = otherwise;
        }

        void run(AddressSpace space, Map<Integer, String> targets) {
            int next = 0;
            start = space.family().first;
            for (Interval interval : space.intervals()) {
                String target = targets.getOrDefault(interval.identity(), otherwise);
                if (!target.equals(running)) {
                    if (interval.first().compareTo(start) > 0) {
                        emit(Family.before(interval.first()));
                    }
                    start = interval.first();
                    running = target;
                }
                while (next < space.known().size()
                        && space.known().get(next).ip().compareTo(interval.last()) <= 0) {
                    AddressEntry entry = space.known().get(next);
                    take(entry.ip(), targets.getOrDefault(entry.identity(), otherwise));
                    exhausted = entry.ip().equals(space.family().last) && start.equals(Family.after(entry.ip()));
                    next++;
                }
            }
            if (!exhausted) {
                emit(space.family().last);
            }
        }

        private void take(Ip ip, String target) {
            if (target.equals(running)) {
                return;
            }
            if (ip.compareTo(start) > 0) {
                emit(Family.before(ip));
            }
            start = Family.after(ip);
            if (!target.equals(otherwise)) {
                known.add(ip + " : goto " + target);
            }
        }

        /** Ends the running interval; nothing is held where it has the row for everything else. */
        private void emit(Ip last) {
            if (!running.equals(otherwise)) {
                networks.add((start.equals(last) ? start.toString() : start + "-" + last) + " : goto " + running);
            }
        }
    }
}
