package io.sluice.analysis.explain;

import io.sluice.analysis.explain.Edit.RuleEdit;
import io.sluice.policy.decide.Cause;
import io.sluice.policy.decide.Decision;
import io.sluice.policy.decide.DirectionDecision;
import io.sluice.policy.decide.Step;
import io.sluice.policy.model.Action;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.RuleRef;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Edits that might allow what was denied in one direction: a port more, a peer more, or a rule more. */
final class Opening {
    private final Reach reach;

    Opening(Reach reach) {
        this.reach = reach;
    }

    /** One question: who is to be let through. */
    private record Wish(Connection connection, Direction direction, Dialect.Somebody somebody) {
        String port() {
            return connection.protocol().hasPorts()
                    ? connection.protocol() + " " + connection.port()
                    : connection.protocol().toString();
        }
    }

    List<Edit> candidates(Decision decision, DirectionDecision denied) {
        Optional<Dialect.Somebody> somebody = somebody(decision.connection().peer(denied.direction()));
        if (somebody.isEmpty()) {
            return List.of();
        }
        Wish wish = new Wish(decision.connection(), denied.direction(), somebody.get());
        return switch (denied.cause()) {
            case Cause.Isolated isolated -> besides(wish, denied, isolated);
            case Cause.ByRule(RuleRef denial, var _) -> List.copyOf(before(wish, denial));
            case Cause.NoPolicy(), Cause.NotASubject(), Cause.Self(), Cause.OwnNode() -> List.of();
        };
    }

    private Optional<Dialect.Somebody> somebody(Party party) {
        return switch (party) {
            case Party.OfPod(Pod pod, Ip ip)
            when pod.hostNetwork() -> Optional.ofNullable(ip).map(known -> new Dialect.Somebody("", Map.of(), known));
            case Party.OfPod(Pod pod, var _) ->
                Optional.of(new Dialect.Somebody(pod.namespace(), reach.labelsOf(pod), null));
            case Party.OfNode(var _, Ip ip) ->
                Optional.ofNullable(ip).map(known -> new Dialect.Somebody("", Map.of(), known));
            case Party.OfNetwork(Ip ip) -> Optional.of(new Dialect.Somebody("", Map.of(), ip));
        };
    }

    private List<Edit> besides(Wish wish, DirectionDecision denied, Cause.Isolated isolated) {
        List<Edit> edits = new ArrayList<>();
        Map<String, Policy> isolating = new LinkedHashMap<>();
        for (Step.RuleTried tried : Step.tried(denied.trace())) {
            Policy policy = tried.rule().policy();
            if (isolated.policies().contains(policy.id())) {
                isolating.put(policy.id().toString(), policy);
            }
            if (!policy.tier().name().equals(isolated.tier())
                    || tried.rule().rule().action() != Action.ALLOW) {
                continue;
            }
            if (tried.peerMatches() && !tried.portMatches()) {
                portMore(wish, tried.rule()).ifPresent(edits::add);
            }
            if (tried.portMatches() && !tried.peerMatches()) {
                peerMore(wish, tried.rule()).ifPresent(edits::add);
            }
        }
        isolating.values().forEach(policy -> ruleMore(wish, policy).ifPresent(edits::add));
        if (isolating.isEmpty()) {
            edits.addAll(policyMore(wish));
        }
        return edits;
    }

    private Optional<Edit> portMore(Wish wish, RuleRef ref) {
        Connection connection = wish.connection;
        Policy policy = ref.policy();
        if (!Dialect.canNamePort(policy, connection.protocol())) {
            return Optional.empty();
        }
        Rule rule = ref.rule();
        List<PortMatch> ports = new ArrayList<>(rule.ports());
        ports.add(PortMatch.port(connection.protocol(), connection.port()));
        return Optional.of(edit(
                wish,
                policy,
                new RuleEdit.Replace(ref.index(), rule.withPorts(ports)),
                "add port " + wish.port() + " to " + place(ref) + ", which allows this peer on other ports",
                rule.position(),
                Dialect.port(policy, connection.protocol(), connection.port()),
                rule.peers(),
                1));
    }

