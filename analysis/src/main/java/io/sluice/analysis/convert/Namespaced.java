package io.sluice.analysis.convert;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.List;

/** What the dialects without order have in common: policies of one namespace that isolate, and rules that allow. */
final class Namespaced {
    private Namespaced() {}

    /** @throws Unsayable if the policy is anything else */
    static String namespace(Policy policy) {
        if (!(policy.subject().namespaces() instanceof NamespaceMatch.Named(String namespace))) {
            throw new Unsayable("it selects pods of more than one namespace", policy.position());
        }
        for (Section section : policy.sections()) {
            if (!section.isolates()) {
                throw new Unsayable(
                        "its " + section.direction() + " rules do not isolate the pods that it selects",
                        policy.position());
            }
            section.rules().forEach(Namespaced::check);
        }
        if (policy.sections().isEmpty()) {
            throw new Unsayable("it says nothing about pods", policy.position());
        }
        return namespace;
    }

    private static void check(Rule rule) {
        if (rule.action() != Action.ALLOW) {
            throw new Unsayable("a rule of it has the action " + rule.action(), rule.position());
        }
        rule.application().ifPresent(demand -> {
            throw new Unsayable("a rule of it demands " + demand, rule.position());
        });
        if (rule.only().isPresent()) {
            throw new Unsayable("a rule of it is about some of the pods that it selects", rule.position());
        }
    }

    /**
     * A block of addresses as a peer, whoever holds them in the dialect that it comes from: the proof finds out whether
     * that makes a difference.
     *
     * @param world whether only addresses outside of the cluster are meant
     */
    record Block(Cidr cidr, List<Cidr> except, boolean world) {}

    /** The blocks that a peer stands for; none if it is about something else. */
    static List<Block> blocks(Peer peer) {
        return switch (peer) {
            case Peer.Network(Cidr cidr, List<Cidr> except) -> List.of(new Block(cidr, except, false));
            case Peer.World() ->
                List.of(
                        new Block(Cidr.parse("0.0.0.0/0"), List.of(), true),
                        new Block(Cidr.parse("::/0"), List.of(), true));
            case Peer.All(List<Peer> parts) -> block(parts);
            case Peer.Everything _, Peer.Pods _, Peer.Nodes _, Peer.OwnNode _, Peer.Domain _, Peer.Any _, Peer.Not _ ->
                List.of();
        };
    }

    /** One block, less others, perhaps outside of the cluster only: what a dialect may make of a block's parts. */
    private static List<Block> block(List<Peer> parts) {
        List<Peer.Network> blocks = new ArrayList<>();
        List<Cidr> except = new ArrayList<>();
        boolean world = false;
        for (Peer part : parts) {
            if (part instanceof Peer.Network block) {
                blocks.add(block);
            } else if (part instanceof Peer.World) {
                world = true;
            } else if (part instanceof Peer.Not(Peer.Network(Cidr cidr, List<Cidr> holes)) && holes.isEmpty()) {
                except.add(cidr);
            } else {
                return List.of();
            }
        }
        if (blocks.size() != 1) {
            return List.of();
        }
        Cidr cidr = blocks.getFirst().cidr();
        if (except.stream().anyMatch(hole -> hole.contains(cidr))) {
            return List.of();
        }
        List<Cidr> inside = new ArrayList<>(blocks.getFirst().except());
        except.stream().filter(cidr::contains).forEach(inside::add);
        return List.of(new Block(cidr, inside, world));
    }
}
