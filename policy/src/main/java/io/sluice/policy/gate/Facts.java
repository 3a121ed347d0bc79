package io.sluice.policy.gate;

import io.sluice.policy.model.GateTerm.Attribute;
import io.sluice.policy.model.Mesh;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the destination's proxy sees of a request: what is said of it, and what follows from the cluster.
 *
 * @param encrypted whether the destination takes mutual TLS; without it nobody has an identity
 * @param tokens whether the destination looks at tokens; otherwise no request has one
 */
record Facts(Snapshot snapshot, Request request, boolean encrypted, boolean tokens) {
    /** {@code trust-domain/ns/NAMESPACE/sa/ACCOUNT} (SPIFFE identities as Istio has them). */
    private static final Pattern IDENTITY = Pattern.compile("(.+?)/ns/([^/]+)/sa/([^/]+)");

    private static final Optional<List<String>> UNKNOWN = Optional.empty();
    private static final Optional<List<String>> ABSENT = Optional.of(List.of());

    /** The values of an attribute; empty where it is not known. */
    Optional<List<String>> values(Attribute attribute, String key, boolean http) {
        Optional<List<String>> said = request.values(attribute, key);
        if (said.isPresent() && attribute != Attribute.SOURCE_PRINCIPAL) {
            return attribute == Attribute.PATH ? said.map(Facts::withoutQuery) : said;
        }
        return switch (attribute) {
            case SOURCE_PRINCIPAL -> principal();
            case SOURCE_NAMESPACE -> ofIdentity(m -> m.group(2));
            case SOURCE_ACCOUNT -> ofIdentity(m -> m.group(2) + "/" + m.group(3));
            case SOURCE_TRUST_DOMAIN -> ofIdentity(m -> m.group(1));
            case SOURCE_IP -> sourceAddress();
            case REMOTE_IP -> http ? UNKNOWN : sourceAddress();
            case DESTINATION_IP -> address(request.connection().to());
            case DESTINATION_PORT ->
                Optional.of(List.of(Integer.toString(request.connection().port())));
            case TOKEN_PRINCIPAL, TOKEN_AUDIENCE, TOKEN_PRESENTER, TOKEN_CLAIM -> tokens ? UNKNOWN : ABSENT;
            case SERVER_NAME, HOST, METHOD, PATH, HEADER, FILTER -> UNKNOWN;
        };
    }

    /** Whether every HTTP request has the attribute, known or not. */
    static boolean isAlwaysThere(Attribute attribute) {
        return switch (attribute) {
            case HOST, METHOD, PATH -> true;
            case SOURCE_PRINCIPAL,
                    SOURCE_NAMESPACE,
                    SOURCE_ACCOUNT,
                    SOURCE_TRUST_DOMAIN,
                    SOURCE_IP,
                    REMOTE_IP,
                    DESTINATION_IP,
                    DESTINATION_PORT,
                    SERVER_NAME,
                    HEADER,
                    TOKEN_PRINCIPAL,
                    TOKEN_AUDIENCE,
                    TOKEN_PRESENTER,
                    TOKEN_CLAIM,
                    FILTER -> false;
        };
    }

    /** Who the source proves to be; an empty list for nobody. */
    Optional<List<String>> principal() {
        Optional<List<String>> said = request.values(Attribute.SOURCE_PRINCIPAL, "");
        if (said.isPresent()) {
            return said.map(all -> all.stream().map(Facts::withoutScheme).toList());
        }
        if (!encrypted) {
            return ABSENT;
        }
        return request.stranger()
                ? UNKNOWN
                : identity(snapshot, request.connection().from());
    }

    /** Who a party proves to be by mutual TLS: nobody, one identity, or unknown. */
    static Optional<List<String>> identity(Snapshot snapshot, Party source) {
        Mesh mesh = snapshot.mesh();
        return switch (source) {
            case Party.OfPod(var pod, Ip _) ->
                Membership.of(snapshot, pod) == Membership.NONE
                        ? ABSENT
                        : Optional.of(List.of(mesh.trustDomain() + "/ns/" + pod.namespace() + "/sa/"
                                + pod.account().name()));
            case Party.OfNode _ -> ABSENT;
            // Somebody outside may belong to the mesh from another cluster.
            case Party.OfNetwork _ -> UNKNOWN;
        };
    }

    private Optional<List<String>> sourceAddress() {
        return request.stranger() ? UNKNOWN : address(request.connection().from());
    }

    private Optional<List<String>> ofIdentity(Function<Matcher, String> part) {
        return principal()
                .map(all -> all.stream()
                        .map(IDENTITY::matcher)
                        .filter(Matcher::matches)
                        .map(part)
                        .toList());
    }

    private static Optional<List<String>> address(Party party) {
        return party.address().map(ip -> List.of(ip.toString()));
    }

    private static String withoutScheme(String principal) {
        return principal.startsWith("spiffe://") ? principal.substring("spiffe://".length()) : principal;
    }

    /** The proxy compares the path without query and fragment. */
    private static List<String> withoutQuery(List<String> paths) {
        return paths.stream().map(path -> path.replaceFirst("[?#].*", "")).toList();
    }
}
