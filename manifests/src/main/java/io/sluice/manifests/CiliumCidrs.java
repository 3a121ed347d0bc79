package io.sluice.manifests;

import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Selector;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Networks as peers. "Only connections destined for outside of the cluster and not targeting the host will be subject to
 * CIDR rules": identity comes first, so they match neither pods nor nodes (policy-cidr-match-mode may change that for
 * nodes; its default does not).
 */
final class CiliumCidrs {
    private CiliumCidrs() {}

    /** A prefix as the schema's format cidr wants it; empty, and reported, where it is none. */
    static Optional<Cidr> read(Cursor field) {
        Optional<String> text = field.text();
        Optional<Cidr> cidr = text.flatMap(Cidr::tryParse);
        if (text.isPresent() && cidr.isEmpty()) {
            Invalid.text(
                    field,
                    text.get(),
                    field.path() + " in body must be of type cidr: " + Quote.text(text.get()),
                    LooseCidr.missingLength(text.get()));
        }
        if (cidr.isPresent() && LooseCidr.hasHostBits(text.get(), cidr.get())) {
            LooseCidr.warnOfHostBits(field, text.get(), cidr.get());
        }
        return cidr;
    }

    /** Addresses outside the cluster in a prefix. */
    static Peer peer(Cidr cidr, List<Cidr> except) {
        return new Peer.All(List.of(CiliumReserved.WORLD, new Peer.Network(cidr, except)));
    }

    /** {@code fromCIDR} and {@code toCIDR}. */
    static List<Peer> list(Cursor field) {
        List<Peer> peers = new ArrayList<>();
        for (Cursor item : field.items()) {
            read(item).ifPresent(cidr -> peers.add(peer(cidr, List.of())));
        }
        return peers;
    }

    /** {@code fromCIDRSet} and {@code toCIDRSet}: a prefix or groups of them, with exceptions. */
    static List<Peer> set(Cursor field, CiliumScope scope) {
        List<Peer> peers = new ArrayList<>();
        for (Cursor item : field.items()) {
            if (item.expectMapping()) {
                List<Cidr> except = new ArrayList<>();
                List<Cursor> exceptions = item.list("except");
                exceptions.forEach(e -> read(e).ifPresent(except::add));
                for (Cidr cidr : cidrs(item, exceptions, scope)) {
                    peers.add(peer(cidr, except));
                }
            }
        }
        return peers;
    }

    private static List<Cidr> cidrs(Cursor item, List<Cursor> exceptions, CiliumScope scope) {
        List<Cursor> given = List.of("cidr", "cidrGroupRef", "cidrGroupSelector").stream()
                .flatMap(name -> item.child(name).stream())
                .toList();
        if (given.size() != 1) {
            item.error(
                    "invalid-value",
                    given.isEmpty()
                            ? "one of cidr, cidrGroupRef, or cidrGroupSelector is required"
                            : "more than one of cidr, cidrGroupRef, or cidrGroupSelector may not be set",
                    "");
            return List.of();
        }
        Cursor field = given.getFirst();
        return switch (field.path().lastName()) {
            case "cidr" -> {
                Optional<Cidr> cidr = read(field);
                cidr.ifPresent(c -> exceptions.forEach(e -> within(c, e)));
                yield cidr.stream().toList();
            }
            case "cidrGroupRef" -> named(field, scope);
            default -> selected(field, scope);
        };
    }

    private static void within(Cidr cidr, Cursor exception) {
        Optional<Cidr> except = exception.text().flatMap(Cidr::tryParse);
        if (except.isPresent() && !cidr.contains(except.get().base())) {
            exception.error(
                    "invalid-value",
                    "allow CIDR prefix " + cidr + " does not contain exclude CIDR prefix " + except.get(),
                    "");
        }
    }

    private static List<Cidr> named(Cursor field, CiliumScope scope) {
        Optional<String> name = field.text();
        name.ifPresent(n -> Invalid.text(field, n, NameRules.subdomain(n)));
        List<CiliumCidrGroup> groups = scope.references().groups().stream()
                .filter(g -> name.filter(g.name()::equals).isPresent())
                .toList();
        return all(groups, field, "there is no CiliumCIDRGroup " + Quote.shortened(name.orElse("")), scope);
    }

    private static List<Cidr> selected(Cursor field, CiliumScope scope) {
        Selector selector = Labels.selector(field);
        List<CiliumCidrGroup> groups = scope.references().groups().stream()
                .filter(g -> selector.matches(g.labels()))
                .toList();
        return all(groups, field, "no CiliumCIDRGroup has these labels", scope);
    }

    private static List<Cidr> all(List<CiliumCidrGroup> groups, Cursor field, String none, CiliumScope scope) {
        if (groups.isEmpty()) {
            scope.warn(field, "cilium-missing-reference", none + "; the rule matches no address by it", "");
        }
        return groups.stream().flatMap(g -> g.cidrs().stream()).toList();
    }
}
