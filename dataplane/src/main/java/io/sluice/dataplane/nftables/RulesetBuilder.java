package io.sluice.dataplane.nftables;

import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.NodeTable.AddressEntry;
import io.sluice.dataplane.NodeTable.PolicySet;
import io.sluice.dataplane.NodeTable.Rows;
import io.sluice.dataplane.nftables.PeerChains.Subject;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Direction;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Translates a node table into rules. Pure: the same table, options and epoch give the same text. */
final class RulesetBuilder {
    /** Router and neighbour discovery, and multicast listener reports: without them IPv6 itself stops. */
    private static final String NEIGHBOUR_DISCOVERY = "icmpv6 type { 130-137, 143 } accept";

    private final NodeTable table;
    private final NftOptions options;
    private final Ruleset.Pool pool;
    private final CauseChains causes;
    private final RowChains rows;
    private final PeerChains peers;
    private final Map<Integer, PolicySet> policySets = new HashMap<>();
    private final List<AddressSpace> spaces;

    private RulesetBuilder(NodeTable table, NftOptions options, String epoch) {
        this.table = table;
        this.options = options;
        this.pool = new Ruleset.Pool(epoch);
        this.causes = new CauseChains(pool, options, table.mode().enforce());
        this.rows = new RowChains(pool, causes);
        this.peers = new PeerChains(pool, rows);
        this.spaces = List.of(AddressSpace.of(table, Family.V4), AddressSpace.of(table, Family.V6));
        table.policySets().forEach(set -> policySets.put(set.id(), set));
    }

    /** A ruleset and what the ids in it mean. */
    record Built(Ruleset ruleset, Map<String, Cause> causes) {}

    /** @throws IllegalArgumentException if the table contradicts itself */
    static Built build(NodeTable table, NftOptions options, String epoch) {
        RulesetBuilder builder = new RulesetBuilder(table, options, epoch);
        Ruleset ruleset = builder.build();
        return new Built(ruleset, builder.causes.causes());
    }

    private Ruleset build() {
        Judged judged = new Judged();
        String tracked = conntrack();
        String readable = "jump " + readable(judged.toEitherSubject(causes.refuse(Refusal.UNREADABLE_HEADER)));
        String egress = pool.chain("egress_", judgements(Direction.EGRESS, judged));
        String ingress = pool.chain("ingress_", judgements(Direction.INGRESS, judged));
        String log = pool.chain("first_", List.of(options.connectionLog(LogPrefix.FORWARDED)));

        List<String> forward = new ArrayList<>();
        forward.add(tracked);
        forward.addAll(judged.unknownPods("saddr"));
        forward.addAll(judged.unknownPods("daddr"));
        forward.add(readable);
        forward.add("jump " + egress);
        forward.add("jump " + ingress);
        forward.addAll(firstPackets(log));

        List<String> input = new ArrayList<>();
        input.add("meta iiftype loopback accept");
        input.add(NEIGHBOUR_DISCOVERY);
        input.add(tracked);
        input.addAll(judged.unknownPods("saddr"));
        input.add(readable);
        input.add("jump " + pool.chain("own_node_", ownNode(judged, egress)));
        input.addAll(firstPackets(judged.fromSubject(log)));
        return pool.finish(pool.chain("forward_", forward), pool.chain("input_", input));
    }

    /**
     * Replies and errors that belong to a connection pass, but not a SYN in the reply direction: that would be a new
     * connection hidden behind the entry of an old one. The original direction is judged again, if so configured. What
     * conntrack cannot place is judged like a new connection.
     */
    private String conntrack() {
        String syn = "tcp flags & (syn | ack) == syn return";
        String original = "ct direction original ";
        String related = pool.chain("related_", List.of(original + "accept", syn, "accept"));
        String rejudged = table.mode().rejudgeEstablished() ? "return" : "accept";
        String established = pool.chain("established_", List.of(original + rejudged, syn, "accept"));
        return "ct state vmap { related : jump " + related + ", established : jump " + established + " }";
    }

    /**
     * Refuses a packet too short for its ports or type. The first rule ends the matter for nearly every packet; a
     * header that cannot be loaded makes its rule fail.
     */
    private String readable(String refuse) {
        return pool.chain(
                "readable_",
                List.of(
                        "meta l4proto != 6 @th,16,16 0-65535 return",
                        "@th,104,8 0-255 return",
                        "meta l4proto != { 1, 6, 17, 58, 132 } return",
                        "meta l4proto { 1, 58 } @th,0,16 0-65535 return",
                        "goto " + refuse));
    }

