package io.sluice.policy.table;

import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/**
 * What would change if a rule or a policy were not there? The programs of the table run again without its clauses, for
 * every peer that the table tells apart.
 *
 * <p>What was found to change nothing is left out from then on, so that of two rules that say the same only one is found
 * superfluous. Not thread-safe.
 */
public final class Removals {
    private static final RoaringBitmap NOBODY = new RoaringBitmap();

    private final SparedPeers spared;
    private final RuleBook rules;
    private final Map<PolicyId, List<Judged>> byPolicy = new HashMap<>();
    private final Set<RuleRef> removedRules = new HashSet<>();
    private final Set<PolicyId> removedPolicies = new HashSet<>();

    /** A program with the peers to run it for; the policy set is the first that has it. */
    private static final class Judged {
        final int set;
        final Direction direction;
        final Relation relation;
        final Program original;
        final List<Case> cases;

        /** Without what was removed so far. */
        Program program;

        Judged(int set, Direction direction, Relation relation, Program program, List<Case> cases) {
            this.set = set;
            this.direction = direction;
            this.relation = relation;
            this.original = program;
            this.program = program;
            this.cases = cases;
        }
    }

    /** Peers that the program cannot tell apart; the identity is the first of them. */
    record Case(BitSet features, Map<PortMatch.Named, Set<TrafficRange>> meaning, int identity) {}

    /**
     * What removing something does.
     *
     * @param witness a packet whose verdict changes; empty if there is none
     * @param matches whether the rule matches anything at all; for a policy, whether it selects a pod
     * @param decides whether it is ever the cause of a verdict
     * @param instead what decides in its place where it decides
     * @param before what decides before it comes to its turn
     */
    public record Finding(
            Optional<Witness> witness, boolean matches, boolean decides, Set<Cause> instead, Set<Cause> before) {
        public Finding {
            instead = Collections.unmodifiableSet(new LinkedHashSet<>(instead));
            before = Collections.unmodifiableSet(new LinkedHashSet<>(before));
        }

        public boolean isNeeded() {
            return witness.isPresent();
        }
    }

    /** A packet between a pod of a policy set and a peer of an identity, with what decides it with and without. */
    public record Witness(
            int policySet,
            Direction direction,
            Relation relation,
            int identity,
            int trafficKey,
            Cause with,
            Cause without) {}

    private Removals(VerdictTable table) {
        OwnPeers own = new OwnPeers(table.snapshot());
        this.spared = new SparedPeers(table, own);
        this.rules = table.rules();
        RowCases cases = new RowCases(table);
        Map<Rows, RoaringBitmap> candidates = candidates(table, own);
        Map<Rows, Judged> known = new IdentityHashMap<>();
        for (PolicySet set : table.policySets()) {
            for (Direction direction : Direction.values()) {
                for (Relation relation : Relation.values()) {
                    Rows rows = set.side(direction).rows(relation);
                    if (!known.containsKey(rows)) {
                        RoaringBitmap some = candidates.getOrDefault(rows, NOBODY);
                        Judged judged = new Judged(
                                set.id(),
                                direction,
                                relation,
                                rows.program(),
                                cases.of(rows.program(), relation == Relation.OTHER ? _ -> true : some::contains));
                        known.put(rows, judged);
                        policiesIn(rows.program())
                                .forEach(id -> byPolicy.computeIfAbsent(id, _ -> new ArrayList<>())
                                        .add(judged));
                    }
                }
            }
        }
    }

    /** Whom the rows of a relation of its own are asked for: the pods of their sets themselves, and the nodes of those. */
    private static Map<Rows, RoaringBitmap> candidates(VerdictTable table, OwnPeers own) {
        Map<Rows, RoaringBitmap> all = new IdentityHashMap<>();
        for (Pod pod : table.snapshot().pods()) {
            PolicySet set = table.policySets().get(table.policySetOf(pod));
            if (!set.policies().isEmpty()) {
                for (Relation relation : Relation.values()) {
                    for (Party peer : own.of(pod, relation)) {
                        int identity = table.identityOf(peer);
                        for (Direction direction : Direction.values()) {
                            all.computeIfAbsent(set.side(direction).rows(relation), _ -> new RoaringBitmap())
                                    .add(identity);
                        }
                    }
                }
            }
        }
        return all;
    }

    public static Removals of(VerdictTable table) {
        return new Removals(table);
    }

    private Set<PolicyId> policiesIn(Program program) {
        Set<PolicyId> ids = new LinkedHashSet<>();
        program.stages()
                .forEach(stage -> stage.forEach(clause -> {
                    rules.rule(clause.cause())
                            .ifPresent(ref -> ids.add(ref.policy().id()));
                    if (clause.cause() >= 0 && rules.cause(clause.cause()) instanceof Cause.Isolated isolated) {
                        ids.addAll(isolated.policies());
                    }
                }));
        return ids;
    }

    /** Takes a rule away, unless a verdict would change. */
    public Finding remove(RuleRef rule) {
        List<Judged> concerned = concerned(rule);
        removedRules.add(rule);
        Finding finding = finding(concerned, false, isOf(rule));
        if (finding.isNeeded()) {
            removedRules.remove(rule);
        } else {
            concerned.forEach(judged -> judged.program = effective(judged.program));
        }
        return finding;
    }

    /** Takes a policy away, rules and isolation, unless a verdict would change. */
    public Finding remove(Policy policy) {
        List<Judged> concerned = byPolicy.getOrDefault(policy.id(), List.of());
        removedPolicies.add(policy.id());
        Finding finding = sparing(policy, finding(concerned, false, isOf(policy.id())));
        if (finding.isNeeded()) {
            removedPolicies.remove(policy.id());
        } else {
            concerned.forEach(judged -> judged.program = effective(judged.program));
        }
        return finding;
    }