    private Optional<Edit> peerMore(Wish wish, RuleRef ref) {
        Policy policy = ref.policy();
        if (!Dialect.canName(policy, wish.direction, wish.somebody)) {
            return Optional.empty();
        }
        Rule rule = ref.rule();
        List<Peer> peers = new ArrayList<>(rule.peers());
        Peer peer = peer(policy, wish.somebody);
        peers.add(peer);
        return Optional.of(edit(
                wish,
                policy,
                new RuleEdit.Replace(ref.index(), rule.withPeers(peers)),
                "add this peer to " + place(ref) + ", which allows this port with other peers",
                rule.position(),
                Dialect.peer(policy, wish.somebody),
                List.of(peer),
                Reach.ports(rule.ports())));
    }

    private Optional<Edit> ruleMore(Wish wish, Policy policy) {
        Section section = policy.section(wish.direction).orElseThrow();
        return insert(wish, policy, section.rules().size(), "add a rule to " + policy.id());
    }

    /** In front of a denial that counts first; a denial that always wins cannot be got round. */
    private List<Edit> before(Wish wish, RuleRef denial) {
        return insert(
                        wish,
                        denial.policy(),
                        denial.index(),
                        "put a rule in front of " + place(denial) + " in "
                                + denial.policy().id())
                .stream()
                .toList();
    }

    private Optional<Edit> insert(Wish wish, Policy policy, int index, String summary) {
        if (!Dialect.canName(policy, wish.direction, wish.somebody)) {
            return Optional.empty();
        }
        Connection connection = wish.connection;
        boolean withPort = Dialect.canNamePort(policy, connection.protocol());
        List<PortMatch> ports = withPort
                ? List.of(PortMatch.port(connection.protocol(), connection.port()))
                : List.of(PortMatch.EVERYTHING);
        Peer peer = peer(policy, wish.somebody);
        return Optional.of(edit(
                wish,
                policy,
                new RuleEdit.Insert(index, new Rule("", Action.ALLOW, List.of(peer), ports, SourcePosition.NONE)),
                summary,
                policy.position(),
                Dialect.rule(policy, wish.direction, wish.somebody, connection.protocol(), connection.port(), withPort),
                List.of(peer),
                Reach.ports(ports)));
    }

    /** Only policies without rules isolate it: they say "nothing", and a policy of its own says "but this". */
    private List<Edit> policyMore(Wish wish) {
        if (!(wish.connection.subject(wish.direction) instanceof Party.OfPod(Pod subject, var _))) {
            return List.of();
        }
        Policy own = OwnPolicy.of(subject, reach, wish.direction);
        return insert(wish, own, 0, "add a policy of its own for " + subject.workload()).stream()
                .map(edit -> new Edit(
                        edit.policy(),
                        edit.rule(),
                        new Change(
                                wish.direction,
                                edit.change().summary(),
                                SourcePosition.NONE,
                                OwnPolicy.text(own, subject, reach, wish.direction)
                                        + edit.change().patch().indent(4),
                                edit.change().reach()),
                        edit.cost()))
                .toList();
    }

    private Edit edit(
            Wish wish,
            Policy policy,
            RuleEdit rule,
            String summary,
            SourcePosition position,
            String patch,
            List<Peer> peers,
            long ports) {
        long subjects = Math.max(1, reach.subjects(policy));
        long others = Math.max(1, reach.peers(peers));
        return new Edit(
                policy,
                rule,
                new Change(wish.direction, summary, position, patch, reachText(wish, subjects, others, ports)),
                subjects * others * ports);
    }

    private static String reachText(Wish wish, long subjects, long peers, long ports) {
        if (subjects * peers <= 1 && ports <= 1) {
            return "";
        }
        return "it opens " + (ports <= 1 ? wish.port() : "every port of that rule") + " between "
                + count(subjects, "pod") + " and " + (peers >= 1_000_000 ? "everybody" : count(peers, "peer"));
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static Peer peer(Policy policy, Dialect.Somebody somebody) {
        if (somebody.address() != null) {
            return new Peer.Network(Cidr.of(somebody.address()), List.of());
        }
        boolean own = somebody.namespace().equals(policy.id().namespace());
        return new Peer.Pods(
                own
                        ? new NamespaceMatch.Named(somebody.namespace())
                        : new NamespaceMatch.Labelled(
                                Selector.labels(Map.of(Namespace.NAME_LABEL, somebody.namespace()))),
                Selector.labels(somebody.labels()));
    }

    private static String place(RuleRef ref) {
        return ref.policy().id() + " " + ref.direction() + "[" + ref.index() + "]";
    }
}
