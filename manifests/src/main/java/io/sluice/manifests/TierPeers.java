package io.sluice.manifests;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.DomainPattern;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Selector;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The peers of the policy.networking.k8s.io kinds.
 *
 * @param networksAndNames how many networks or domain names one peer may list
 * @param domainNames whether the kind has domain names
 * @param hostBitsAllowed whether a network may have bits set behind its length
 */
record TierPeers(int networksAndNames, boolean domainNames, boolean hostBitsAllowed) {
    private static final int LONGEST_CIDR = 43;

    /** Of v1beta1; v1alpha2 wrote A-z, which also takes six signs that no name has. */
    private static final String DOMAIN_FORMAT =
            "^(\\*\\.)?([a-zA-Z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\\.)+[a-zA-Z0-9]([-a-zA-Z0-9_]*[a-zA-Z0-9])?\\.?$";

    private static final Pattern DOMAIN = Pattern.compile(DOMAIN_FORMAT);

    /**
     * The alternatives that a peer stands for.
     *
     * @return empty where the peer has no known field, so that its rule must fail closed
     */
    Optional<List<Peer>> read(Cursor peer, Direction direction, Action action) {
        String known = direction == Direction.INGRESS
                ? "namespaces or pods"
                : "namespaces, pods, nodes, networks or domainNames";
        Optional<Cursor> found = CrdRules.exactlyOne(peer, known);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Cursor field = found.get();
        String name = field.path().lastName();
        if (direction == Direction.INGRESS || name.equals("namespaces") || name.equals("pods")) {
            return pods(field).map(List::of);
        }
        return switch (name) {
            case "nodes" -> Optional.of(List.of(new Peer.Nodes(Labels.selector(field))));
            case "networks" -> Optional.of(networks(field));
            case "domainNames" -> domainNames ? domainNames(field, action) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** Whether named ports mean nothing to the peer, since no pod is behind it. */
    static boolean hasNoNamedPorts(Cursor peer) {
        return peer.child("networks").isPresent()
                || peer.nullable("nodes").isPresent()
                || peer.child("domainNames").isPresent();
    }

    /** @param field {@code namespaces} or {@code pods}, of a peer or a subject */
    static Optional<Peer.Pods> pods(Cursor field) {
        return switch (field.path().lastName()) {
            case "namespaces" ->
                Optional.of(new Peer.Pods(new NamespaceMatch.Labelled(Labels.selector(field)), Selector.ALL));
            case "pods" -> {
                if (!field.expectMapping()) {
                    yield Optional.empty();
                }
                if (field.nullable("podSelector").isEmpty()) {
                    Invalid.required(field, "podSelector", "", "{} for every pod");
                }
                yield Optional.of(new Peer.Pods(
                        new NamespaceMatch.Labelled(field.child("namespaceSelector")
                                .map(Labels::selector)
                                .orElse(Selector.ALL)),
                        field.child("podSelector").map(Labels::selector).orElse(Selector.ALL)));
            }
            default -> Optional.empty();
        };
    }

    private List<Peer> networks(Cursor field) {
        List<Cursor> items = CrdRules.items(field, networksAndNames);
        CrdRules.distinct(items);
        List<Peer> peers = new ArrayList<>(items.size());
        for (Cursor item : items) {
            item.text().flatMap(text -> network(item, text)).ifPresent(c -> peers.add(new Peer.Network(c, List.of())));
        }
        return peers;
    }

    /** CEL's isCIDR, which is stricter than NetworkPolicy's reader: no leading zeros, no IPv4 in IPv6 form. */
    private Optional<Cidr> network(Cursor item, String text) {
        CrdRules.maxLength(item, text, LONGEST_CIDR);
        Optional<Cidr> cidr = Cidr.tryParse(text).filter(c -> !c.isV4() || text.indexOf(':') < 0);
        if (cidr.isEmpty()) {
            Invalid.text(item, text, "Invalid CIDR format provided", LooseCidr.missingLength(text));
        } else if (LooseCidr.hasHostBits(text, cidr.get())) {
            if (hostBitsAllowed) {
                LooseCidr.warnOfHostBits(item, text, cidr.get());
            } else {
                Invalid.text(item, text, "Invalid CIDR format provided", "write " + cidr.get());
            }
        }
        return cidr;
    }

    /**
     * Which addresses a name has is known where its DNS answers are seen, not here: in an allowing rule it matches
     * only addresses that were said to be the name's, in another the rule fails closed ("DomainNames is only supported for Accept rules").
     */
    private Optional<List<Peer>> domainNames(Cursor field, Action action) {
        List<Cursor> items = CrdRules.items(field, networksAndNames);
        CrdRules.distinct(items);
        List<Peer> names = new ArrayList<>();
        for (Cursor item : items) {
            item.text().ifPresent(text -> {
                names.add(new Peer.Domain(new DomainPattern(text, DomainPattern.Wildcard.LABELS)));
                if (!DOMAIN.matcher(text).matches()) {
                    Invalid.text(item, text, item.path() + " in body should match '" + DOMAIN_FORMAT + "'", "");
                }
            });
        }
        boolean allows = action == Action.ALLOW;
        field.problems()
                .warning(
                        "domain-names",
                        field.keyPlace(),
                        field.path()
                                + (allows
                                        ? ": names are not resolved here; no address is known to be theirs"
                                        : ": names are only supported in rules that allow; the rule denies everything"),
                        "");
        return allows ? Optional.of(names) : Optional.empty();
    }
}
