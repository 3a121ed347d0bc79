package io.sluice.analysis.intents;

import io.sluice.analysis.reason.Reasons;
import io.sluice.analysis.reason.RuleWords;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.List;

/**
 * A policy with one mistake put into it.
 *
 * @param description what was done, such as {@code NetworkPolicy shop/web ingress[0]: without its peer pods app=a}
 * @param position of what was changed
 */
record Mutant(String description, SourcePosition position, Policy policy) {
    /** Every single mistake of these kinds: something left out, or widened to all. */
    static List<Mutant> of(Policy policy) {
        List<Mutant> out = new ArrayList<>();
        for (Section section : policy.sections()) {
            if (section.isolates()) {
                out.add(new Mutant(
                        policy.id() + " " + section.direction() + ": does not isolate",
                        policy.position(),
                        with(policy, section.withoutIsolation())));
            }
            for (int i = 0; i < section.rules().size(); i++) {
                ofRule(new RuleRef(policy, section.direction(), i), out);
            }
        }
        return out;
    }

    private static void ofRule(RuleRef ref, List<Mutant> out) {
        Rule rule = ref.rule();
        List<Peer> peers = rule.peers();
        List<PortMatch> ports = rule.ports();
        out.add(mutant(ref, "left out", List.of()));
        for (int i = 0; i < peers.size(); i++) {
            if (peers.size() > 1) {
                out.add(mutant(
                        ref,
                        "without its peer " + RuleWords.peer(peers.get(i)),
                        List.of(with(rule, without(peers, i), ports))));
            }
            if (peers.get(i) instanceof Peer.Network(Cidr cidr, List<Cidr> except)) {
                for (int j = 0; j < except.size(); j++) {
                    Peer wider = new Peer.Network(cidr, without(except, j));
                    out.add(mutant(
                            ref,
                            "without the exception " + except.get(j),
                            List.of(with(rule, replaced(peers, i, wider), ports))));
                }
            }
        }
        for (int i = 0; ports.size() > 1 && i < ports.size(); i++) {
            out.add(mutant(
                    ref,
                    "without " + RuleWords.ports(List.of(ports.get(i))),
                    List.of(with(rule, peers, without(ports, i)))));
        }
        if (!peers.contains(Peer.EVERYTHING)) {
            out.add(mutant(ref, "for every peer", List.of(with(rule, List.of(Peer.EVERYTHING), ports))));
        }
        if (!ports.contains(PortMatch.EVERYTHING)) {
            out.add(mutant(ref, "for every port", List.of(with(rule, peers, List.of(PortMatch.EVERYTHING)))));
        }
    }

    private static Mutant mutant(RuleRef ref, String change, List<Rule> instead) {
        Section section = ref.policy().section(ref.direction()).orElseThrow();
        List<Rule> rules = new ArrayList<>(section.rules());
        rules.remove(ref.index());
        rules.addAll(ref.index(), instead);
        return new Mutant(
                ref.policy().id() + " " + Reasons.ruleText(ref) + ": " + change,
                ref.rule().position(),
                with(ref.policy(), section.with(rules)));
    }

    private static Policy with(Policy policy, Section changed) {
        return policy.with(policy.sections().stream()
                .map(section -> section.direction() == changed.direction() ? changed : section)
                .toList());
    }

    private static Rule with(Rule rule, List<Peer> peers, List<PortMatch> ports) {
        return rule.withPeers(peers).withPorts(ports);
    }

    private static <T> List<T> without(List<T> list, int index) {
        List<T> out = new ArrayList<>(list);
        out.remove(index);
        return out;
    }

    private static <T> List<T> replaced(List<T> list, int index, T with) {
        List<T> out = new ArrayList<>(list);
        out.set(index, with);
        return out;
    }
}
