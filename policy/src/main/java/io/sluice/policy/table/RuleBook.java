package io.sluice.policy.table;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Tier;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the policies are made of, with equal peers, subjects, port names and causes counted once. A peer's number is its
 * <em>feature</em>: what an address has if it matches the peer. One thread compiles; any thread reads causes.
 */
final class RuleBook {
    /** The number of {@link Cause.NoPolicy}. */
    static final int NO_POLICY = 0;

    static final int SELF = 1;
    static final int OWN_NODE = 2;

    /** The condition of a rule that is about all pods that its policy selects. */
    static final int UNCONDITIONAL = -1;

    /** The feature of what neither a pod nor a node holds; it is there whether or not a rule asks for it. */
    static final int WORLD = 0;

    /** The distinct peers that have a meaning of their own: what the others are made of. */
    final Counted<Peer> peers = new Counted<>();

    /** Pods that policies select, and those that conditional rules are about. */
    final Counted<Subject> subjects = new Counted<>();

    /** The port names that egress rules use. */
    final Counted<PortMatch.Named> egressNames = new Counted<>();

    private final Registry<Cause> causes = new Registry<>();
    private final Registry<RuleRef> passes = new Registry<>();
    private final Map<Cause, Integer> isolations = new HashMap<>();
    private int policies;
    private int deadCauses;

    RuleBook() {
        add(new Cause.NoPolicy());
        add(new Cause.Self());
        add(new Cause.OwnNode());
        peers.acquire(new Peer.World());
    }

    Cause cause(int number) {
        return causes.get(number);
    }

    /** The rule behind a cause's number, if one is; also of rules that pass. */
    Optional<RuleRef> rule(int number) {
        if (number < 0) {
            return Optional.of(passes.get(-number - 1));
        }
        return causes.get(number) instanceof Cause.ByRule(RuleRef rule, var _) ? Optional.of(rule) : Optional.empty();
    }

    /** Whether more causes are out of use than in use. */
    boolean isStale() {
        return deadCauses > 10_000 && 2 * deadCauses > causes.count() + passes.count();
    }

    int isolation(Tier tier, List<PolicyId> isolating) {
        return isolations.computeIfAbsent(new Cause.Isolated(tier.name(), isolating), this::add);
    }

    private int add(Cause cause) {
        return causes.add(cause);
    }

    /** Reads a policy; what it is made of is in use from then on. */
    PolicyEntry add(Policy policy, int place) {
        int before = causes.count() + passes.count();
        Reading reading = new Reading(policy);
        Optional<PolicyEntry.Compiled> ingress =
                policy.section(Direction.INGRESS).map(reading::compile);
        Optional<PolicyEntry.Compiled> egress = policy.section(Direction.EGRESS).map(reading::compile);
        egress.ifPresent(said -> said.names().forEach(egressNames::acquire));
        return new PolicyEntry(
                policies++,
                place,
                policy,
                policy.sections().isEmpty() ? PolicyEntry.NO_SUBJECT : subjects.acquire(policy.subject()),
                ingress,
                egress,
                reading.conditions,
                reading.features.sorted(),
                causes.count() + passes.count() - before);
    }

    /** What the policy is made of is used once less. */
    void release(PolicyEntry entry) {
        for (int feature : entry.features()) {
            peers.release(feature);
        }
        if (entry.subject() != PolicyEntry.NO_SUBJECT) {
            subjects.release(entry.subject());
        }
        entry.conditions().stream().forEach(subjects::release);
        entry.names(Direction.EGRESS).forEach(name -> egressNames.release(egressNames.numberOf(name)));
        deadCauses += entry.causes();
    }

    /** A policy being read. */
    private final class Reading {
        private final Policy policy;
        private final BitSet conditions = new BitSet();
        private final IntBag features = new IntBag();

        Reading(Policy policy) {
            this.policy = policy;
        }

        PolicyEntry.Compiled compile(Section section) {
            List<Clause> inOrder = new ArrayList<>();
            List<Clause> denials = new ArrayList<>();
            List<Clause> permissions = new ArrayList<>();
            Set<PortMatch.Named> names = new LinkedHashSet<>();
            for (int i = 0; i < section.rules().size(); i++) {
                Rule rule = section.rules().get(i);
                if (rule.peers().isEmpty() || rule.ports().isEmpty() || !rule.decides()) {
                    continue;
                }
                RuleRef ref = new RuleRef(policy, section.direction(), i);
                Clause clause = clause(rule, cause(ref, rule.action()));
                names.addAll(clause.names());
                inOrder.add(clause);
                switch (rule.action()) {
                    case ALLOW -> permissions.add(clause);
                    case DENY -> denials.add(clause);
                    case PASS, LOG -> {}
                }
            }
            return new PolicyEntry.Compiled(
                    section,
                    inOrder,
                    denials,
                    permissions,
                    inOrder.stream().anyMatch(clause -> clause.peers().asksForOwnNode()),
                    names);
        }

        private int cause(RuleRef ref, Action action) {
            return switch (action) {
                case ALLOW -> add(new Cause.ByRule(ref, Verdict.ALLOW));
                case DENY -> add(new Cause.ByRule(ref, Verdict.DENY));
                case PASS -> -passes.add(ref) - 1;
                case LOG -> throw new IllegalStateException("a rule that logs is no clause");
            };
        }

        private Clause clause(Rule rule, int cause) {
            List<TrafficRange> ranges = new ArrayList<>();
            List<PortMatch.Named> named = new ArrayList<>();
            for (PortMatch port : rule.ports()) {
                switch (port) {
                    case PortMatch.Range(TrafficRange range) -> ranges.add(range);
                    case PortMatch.Named name -> named.add(name);
                }
            }
            return new Clause(
                    cause,
                    rule.only().map(this::condition).orElse(UNCONDITIONAL),
                    any(rule.peers()),
                    Intervals.of(ranges),
                    named);
        }

        private int condition(Subject only) {
            int number = subjects.acquire(only);
            if (conditions.get(number)) {
                subjects.release(number);
            }
            conditions.set(number);
            return number;
        }

        private PeerTest any(List<Peer> alternatives) {
            return PeerTest.any(alternatives.stream().map(this::test).toList());
        }

        private PeerTest test(Peer peer) {
            return switch (peer) {
                case Peer.Everything() -> PeerTest.ALWAYS;
                case Peer.OwnNode() -> new PeerTest.OwnNode();
                case Peer.All(List<Peer> parts) ->
                    new PeerTest.All(parts.stream().map(this::test).toList());
                case Peer.Any(List<Peer> parts) -> any(parts);
                case Peer.Not(Peer part) -> new PeerTest.Not(test(part));
                case Peer.Pods _, Peer.Network _, Peer.Nodes _, Peer.World _, Peer.Domain _ ->
                    new PeerTest.OneOf(new int[] {feature(peer)});
            };
        }

        private int feature(Peer peer) {
            int feature = peers.acquire(peer);
            features.add(feature);
            return feature;
        }
    }
}
