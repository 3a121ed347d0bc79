package io.sluice.analysis.intents;

import io.sluice.analysis.diff.ConnectivityDiff;
import io.sluice.analysis.diff.Difference;
import io.sluice.analysis.reach.Ends;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * How many single mistakes in the policies the intents would notice. A mistake that changes nothing between the pods of
 * this cluster, nor with the world outside, cannot be noticed and does not count.
 *
 * @param noticed mistakes with which some intent does not hold any more
 * @param harmless mistakes that change no connection
 * @param survivors mistakes that change connections while every intent holds
 */
public record Mutation(int noticed, int harmless, List<Survivor> survivors) {
    /**
     * @param description what the mistake is
     * @param difference one connection that it opens or closes
     */
    public record Survivor(String description, SourcePosition position, Difference difference) {}

    public Mutation {
        survivors = List.copyOf(survivors);
    }

    /** Of the mistakes that matter, the part noticed, in percent; 100 if there is none. */
    public int score() {
        int counted = noticed + survivors.size();
        return counted == 0 ? 100 : (int) (100L * noticed / counted);
    }

    /**
     * @param snapshot in which every intent holds, with the assumed pods
     * @param progress told of the number of mistakes tried so far
     */
    public static Mutation of(IntentFile file, Snapshot snapshot, IntConsumer progress) {
        VerdictTable before = VerdictTable.of(snapshot);
        int noticed = 0;
        int harmless = 0;
        int tried = 0;
        List<Survivor> survivors = new ArrayList<>();
        List<Policy> policies = snapshot.policies();
        for (int i = 0; i < policies.size(); i++) {
            for (Mutant mutant : Mutant.of(policies.get(i))) {
                List<Policy> changed = new ArrayList<>(policies);
                changed.set(i, mutant.policy());
                Snapshot wrong = snapshot.withPolicies(changed);
                if (new IntentRunner(file, wrong).fails()) {
                    noticed++;
                } else {
                    List<Difference> differences = ConnectivityDiff.of(before, VerdictTable.of(wrong), Ends.Level.PODS);
                    if (differences.isEmpty()) {
                        harmless++;
                    } else {
                        survivors.add(new Survivor(mutant.description(), mutant.position(), differences.getFirst()));
                    }
                }
                progress.accept(++tried);
            }
        }
        return new Mutation(noticed, harmless, survivors);
    }
}
