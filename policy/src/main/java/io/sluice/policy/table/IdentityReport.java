package io.sluice.policy.table;

import io.sluice.policy.model.Peer;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says what identities mean, in the words of the policies. */
final class IdentityReport {
    private final RuleBook rules;
    private final LiveIdentities live;
    private final boolean worldIsAskedFor;
    private final Map<Integer, List<Cidr>> prefixes = new HashMap<>();

    IdentityReport(RuleBook rules, LiveIdentities live, boolean worldIsAskedFor, Map<Cidr, Integer> networks) {
        this.rules = rules;
        this.live = live;
        this.worldIsAskedFor = worldIsAskedFor;
        networks.forEach((prefix, identity) ->
                prefixes.computeIfAbsent(identity, _ -> new ArrayList<>()).add(prefix));
    }

    List<Identity> all() {
        List<Identity> out = new ArrayList<>(live.count());
        for (int id = 0; id < live.count(); id++) {
            IdentityEntry entry = live.registry().get(id);
            List<Peer> peers = new ArrayList<>(entry.labelled().length + entry.addressed().length);
            add(entry.labelled(), peers);
            add(entry.addressed(), peers);
            int hash = 0;
            for (Peer peer : peers) {
                hash += peer.hashCode();
            }
            out.add(new Identity(
                    id,
                    new Signature(entry.holder(), peers, hash, entry.names()),
                    prefixes.getOrDefault(id, List.of())));
        }
        return Collections.unmodifiableList(out);
    }

    private void add(int[] features, List<Peer> peers) {
        for (int feature : features) {
            if (feature != RuleBook.WORLD || worldIsAskedFor) {
                peers.add(rules.peers.thing(feature));
            }
        }
    }
}
