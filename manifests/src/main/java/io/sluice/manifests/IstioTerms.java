package io.sluice.manifests;

import io.sluice.policy.model.GateMatch;
import io.sluice.policy.model.GateTerm;
import io.sluice.policy.model.GateTerm.Attribute;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The values that attributes of requests are compared with, checked as Istio's webhook checks them. */
final class IstioTerms {
    private static final int MOST_ACCOUNTS = 16;
    private static final int LONGEST_ACCOUNT = 320;

    /** Braces and stars that no template has (Istio pkg/config/security, CheckValidPathTemplate). */
    private static final Pattern NO_TEMPLATE = Pattern.compile("/\\{\\w+=\\*\\*?}|\\{\\w*}|/\\*\\*?|\\*\\*?/");

    private IstioTerms() {}

    /** {@code notPaths} for {@code paths}. */
    static String negated(String field) {
        return "not" + field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
    }

    /** A field of a source or an operation with the one that negates it; empty if neither is there. */
    static Optional<GateTerm> field(Cursor parent, String field, Attribute attribute, String namespace) {
        return term(new Subject(attribute, "", namespace), parent.child(field), parent.child(negated(field)));
    }

    /**
     * What is compared.
     *
     * @param namespace of the policy, which service accounts without one are of
     */
    record Subject(Attribute attribute, String key, String namespace) {}

    static Optional<GateTerm> term(Subject subject, Optional<Cursor> values, Optional<Cursor> notValues) {
        List<GateMatch> is = values.map(list -> matches(list, subject)).orElse(List.of());
        List<GateMatch> not = notValues.map(list -> matches(list, subject)).orElse(List.of());
        return is.isEmpty() && not.isEmpty()
                ? Optional.empty()
                : Optional.of(new GateTerm(subject.attribute(), subject.key(), is, not));
    }

    private static List<GateMatch> matches(Cursor list, Subject subject) {
        List<GateMatch> all = new ArrayList<>();
        List<Cursor> items = list.items();
        if (subject.attribute() == Attribute.SOURCE_ACCOUNT) {
            CrdRules.atMost(list, items.size(), MOST_ACCOUNTS, "");
        }
        for (Cursor item : items) {
            Optional<String> text = item.text();
            if (text.isPresent() && text.get().isEmpty()) {
                item.error("invalid-value", "Invalid value: \"\": an empty value is not allowed", "");
            } else {
                text.flatMap(t -> match(item, t, subject)).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Optional<GateMatch> match(Cursor item, String text, Subject subject) {
        return switch (subject.attribute()) {
            case SOURCE_PRINCIPAL,
                    SOURCE_TRUST_DOMAIN,
                    SERVER_NAME,
                    METHOD,
                    HEADER,
                    TOKEN_AUDIENCE,
                    TOKEN_PRESENTER,
                    TOKEN_CLAIM,
                    FILTER -> Optional.of(GateMatch.Text.of(text, false));
            case HOST -> Optional.of(GateMatch.Text.of(text, true));
            case SOURCE_NAMESPACE -> Optional.of(new GateMatch.Glob(text));
            case SOURCE_ACCOUNT -> account(item, text, subject.namespace());
            case TOKEN_PRINCIPAL -> Optional.of(GateMatch.IssuerAndSubject.of(text));
            case SOURCE_IP, REMOTE_IP, DESTINATION_IP -> network(item, text);
            case DESTINATION_PORT -> port(item, text);
            case PATH -> path(item, text);
        };
    }

    private static Optional<GateMatch> account(Cursor item, String text, String namespace) {
        CrdRules.maxLength(item, text, LONGEST_ACCOUNT);
        String[] parts = text.split("/", -1);
        if (text.indexOf('*') >= 0) {
            Invalid.text(item, text, "wildcards are not supported here", "principals take them");
            return Optional.empty();
        }
        if (parts.length > 2 || parts[0].isEmpty() || parts[parts.length - 1].isEmpty()) {
            Invalid.text(item, text, "must be ACCOUNT or NAMESPACE/ACCOUNT", "");
            return Optional.empty();
        }
        return Optional.of(GateMatch.Text.of(parts.length == 2 ? text : namespace + "/" + text, false));
    }

    private static Optional<GateMatch> network(Cursor item, String text) {
        Optional<Cidr> cidr =
                text.indexOf('/') >= 0 ? Cidr.tryParse(text) : Ip.tryParse(text).map(Cidr::of);
        if (cidr.isEmpty()) {
            Invalid.text(item, text, "must be an address or a CIDR", "");
            return Optional.empty();
        }
        if (text.indexOf('/') >= 0 && LooseCidr.hasHostBits(text, cidr.get())) {
            LooseCidr.warnOfHostBits(item, text, cidr.get());
        }
        return Optional.of(new GateMatch.Network(cidr.get()));
    }

    private static Optional<GateMatch> port(Cursor item, String text) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > 0xffff) {
            Invalid.text(item, text, "must be a port from 0 to 65535", "");
            return Optional.empty();
        }
        return Optional.of(new GateMatch.Number(Integer.parseInt(text)));
    }

    private static Optional<GateMatch> path(Cursor item, String text) {
        if (!GateMatch.Template.isOne(text)) {
            return Optional.of(GateMatch.Text.of(text, false));
        }
        if (NO_TEMPLATE.matcher(text).find()) {
            Invalid.text(
                    item,
                    text,
                    "invalid or unsupported path template",
                    "{*} stands for one segment, {**} for the rest; no other braces or stars beside them");
            return Optional.empty();
        }
        return Optional.of(new GateMatch.Template(text));
    }
}
