package io.sluice.policy.table;

import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.TrafficRange;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * What some policies make of a connection in one direction: stages, a tier each, of clauses in order. The first clause
 * that matches decides; one that passes sends its traffic to the next stage.
 *
 * <p>DENY_OVERRIDES has this form too: denials, then permissions, then the isolation as a clause about everything.
 */
record Program(List<List<Clause>> stages) {
    /** The features that it asks for. */
    BitSet features() {
        BitSet used = new BitSet();
        stages.forEach(stage -> stage.forEach(clause -> clause.peers().addFeatures(used)));
        return used;
    }

    /** Whether its answer depends on what port names mean at the peer. */
    boolean asksForNames() {
        return stages.stream()
                .anyMatch(stage ->
                        stage.stream().anyMatch(clause -> !clause.names().isEmpty()));
    }

    /** The same without some of its clauses. */
    Program without(IntPredicate causes) {
        return new Program(stages.stream()
                .map(stage -> stage.stream()
                        .filter(clause -> !causes.test(clause.cause()))
                        .toList())
                .toList());
    }

    /**
     * Runs it over the whole traffic space at once.
     *
     * @param features of the peer
     * @param meaning of port names at the peer
     * @return first key, cause, first key, cause, ... ascending from key 0; neighbours differ in cause
     */
    int[] run(BitSet features, Map<PortMatch.Named, Set<TrafficRange>> meaning) {
        Painting painting = new Painting();
        Intervals undecided = Intervals.ALL;
        for (List<Clause> stage : stages) {
            Intervals passed = Intervals.NONE;
            for (Clause clause : stage) {
                if (undecided.isEmpty()) {
                    break;
                }
                if (!clause.isAbout(features)) {
                    continue;
                }
                Intervals taken = undecided.and(clause.ports(meaning));
                if (taken.isEmpty()) {
                    continue;
                }
                if (clause.passes()) {
                    passed = passed.or(taken);
                } else {
                    painting.add(taken, clause.cause());
                }
                undecided = undecided.minus(taken);
            }
            undecided = undecided.or(passed);
        }
        painting.add(undecided, RuleBook.NO_POLICY);
        return painting.done();
    }

    /** Disjoint pieces that in the end cover the space. */
    private static final class Painting {
        private long[] pieces = new long[8];
        private int count;

        void add(Intervals where, int cause) {
            for (int i = 0; i < where.bounds().length; i += 2) {
                if (count == pieces.length) {
                    pieces = Arrays.copyOf(pieces, count * 2);
                }
                pieces[count++] = (long) where.bounds()[i] << 32 | cause;
            }
        }

        int[] done() {
            Arrays.sort(pieces, 0, count);
            int[] out = new int[count * 2];
            int n = 0;
            for (int i = 0; i < count; i++) {
                int cause = (int) pieces[i];
                if (n == 0 || out[n - 1] != cause) {
                    out[n++] = (int) (pieces[i] >>> 32);
                    out[n++] = cause;
                }
            }
            return Arrays.copyOf(out, n);
        }
    }
}
