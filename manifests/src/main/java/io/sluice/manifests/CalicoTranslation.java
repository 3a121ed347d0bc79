package io.sluice.manifests;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rule of Calico's to one of the model. The far end becomes peers, the near end the pods that the rule is about
 * ({@link Rule#only}).
 *
 * <p>What cannot be seen here - the port that a connection comes from, the near end's own addresses, a port's name that
 * is <em>not</em> meant - is reported once, with its place. Then a rule that allows allows nothing; one that denies
 * leaves the condition out, and so denies more; one that passes denies instead, since neither to pass nor to go on with
 * the next rule would be safe.
 *
 * @param references what selectors and Services stand for
 * @param namespace the policy's, empty if it lies in none
 */
record CalicoTranslation(CalicoReferences references, String namespace) {
    /** One rule, or several, all at one place, where the endpoints of a Service have different ports. */
    List<Rule> rules(CalicoRule rule, Direction direction) {
        boolean ingress = direction == Direction.INGRESS;
        CalicoEntity near = ingress ? rule.destination() : rule.source();
        CalicoEntity far = ingress ? rule.source() : rule.destination();
        boolean whole = nearAddresses(near, rule.action()) & sourcePorts(rule.source(), rule.action());
        CalicoPeers peers = new CalicoPeers(references, namespace);
        List<CalicoService.Lead> leads = new ArrayList<>();
        if (far.service().isEmpty()) {
            CalicoDestination ports = new CalicoDestination(rule);
            whole &= ports.reportUnseen();
            leads.add(new CalicoService.Lead(peers.of(far), ports.matches()));
        } else {
            CalicoService service = CalicoService.of(far.service().get(), references, namespace, rule.action());
            whole &= service.known();
            if (ingress) {
                CalicoDestination ports = new CalicoDestination(rule);
                whole &= ports.reportUnseen();
                List<Peer> all = service.leads().stream()
                        .flatMap(lead -> lead.peers().stream())
                        .toList();
                leads.add(new CalicoService.Lead(all, ports.matches()));
            } else {
                service.leads()
                        .forEach(lead -> leads.add(new CalicoService.Lead(lead.peers(), lead.ports(rule.traffic()))));
            }
        }
        Action action = whole || rule.action() != Action.PASS ? rule.action() : Action.DENY;
        boolean nothing = !whole && (action == Action.ALLOW || action == Action.LOG);
        int version = rule.version() != 0 ? rule.version() : version(near);
        List<Rule> rules = new ArrayList<>(leads.size());
        for (CalicoService.Lead lead : leads) {
            rules.add(new Rule(
                    "",
                    action,
                    nothing ? List.of() : peers.ofVersion(lead.peers(), version, action),
                    lead.targets(),
                    rule.at().position(),
                    about(near),
                    rule.application()));
        }
        return rules;
    }

    /** The pods that the near end's labels leave; all where it asks for none. */
    private Optional<Subject> about(CalicoEntity near) {
        List<Selector> parts = new ArrayList<>();
        near.accounts().ifPresent(parts::add);
        near.selector().map(CalicoKeys::ofPods).ifPresent(parts::add);
        near.notSelector().map(CalicoKeys::ofPods).map(Selector.Not::new).ifPresent(parts::add);
        if (parts.isEmpty() && near.namespaces().isEmpty()) {
            return Optional.empty();
        }
        NamespaceMatch namespaces = near.namespaces()
                .map(CalicoKeys::ofNamespaces)
                .<NamespaceMatch>map(NamespaceMatch.Labelled::new)
                .orElse(NamespaceMatch.EVERY);
        return Optional.of(new Subject(namespaces, CalicoPeers.all(parts)));
    }

    /** The version of IP that all addresses of one family mean, as {@code 0.0.0.0/0}; 0 where they do not. */
    private static int version(CalicoEntity near) {
        return near.nets().stream()
                .filter(net -> net.length() == 0)
                .findFirst()
                .map(net -> net.isV4() ? 4 : 6)
                .orElse(0);
    }

    private static boolean nearAddresses(CalicoEntity near, Action action) {
        boolean seen = true;
        if (!near.nets().isEmpty() && version(near) == 0) {
            seen = unseen(near.field("nets"), action, "which address of its own a pod uses is not seen here");
        }
        if (!near.notNets().isEmpty()) {
            seen = unseen(near.field("notNets"), action, "which address of its own a pod uses is not seen here");
        }
        return seen;
    }

    private static boolean sourcePorts(CalicoEntity source, Action action) {
        boolean seen = true;
        if (!source.ports().isEmpty()) {
            seen = unseen(source.field("ports"), action, "the port that a connection comes from is not seen here");
        }
        if (!source.notPorts().isEmpty()) {
            seen = unseen(source.field("notPorts"), action, "the port that a connection comes from is not seen here");
        }
        return seen;
    }

    /**
     * Reports a condition that is not seen, and what becomes of its rule.
     *
     * @return false: the rule is not whole
     */
    static boolean unseen(Cursor condition, Action action, String reason) {
        String then = switch (action) {
            case ALLOW -> "the rule allows nothing";
            case DENY -> "the rule denies without it, and so more";
            case PASS -> "the rule denies what it would pass, and more";
            case LOG -> "the rule is left out";
        };
        condition
                .problems()
                .warning(
                        "calico-unseen-condition",
                        condition.keyPlace(),
                        condition.path() + ": " + reason + "; " + then,
                        "");
        return false;
    }
}
