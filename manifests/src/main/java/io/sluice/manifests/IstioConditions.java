package io.sluice.manifests;

import io.sluice.policy.model.GateTerm;
import io.sluice.policy.model.GateTerm.Attribute;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The conditions of a rule: {@code when[]}. */
final class IstioConditions {
    private static final Map<String, Attribute> PLAIN = new TreeMap<>(Map.ofEntries(
            Map.entry("source.ip", Attribute.SOURCE_IP),
            Map.entry("remote.ip", Attribute.REMOTE_IP),
            Map.entry("source.namespace", Attribute.SOURCE_NAMESPACE),
            Map.entry("source.serviceAccount", Attribute.SOURCE_ACCOUNT),
            Map.entry("source.trustDomain", Attribute.SOURCE_TRUST_DOMAIN),
            Map.entry("source.principal", Attribute.SOURCE_PRINCIPAL),
            Map.entry("request.auth.principal", Attribute.TOKEN_PRINCIPAL),
            Map.entry("request.auth.audiences", Attribute.TOKEN_AUDIENCE),
            Map.entry("request.auth.presenter", Attribute.TOKEN_PRESENTER),
            Map.entry("destination.ip", Attribute.DESTINATION_IP),
            Map.entry("destination.port", Attribute.DESTINATION_PORT),
            Map.entry("connection.sni", Attribute.SERVER_NAME)));

    /** Keys that are followed by a name in brackets. */
    private static final Map<String, Attribute> KEYED = new TreeMap<>(Map.of(
            "request.headers", Attribute.HEADER,
            "request.auth.claims", Attribute.TOKEN_CLAIM,
            "experimental.envoy.filters.", Attribute.FILTER));

    /** Keys of older versions, with what took their place. */
    private static final Map<String, String> REPLACED = Map.of(
            "destination.namespace", "the namespace of the policy says it",
            "destination.labels", "write spec.selector",
            "destination.name", "write spec.selector",
            "destination.user", "write spec.selector");

    private IstioConditions() {}

    /** @param namespace of the policy */
    static Optional<GateTerm> read(Cursor condition, String namespace) {
        Optional<Cursor> field = CrdRules.required(condition, "key");
        Optional<String> key = field.flatMap(Cursor::text);
        Optional<Cursor> values = condition.child("values");
        Optional<Cursor> notValues = condition.child("notValues");
        if (isEmpty(values) && isEmpty(notValues)) {
            Invalid.required(condition, "values", "at least one of values or notValues must be set", "");
            return Optional.empty();
        }
        return key.flatMap(text -> subject(field.get(), text, namespace))
                .flatMap(subject -> IstioTerms.term(subject, values, notValues));
    }

    private static boolean isEmpty(Optional<Cursor> list) {
        return list.filter(l ->
                        !(l.value() instanceof Value.Sequence s && s.items().isEmpty()))
                .isEmpty();
    }

    private static Optional<IstioTerms.Subject> subject(Cursor field, String key, String namespace) {
        Attribute plain = PLAIN.get(key);
        if (plain != null) {
            return Optional.of(new IstioTerms.Subject(plain, "", namespace));
        }
        for (Map.Entry<String, Attribute> keyed : KEYED.entrySet()) {
            if (key.startsWith(keyed.getKey())) {
                return bracketed(field, key, keyed.getKey(), keyed.getValue(), namespace);
            }
        }
        int bracket = key.indexOf('[');
        String replaced = REPLACED.getOrDefault(bracket < 0 ? key : key.substring(0, bracket), "");
        List<String> known = java.util.stream.Stream.concat(
                        PLAIN.keySet().stream(), KEYED.keySet().stream().map(k -> k + "[NAME]"))
                .toList();
        Invalid.text(field, key, "unknown attribute", replaced.isEmpty() ? Spelling.hint(key, known, "") : replaced);
        return Optional.empty();
    }

    private static Optional<IstioTerms.Subject> bracketed(
            Cursor field, String key, String prefix, Attribute attribute, String namespace) {
        int open = key.indexOf('[');
        boolean exact = attribute == Attribute.FILTER || open == prefix.length();
        if (!key.endsWith("]") || open <= 0 || open >= key.length() - 2 || !exact) {
            Invalid.text(field, key, "should have the format " + prefix + "[NAME]", "");
            return Optional.empty();
        }
        String name = key.substring(open + 1, key.length() - 1);
        String which = switch (attribute) {
            case HEADER -> name.toLowerCase(Locale.ROOT);
            case FILTER -> key.substring("experimental.".length());
            default -> name;
        };
        return Optional.of(new IstioTerms.Subject(attribute, which, namespace));
    }
}
