package io.sluice.manifests;

import io.sluice.policy.model.DomainPattern;
import io.sluice.policy.model.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Domain names: {@code toFQDNs}, and the names that a DNS rule lets be asked for. */
final class CiliumNames {
    private static final int LONGEST = 255;
    private static final String NAME_FORMAT = "^([-a-zA-Z0-9_]+[.]?)+$";
    private static final String PATTERN_FORMAT = "^([-a-zA-Z0-9_*]+[.]?)+$";

    /** The same sets of texts as the formats, without their nested repetition. */
    private static final Pattern NAME = Pattern.compile("[-a-zA-Z0-9_]+([.][-a-zA-Z0-9_]+)*[.]?");

    private static final Pattern PATTERN = Pattern.compile("[-a-zA-Z0-9_*]+([.][-a-zA-Z0-9_*]+)*[.]?");

    private CiliumNames() {}

    /**
     * The addresses of names. "If the resolved IPs are IPs within the kubernetes cluster, the ToFQDN rule will not apply
     * to that IP": outside addresses only.
     */
    static List<Peer> peers(Cursor field, CiliumScope scope) {
        List<Peer> peers = new ArrayList<>();
        for (Cursor item : field.items()) {
            pattern(item, true)
                    .map(text -> new DomainPattern(text, DomainPattern.Wildcard.PART_OF_A_LABEL))
                    .ifPresent(p -> peers.add(new Peer.All(List.of(CiliumReserved.WORLD, new Peer.Domain(p)))));
        }
        if (!peers.isEmpty()) {
            scope.warn(
                    field,
                    "cilium-names",
                    "names are not resolved here; the rule matches no address that it is not told of",
                    "");
        }
        return peers;
    }

    /**
     * The one name or pattern of an item, checked.
     *
     * @param exclusive whether it is an error to give both
     */
    static Optional<String> pattern(Cursor item, boolean exclusive) {
        if (!item.expectMapping()) {
            return Optional.empty();
        }
        Optional<String> name = checked(item, "matchName", NAME, NAME_FORMAT);
        Optional<String> pattern = checked(item, "matchPattern", PATTERN, PATTERN_FORMAT);
        if (name.isPresent() && pattern.isPresent() && exclusive) {
            item.error("invalid-value", "only one of MatchName or MatchPattern is allowed in an FQDNSelector", "");
        }
        if (item.child("matchName").isEmpty() && item.child("matchPattern").isEmpty()) {
            Invalid.required(item, "", "", "matchName or matchPattern");
        }
        return name.or(() -> pattern);
    }

    private static Optional<String> checked(Cursor item, String name, Pattern allowed, String format) {
        Optional<Cursor> field = item.child(name);
        Optional<String> text = field.flatMap(Cursor::text);
        if (text.isPresent()) {
            CrdRules.maxLength(field.get(), text.get(), LONGEST);
            if (!allowed.matcher(text.get()).matches()) {
                Invalid.text(
                        field.get(), text.get(), field.get().path() + " in body should match '" + format + "'", "");
                return Optional.empty();
            }
        }
        return text;
    }
}
