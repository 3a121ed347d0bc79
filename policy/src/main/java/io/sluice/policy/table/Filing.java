package io.sluice.policy.table;

import io.sluice.policy.model.DomainPattern;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Subject;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts what policies ask for where it is found: selectors of pods to the population, blocks to the networks, domain
 * names to the addresses that they are known to stand for. Not thread-safe.
 */
final class Filing {
    private final RuleBook rules;
    private final Population population;
    private final Networks networks;
    private final Map<Integer, DomainPattern> domains = new HashMap<>();
    private final Map<Ip, Set<String>> names = new HashMap<>();
    private NodeSelectors nodes = new NodeSelectors(Map.of());
    private final Progress peers = new Progress();
    private final Progress subjects = new Progress();

    /** What of a numbering is filed. */
    private static final class Progress {
        final BitSet filed = new BitSet();
        int looked;
    }

    Filing(RuleBook rules, Population population, Networks networks) {
        this.rules = rules;
        this.population = population;
        this.networks = networks;
    }

    NodeSelectors nodes() {
        return nodes;
    }

    Map<Ip, Set<String>> names() {
        return Map.copyOf(names);
    }

    /** Files what is new. */
    void file() {
        for (; peers.looked < rules.peers.count(); peers.looked++) {
            if (rules.peers.uses(peers.looked) > 0) {
                peers.filed.set(peers.looked);
                file(peers.looked, rules.peers.thing(peers.looked));
            }
        }
        for (; subjects.looked < rules.subjects.count(); subjects.looked++) {
            if (rules.subjects.uses(subjects.looked) > 0) {
                subjects.filed.set(subjects.looked);
                Subject subject = rules.subjects.thing(subjects.looked);
                population.file(Scope.Use.SUBJECT, subjects.looked, subject.namespaces(), subject.pods());
            }
        }
    }

    private void file(int feature, Peer peer) {
        switch (peer) {
            case Peer.Pods(var namespaces, var pods) -> population.file(Scope.Use.PEER, feature, namespaces, pods);
            case Peer.Network block -> networks.add(feature, block);
            case Peer.Domain(DomainPattern pattern) -> {
                domains.put(feature, pattern);
                names.forEach((ip, known) -> {
                    if (stands(known, pattern)) {
                        networks.add(feature, block(ip));
                    }
                });
            }
            case Peer.Nodes(Selector labels) -> nodes = nodes.with(feature, labels);
            case Peer.World() -> {}
            case Peer.Everything _, Peer.OwnNode _, Peer.All _, Peer.Any _, Peer.Not _ ->
                throw new IllegalStateException(peer + " is no feature");
        }
    }

    /** Takes away the blocks and node selectors that nobody asks for any more; those of pods stay until the end. */
    void dropPeers() {
        for (int feature : rules.peers.gone()) {
            if (peers.filed.get(feature)) {
                switch (rules.peers.thing(feature)) {
                    case Peer.Network block -> networks.remove(feature, block);
                    case Peer.Domain(DomainPattern pattern) -> {
                        domains.remove(feature);
                        names.forEach((ip, known) -> {
                            if (stands(known, pattern)) {
                                networks.remove(feature, block(ip));
                            }
                        });
                    }
                    case Peer.Nodes _ -> nodes = nodes.without(feature);
                    case Peer.Pods _, Peer.World _ -> {}
                    case Peer.Everything _, Peer.OwnNode _, Peer.All _, Peer.Any _, Peer.Not _ ->
                        throw new IllegalStateException("no feature: " + feature);
                }
            }
        }
    }

    /** Takes away the selectors of pods that nobody asks for any more. */
    void settle() {
        for (int feature : rules.peers.gone()) {
            if (peers.filed.get(feature)) {
                peers.filed.clear(feature);
                if (rules.peers.thing(feature) instanceof Peer.Pods pods) {
                    population.unfile(Scope.Use.PEER, feature, pods.namespaces());
                }
            }
        }
        for (int number : rules.subjects.gone()) {
            if (subjects.filed.get(number)) {
                subjects.filed.clear(number);
                population.unfile(
                        Scope.Use.SUBJECT, number, rules.subjects.thing(number).namespaces());
            }
        }
        rules.peers.settle();
        rules.subjects.settle();
    }

    /** The names that an address is known by from now on. */
    void resolved(Ip ip, Set<String> known) {
        Set<String> before = names.getOrDefault(ip, Set.of());
        domains.forEach((feature, pattern) -> {
            boolean stood = stands(before, pattern);
            boolean stands = stands(known, pattern);
            if (stands && !stood) {
                networks.add(feature, block(ip));
            } else if (stood && !stands) {
                networks.remove(feature, block(ip));
            }
        });
        if (known.isEmpty()) {
            names.remove(ip);
        } else {
            names.put(ip, known);
        }
    }

    private static boolean stands(Set<String> known, DomainPattern pattern) {
        return known.stream().anyMatch(pattern::matches);
    }

    private static Peer.Network block(Ip ip) {
        return new Peer.Network(Cidr.of(ip), List.of());
    }

    /** The selectors of pods as peers of rules. */
    Reclassing.Selectors peerSelectors(boolean withKept) {
        Map<Integer, Subject> born = new HashMap<>();
        Map<Integer, Subject> died = new HashMap<>();
        Map<Integer, Subject> kept = new HashMap<>();
        rules.peers.born().forEach(number -> addPods(number, born));
        rules.peers.died().forEach(number -> addPods(number, died));
        if (withKept) {
            rules.peers.numbersInUse().stream().forEach(number -> addPods(number, kept));
            kept.keySet().removeAll(born.keySet());
        }
        return new Reclassing.Selectors(born, died, kept);
    }

    private void addPods(int number, Map<Integer, Subject> to) {
        if (rules.peers.thing(number) instanceof Peer.Pods(var namespaces, var pods)) {
            to.put(number, new Subject(namespaces, pods));
        }
    }

    /** The selectors of pods as subjects of policies and of rules. */
    Reclassing.Selectors subjectSelectors(boolean withKept) {
        Map<Integer, Subject> born = new HashMap<>();
        Map<Integer, Subject> died = new HashMap<>();
        Map<Integer, Subject> kept = new HashMap<>();
        rules.subjects.born().forEach(number -> born.put(number, rules.subjects.thing(number)));
        rules.subjects.died().forEach(number -> died.put(number, rules.subjects.thing(number)));
        if (withKept) {
            rules.subjects.numbersInUse().stream().forEach(number -> kept.put(number, rules.subjects.thing(number)));
            kept.keySet().removeAll(born.keySet());
        }
        return new Reclassing.Selectors(born, died, kept);
    }
}
