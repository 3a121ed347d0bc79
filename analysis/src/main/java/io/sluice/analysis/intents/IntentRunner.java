package io.sluice.analysis.intents;

import io.sluice.analysis.traffic.Traffic;
import io.sluice.manifests.Diagnostic;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds the intents of a file against the verdicts of one cluster. */
public final class IntentRunner {
    private final IntentFile file;
    private final Sites sites;
    private final Pairs pairs;

    /** @param snapshot with the pods that the file assumes ({@link IntentFile#complete}) */
    public IntentRunner(IntentFile file, Snapshot snapshot) {
        this.file = file;
        VerdictTable table = VerdictTable.of(snapshot);
        this.sites = new Sites(table, file);
        this.pairs = new Pairs(table);
    }

    /**
     * Words of the file that stand for nobody, and intents that speak of no two parties that could meet: such a test
     * would hold whatever the policies say, so there is to be no run while there is one.
     */
    public List<Diagnostic> problems() {
        List<Diagnostic> nobody = sites.problems(file.everybody());
        if (!nobody.isEmpty()) {
            return nobody;
        }
        List<Diagnostic> idle = new ArrayList<>();
        for (Intent intent : file.intents()) {
            int[] count = {0};
            visit(intent, (from, to, asked) -> count[0]++);
            if (count[0] == 0) {
                idle.add(new Diagnostic(
                        "intent",
                        Diagnostic.Severity.ERROR,
                        intent.position(),
                        "'" + intent.name() + "' speaks of no two parties that could meet",
                        "one pod and itself do not, nor do addresses of different families"));
            }
        }
        return idle;
    }

    public IntentReport run() {
        return new IntentReport(file, file.intents().stream().map(this::judge).toList());
    }

    /** Whether some intent does not hold; stops at the first. */
    boolean fails() {
        for (Intent intent : file.intents()) {
            if (!judge(intent).holds()) {
                return true;
            }
        }
        return false;
    }

    /** One pair that an intent speaks of, with the traffic that it speaks of. */
    interface Visitor {
        void pair(Site from, Site to, Traffic asked);
    }

    Pairs pairs() {
        return pairs;
    }

    private IntentReport.Outcome judge(Intent intent) {
        Judging judging = new Judging();
        switch (intent.claim()) {
            case Intent.Claim.Between(var from, var to, Traffic traffic, Verdict expected) ->
                between(from, to, (source, destination) -> judging.pair(source, destination, traffic, expected));
            case Intent.Claim.Limit limit ->
                limit(limit, (source, destination, permitted) -> {
                    judging.pair(source, destination, Traffic.ALL.minus(permitted), Verdict.DENY);
                    if (limit.needed()) {
                        judging.pair(source, destination, permitted, Verdict.ALLOW);
                    }
                });
        }
        return new IntentReport.Outcome(intent, judging.count, List.copyOf(judging.failures.values()));
    }

    /** Every pair that any intent speaks of. */
    void visit(Visitor visitor) {
        file.intents().forEach(intent -> visit(intent, visitor));
    }

    private void visit(Intent intent, Visitor visitor) {
        switch (intent.claim()) {
            case Intent.Claim.Between(var from, var to, Traffic traffic, var _) ->
                between(from, to, (source, destination) -> visitor.pair(source, destination, traffic));
            case Intent.Claim.Limit limit ->
                limit(limit, (source, destination, _) -> visitor.pair(source, destination, Traffic.ALL));
        }
    }

    /**
     * Single connections by which the intents can be tried on a live cluster: for each pair the ports that its intent
     * names and those that the destination declares, as far as the intent says something about them; one port at least,
     * where the intent is about TCP. Parties that no policy can tell apart are tried by one of them.
     */
    public List<Expected> connections() {
        List<Expected> out = new ArrayList<>();
        for (Intent intent : file.intents()) {
            switch (intent.claim()) {
                case Intent.Claim.Between(var from, var to, Traffic traffic, Verdict expected) ->
                    between(
                            from,
                            to,
                            (source, destination) ->
                                    Expected.add(intent, source, destination, traffic, Traffic.NONE, expected, out));
                case Intent.Claim.Limit limit -> {
                    Traffic named = limit.entries().stream()
                            .map(Intent.Permitted::traffic)
                            .reduce(Traffic.NONE, Traffic::or);
                    limit(limit, (source, destination, permitted) -> {
                        Traffic beyond = Traffic.ALL.minus(permitted);
                        Expected.add(intent, source, destination, beyond, named, Verdict.DENY, out);
                        if (limit.needed()) {
                            Expected.add(intent, source, destination, permitted, Traffic.NONE, Verdict.ALLOW, out);
                        }
                    });
                }
            }
        }
        return out;
    }

    private interface PairSink {
        void accept(Site from, Site to);
    }

    private void between(List<Who> from, List<Who> to, PairSink sink) {
        List<Site> destinations = sites.of(to);
        for (Site source : sites.of(from)) {
            for (Site destination : destinations) {
                if (Pairs.meet(source, destination)) {
                    sink.accept(source, destination);
                }
            }
        }
    }

    private void limit(Intent.Claim.Limit limit, Visitor visitor) {
        record Entry(Set<Party> peers, Traffic traffic) {}
        List<Entry> entries = new ArrayList<>();
        limit.entries().forEach(e -> entries.add(new Entry(new HashSet<>(sites.partiesOf(e.peers())), e.traffic())));
        List<Site> everybody = sites.everybody(
                party -> entries.stream().map(e -> e.peers.contains(party)).toList());
        for (Site subject : sites.of(limit.subject())) {
            for (Site peer : everybody) {
                if (!Pairs.meet(subject, peer) || Pairs.isOwnNode(subject, peer)) {
                    continue;
                }
                Traffic permitted = Traffic.NONE;
                for (Entry entry : entries) {
                    if (entry.peers.contains(peer.party())) {
                        permitted = permitted.or(entry.traffic);
                    }
                }
                if (limit.direction() == Direction.INGRESS) {
                    visitor.pair(peer, subject, permitted);
                } else {
                    visitor.pair(subject, peer, permitted);
                }
            }
        }
    }

    /** Collects what is not as it was meant; what has the same ends and reasons as one. */
    private final class Judging {
        private final Map<Key, Failure> failures = new LinkedHashMap<>();
        private int count;

        private record Key(String from, String to, Traffic traffic, Verdict expected, Cause egress, Cause ingress) {}

        void pair(Site from, Site to, Traffic asked, Verdict expected) {
            int stands = from.count() * to.count();
            count += stands;
            if (asked.isEmpty()) {
                return;
            }
            Traffic allowed = pairs.allowed(from, to);
            Traffic wrong = expected == Verdict.ALLOW ? asked.minus(allowed) : asked.and(allowed);
            if (wrong.isEmpty()) {
                return;
            }
            var decision = pairs.decide(from, to, wrong.witness());
            Key key = new Key(
                    from.name(),
                    to.name(),
                    wrong,
                    expected,
                    decision.egress().cause(),
                    decision.ingress().cause());
            failures.merge(
                    key,
                    new Failure(from.name(), to.name(), wrong, expected, decision, stands),
                    (one, more) -> new Failure(
                            one.from(), one.to(), wrong, expected, one.decision(), one.pairs() + more.pairs()));
        }
    }
}
