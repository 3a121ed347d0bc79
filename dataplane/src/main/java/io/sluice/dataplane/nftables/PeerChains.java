package io.sluice.dataplane.nftables;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.AddressEntry;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.dataplane.nftables.AddressSpace.Interval;
import io.sluice.policy.model.Direction;
import io.sluice.policy.net.Ip;
import io.sluice.policy.table.PortTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * From two addresses to a row, in one direction and family: peer address ► chain of its identity ► subject address ►
 * row. Rules have no place to keep an identity or a policy set in, so each identity is a chain and each policy set is
 * spelled out as the pods of this node that have it. That is the smaller way round: a node holds few pods, and the
 * addresses of the cluster are written once and not once for each policy set.
 *
 * <p>The peer is looked up among the known addresses, then among the intervals of networks. What has no row of its own
 * ends in the chain that maps subjects to their row for everything else.
 */
final class PeerChains {
    private final Ruleset.Pool pool;
    private final RowChains rowChains;

    /** A subject and its rows in the direction asked for. */
    record Subject(Ip ip, Rows rows) {}

    PeerChains(Ruleset.Pool pool, RowChains rowChains) {
        this.pool = pool;
        this.rowChains = rowChains;
    }

    /** The chain that judges packets whose subject is one of these. */
    String chain(Direction direction, AddressSpace space, List<Subject> subjects) {
        String header = space.family().header;
        String subject = header + (direction == Direction.EGRESS ? " saddr" : " daddr");
        String peer = header + (direction == Direction.EGRESS ? " daddr" : " saddr");
        // Holds every subject; should the look-up fail all the same, the packet is refused and not let through.
        String otherwise = pool.chain(
                "otherwise_",
                List.of(
                        subject + " vmap { " + otherwise(direction, subjects) + " }",
                        "goto " + rowChains.unreadable()));
        Map<Integer, String> targets = new HashMap<>();
        ownRows(direction, subjects)
                .forEach((identity, elements) -> targets.put(
                        identity,
                        pool.chain(
                                "identity_",
                                List.of(
                                        subject + " vmap { " + String.join(", ", elements) + " }",
                                        "goto " + otherwise))));
        Sweep sweep = new Sweep(otherwise);
        sweep.run(space, targets);
        List<String> rules = new ArrayList<>();
        // A pod that reaches itself through a Service is no peer like others.
        rules.add(subject + " . " + peer + " vmap { " + self(direction, subjects) + " }");
        if (!sweep.known.isEmpty()) {
            rules.add(peer + " vmap { " + String.join(", ", sweep.known) + " }");
        }
        if (!sweep.networks.isEmpty()) {
            rules.add(peer + " vmap { " + String.join(", ", sweep.networks) + " }");
        }
        rules.add("goto " + otherwise);
        return pool.chain("judge_", rules);
    }

    private String otherwise(Direction direction, List<Subject> subjects) {
        return elements(
                subjects,
                s -> s.ip() + " : goto " + rowChains.chain(direction, s.rows().otherwise()));
    }

    private String self(Direction direction, List<Subject> subjects) {
        return elements(
                subjects,
                s -> s.ip() + " . " + s.ip() + " : goto "
                        + rowChains.chain(direction, s.rows().of(NodeTable.SELF)));
    }

    private static String elements(List<Subject> subjects, Function<Subject, String> text) {
        return subjects.stream().map(text).collect(Collectors.joining(", "));
    }

    /** Identity ► the subjects that have a row for it, each with that row. */
    private SortedMap<Integer, List<String>> ownRows(Direction direction, List<Subject> subjects) {
        SortedMap<Integer, List<String>> out = new TreeMap<>();
        for (Subject subject : subjects) {
            String otherwise = rowChains.chain(direction, subject.rows().otherwise());
            // In order, so that equal tables give equal text.
            for (Map.Entry<Integer, PortTable> row :
                    new TreeMap<>(subject.rows().byPeer()).entrySet()) {
                String target = rowChains.chain(direction, row.getValue());
                if (row.getKey() != NodeTable.SELF && !target.equals(otherwise)) {
                    out.computeIfAbsent(row.getKey(), _ -> new ArrayList<>()).add(subject.ip() + " : goto " + target);
                }
            }
        }
        return out;
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