    /** A connection is new until its first packet has left this node; a packet that conntrack cannot place is always first. */
    private static List<String> firstPackets(String log) {
        return List.of("ct state new ct status & confirmed == 0 goto " + log, "ct state invalid goto " + log);
    }

    /** Only packets that have a subject in this direction are judged in it. */
    private List<String> judgements(Direction direction, Judged judged) {
        List<String> rules = new ArrayList<>();
        for (AddressSpace space : spaces) {
            List<Subject> subjects = subjects(space).stream()
                    .map(entry -> new Subject(entry.ip(), rowsOf(entry, direction)))
                    .toList();
            if (!subjects.isEmpty()) {
                rules.add(space.family().header + (direction == Direction.EGRESS ? " saddr" : " daddr") + " @"
                        + judged.subjectSet(space) + " goto " + peers.chain(direction, space, subjects));
            }
        }
        return rules;
    }

    /** What arrives at the node itself: an address that the table knows is what it is known for, any other is the node. */
    private List<String> ownNode(Judged judged, String egress) {
        List<String> rules = new ArrayList<>();
        for (AddressSpace space : spaces) {
            List<String> elements = new ArrayList<>();
            for (AddressEntry entry : subjects(space)) {
                var row = rowsOf(entry, Direction.EGRESS).of(table.ownNode());
                elements.add(entry.ip() + " : goto " + rows.chain(Direction.EGRESS, row));
            }
            if (!elements.isEmpty()) {
                String header = space.family().header;
                rules.add(header + " daddr @" + judged.known(space) + " goto " + egress);
                rules.add(header + " saddr vmap { " + String.join(", ", elements) + " }");
            }
        }
        return rules;
    }

    private Rows rowsOf(AddressEntry entry, Direction direction) {
        PolicySet set = policySets.get(entry.policySet());
        if (set == null) {
            throw new IllegalArgumentException(
                    entry.ip() + " has policy set " + entry.policySet() + ", which the table does not hold");
        }
        return set.rows(direction);
    }

    private static List<AddressEntry> subjects(AddressSpace space) {
        return space.known().stream()
                .filter(e -> e.policySet() != NodeTable.NO_POLICY_SET)
                .toList();
    }

    /** Sets of addresses, and the chains for packets about which no policy is asked. */
    private final class Judged {
        String known(AddressSpace space) {
            return addresses("known_", space, space.known(), a -> a.ip().toString(), false);
        }

        String subjectSet(AddressSpace space) {
            return addresses("subjects_", space, subjects(space), a -> a.ip().toString(), false);
        }

        List<String> unknownPods(String side) {
            if (!table.mode().dropUnknownPods()) {
                return List.of();
            }
            String refuse = causes.refuse(Refusal.UNKNOWN_POD);
            List<String> rules = new ArrayList<>();
            for (AddressSpace space : spaces) {
                List<Cidr> ranges = outermost(space.family());
                if (!ranges.isEmpty()) {
                    String field = space.family().header + " " + side;
                    String pods = addresses("pods_", space, ranges, Cidr::toString, true);
                    rules.add(field + " @" + pods + " " + field + " != @" + known(space) + " goto " + refuse);
                }
            }
            return rules;
        }

        /** Interval sets refuse prefixes that overlap. */
        private List<Cidr> outermost(Family family) {
            List<Cidr> out = new ArrayList<>();
            for (Cidr range : table.podRanges().stream().sorted().toList()) {
                if (family.has(range.base()) && (out.isEmpty() || !out.getLast().contains(range))) {
                    out.add(range);
                }
            }
            return out;
        }

        String toEitherSubject(String target) {
            return toSubject("either_", target, List.of("saddr", "daddr"));
        }

        String fromSubject(String target) {
            return toSubject("from_", target, List.of("saddr"));
        }

        private String toSubject(String kind, String target, List<String> sides) {
            List<String> rules = new ArrayList<>();
            for (AddressSpace space : spaces) {
                for (String side : subjects(space).isEmpty() ? List.<String>of() : sides) {
                    rules.add(space.family().header + " " + side + " @" + subjectSet(space) + " goto " + target);
                }
            }
            return pool.chain(kind, rules);
        }

        private <T> String addresses(
                String kind, AddressSpace space, Collection<T> members, Function<T, String> text, boolean interval) {
            String elements = members.stream().map(text).collect(Collectors.joining(", "));
            return pool.set(
                    kind + space.family().header + "_",
                    "type " + space.family().type + "; " + (interval ? "flags interval; " : "")
                            + (elements.isEmpty() ? "" : "elements = { " + elements + " }; "));
        }
    }
}
