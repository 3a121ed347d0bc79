package io.sluice.dataplane.nftables;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.AddressEntry;
import io.sluice.dataplane.NodeTable.NetworkEntry;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * All addresses of one family, twice: the known ones, ascending, and the whole family cut into disjoint intervals by
 * longest prefix. A known address counts as what it is known for, whatever interval it lies in.
 */
record AddressSpace(Family family, List<AddressEntry> known, List<Interval> intervals) {
    /** Addresses from first to last, both inside, of one identity. */
    record Interval(Ip first, Ip last, int identity) {}

    AddressSpace {
        known = List.copyOf(known);
        intervals = List.copyOf(intervals);
    }

    static AddressSpace of(NodeTable table, Family family) {
        List<AddressEntry> known = table.addresses().stream()
                .filter(a -> family.has(a.ip()))
                .sorted(Comparator.comparing(AddressEntry::ip))
                .toList();
        List<NetworkEntry> networks = table.networks().stream()
                .filter(n -> family.has(n.prefix().base()))
                .sorted(Comparator.comparing(NetworkEntry::prefix))
                .toList();
        return new AddressSpace(family, known, new Cutter(family).cut(networks));
    }

    /**
     * One pass over prefixes in the order of their first address, larger ones first: prefixes nest or are disjoint, so
     * a stack holds those that are open.
     */
    private static final class Cutter {
        private final Family family;
        private final List<Interval> out = new ArrayList<>();
        private final Deque<NetworkEntry> open = new ArrayDeque<>();
        private Ip next;
        private boolean finished;

        Cutter(Family family) {
            this.family = family;
            this.next = family.first;
        }

        List<Interval> cut(List<NetworkEntry> networks) {
            for (NetworkEntry network : networks) {
                Cidr prefix = network.prefix();
                while (!open.isEmpty() && !open.getLast().prefix().contains(prefix)) {
                    closeLast();
                }
                if (prefix.base().compareTo(next) > 0) {
                    emitUpTo(Family.before(prefix.base()));
                }
                open.addLast(network);
            }
            while (!open.isEmpty()) {
                closeLast();
            }
            emitUpTo(family.last);
            return out;
        }

        private void closeLast() {
            emitUpTo(open.getLast().prefix().last());
            open.removeLast();
        }

        private void emitUpTo(Ip last) {
            if (finished || last.compareTo(next) < 0) {
                return;
            }
            int identity = open.isEmpty() ? NodeTable.WORLD : open.getLast().identity();
            Interval before = out.isEmpty() ? null : out.getLast();
            if (before != null && before.identity() == identity) {
                out.set(out.size() - 1, new Interval(before.first(), last, identity));
            } else {
                out.add(new Interval(next, last, identity));
            }
            finished = last.equals(family.last);
            next = Family.after(last);
        }
    }
}