    /** The programs do not know who spares the pod itself and its node: that is looked at by itself. */
    private Finding sparing(Policy policy, Finding finding) {
        if (finding.isNeeded()) {
            return finding;
        }
        return new Finding(
                spared.remove(policy, removedPolicies),
                finding.matches(),
                finding.decides(),
                finding.instead(),
                finding.before());
    }

    /** Whether a rule is about any traffic of any pod with any peer of the table. */
    public boolean isAboutAnything(RuleRef rule) {
        Mine mine = isOf(rule);
        return concerned(rule).stream()
                .anyMatch(judged -> judged.cases.stream()
                        .anyMatch(one -> about(judged.original, one, mine).isPresent()));
    }

    /** The finding about something removed, looked at again now that more was removed after it. */
    public Finding again(RuleRef rule) {
        removedRules.remove(rule);
        Finding finding = finding(concerned(rule), true, isOf(rule));
        removedRules.add(rule);
        return finding;
    }

    /** The same for a policy. */
    public Finding again(Policy policy) {
        removedPolicies.remove(policy.id());
        Finding finding = finding(byPolicy.getOrDefault(policy.id(), List.of()), true, isOf(policy.id()));
        removedPolicies.add(policy.id());
        return finding;
    }

    private List<Judged> concerned(RuleRef rule) {
        return byPolicy.getOrDefault(rule.policy().id(), List.of()).stream()
                .filter(judged -> judged.direction == rule.direction())
                .toList();
    }

    private Mine isOf(RuleRef rule) {
        return number -> rules.rule(number).filter(rule::equals).isPresent();
    }

    private Mine isOf(PolicyId policy) {
        return number -> isOf(number, policy);
    }

    private boolean isOf(int number, PolicyId policy) {
        return rules.rule(number)
                        .filter(ref -> ref.policy().id().equals(policy))
                        .isPresent()
                || number >= 0
                        && rules.cause(number) instanceof Cause.Isolated isolated
                        && isolated.policies().contains(policy);
    }

    private Program effective(Program program) {
        return program.without(this::isRemoved);
    }

    private boolean isRemoved(int number) {
        Optional<RuleRef> rule = rules.rule(number);
        if (rule.isPresent()) {
            return removedRules.contains(rule.get())
                    || removedPolicies.contains(rule.get().policy().id());
        }
        return rules.cause(number) instanceof Cause.Isolated isolated
                && removedPolicies.containsAll(isolated.policies());
    }

    /** Says which clauses are those in question. */
    @FunctionalInterface
    private interface Mine {
        boolean test(int cause);
    }

    /** @param putBack whether the clauses in question are already out of the programs, and were put back just now */
    private Finding finding(List<Judged> concerned, boolean putBack, Mine mine) {
        boolean matches = false;
        Set<Cause> instead = new LinkedHashSet<>();
        Set<Cause> earlier = new LinkedHashSet<>();
        for (Judged judged : concerned) {
            Program with = putBack ? effective(judged.original) : judged.program;
            Program without = putBack ? judged.program : effective(judged.program);
            for (Case one : judged.cases) {
                Optional<Intervals> about = about(with, one, mine);
                if (about.isEmpty()) {
                    continue;
                }
                matches = true;
                int[] now = with.run(one.features, one.meaning);
                int[] then = without.run(one.features, one.meaning);
                Optional<Witness> changed = compare(judged, one, now, then, mine, about.get(), instead, earlier);
                if (changed.isPresent()) {
                    return new Finding(changed, true, true, Set.of(), Set.of());
                }
            }
        }
        return new Finding(Optional.empty(), matches, !instead.isEmpty(), instead, earlier);
    }

    /** The traffic that the clauses in question are about for a peer; empty if they are not about the peer. */
    private static Optional<Intervals> about(Program program, Case one, Mine mine) {
        Intervals all = Intervals.NONE;
        for (List<Clause> stage : program.stages()) {
            for (Clause clause : stage) {
                if (mine.test(clause.cause()) && clause.isAbout(one.features)) {
                    all = all.or(clause.ports(one.meaning));
                }
            }
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    /** Walks two results side by side. */
    private Optional<Witness> compare(
            Judged judged,
            Case one,
            int[] now,
            int[] then,
            Mine mine,
            Intervals about,
            Set<Cause> instead,
            Set<Cause> earlier) {
        int i = 0;
        int j = 0;
        int from = 0;
        while (from < TrafficRange.SPACE) {
            int endOfNow = i + 2 < now.length ? now[i + 2] : TrafficRange.SPACE;
            int endOfThen = j + 2 < then.length ? then[j + 2] : TrafficRange.SPACE;
            int end = Math.min(endOfNow, endOfThen);
            Cause with = rules.cause(now[i + 1]);
            Cause without = rules.cause(then[j + 1]);
            if (with.verdict() != without.verdict()) {
                return Optional.of(
                        new Witness(judged.set, judged.direction, judged.relation, one.identity, from, with, without));
            }
            if (mine.test(now[i + 1])) {
                instead.add(without);
            } else if (!about.and(new Intervals(new int[] {from, end - 1})).isEmpty()) {
                earlier.add(with);
            }
            i += endOfNow == end ? 2 : 0;
            j += endOfThen == end ? 2 : 0;
            from = end;
        }
        return Optional.empty();
    }
}
