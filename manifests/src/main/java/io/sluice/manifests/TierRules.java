package io.sluice.manifests;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Subject and rules of the policy.networking.k8s.io kinds, which differ in words and limits.
 *
 * @param allow the name of the action that allows
 * @param actions the names of all actions
 * @param most how many rules, peers and ports a list may hold
 * @param ports reads the items of the field that limits the traffic
 * @param peers reads a peer
 */
record TierRules(String allow, List<String> actions, int most, TierPorts ports, TierPeers peers) {
    /** How many characters a rule's name may have. */
    private static final int LONGEST_NAME = 100;

    /** "Exactly one field must be set. Note that host-networked pods are not included in subject selection." */
    Subject subject(Cursor spec) {
        Subject everything = new Subject(NamespaceMatch.EVERY, Selector.ALL);
        return CrdRules.required(spec, "subject")
                .flatMap(s -> CrdRules.exactlyOne(s, "namespaces or pods"))
                .flatMap(field -> TierPeers.pods(field))
                .map(pods -> new Subject(pods.namespaces(), pods.pods()))
                .orElse(everything);
    }

    /** "CNPs with no ingress rules do not affect ingress traffic": then there is no section. */
    List<Section> sections(Cursor spec) {
        List<Section> sections = new ArrayList<>(2);
        for (Direction direction : Direction.values()) {
            Optional<Cursor> field = spec.child(direction == Direction.INGRESS ? "ingress" : "egress");
            List<Cursor> items = field.map(Cursor::items).orElse(List.of());
            field.ifPresent(f -> CrdRules.atMost(f, items.size(), most, "split the policy"));
            List<Rule> rules = new ArrayList<>(items.size());
            for (Cursor item : items) {
                if (item.expectMapping()) {
                    rules.add(rule(item, direction));
                }
            }
            if (!rules.isEmpty()) {
                sections.add(new Section(direction, false, rules));
            }
        }
        return sections;
    }

    private Rule rule(Cursor item, Direction direction) {
        Optional<Cursor> nameField = item.child("name");
        String name = nameField.flatMap(Cursor::text).orElse("");
        nameField.ifPresent(f -> CrdRules.maxLength(f, name, LONGEST_NAME));
        Optional<String> actionName = CrdRules.required(item, "action").flatMap(f -> CrdRules.oneOf(f, actions));
        Action action = actionName
                .map(a -> a.equals(allow) ? Action.ALLOW : a.equals("Pass") ? Action.PASS : Action.DENY)
                .orElse(Action.DENY);
        List<Peer> allPeers = new ArrayList<>();
        boolean known = true;
        boolean addresses = false;
        Optional<Cursor> peersField = CrdRules.required(item, direction == Direction.INGRESS ? "from" : "to");
        for (Cursor peer : peersField.map(f -> CrdRules.items(f, most)).orElse(List.of())) {
            Optional<List<Peer>> read = peers.read(peer, direction, action);
            known &= read.isPresent();
            read.ifPresent(allPeers::addAll);
            addresses |= TierPeers.hasNoNamedPorts(peer);
        }
        List<PortMatch> matches = ports.read(item, most, addresses);
        if (known) {
            return new Rule(name, action, allPeers, matches, item.position());
        }
        // "For Accept rules, fail closed means: treat the rule as matching no traffic. For Deny and Pass rules, fail
        // closed means: treat the rule as a 'Deny all' rule."
        return action == Action.ALLOW
                ? new Rule(name, action, List.of(), matches, item.position())
                : new Rule(name, Action.DENY, List.of(Peer.EVERYTHING), List.of(PortMatch.EVERYTHING), item.position());
    }
}
