package io.sluice.policy.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that is asked of a request: an attribute is one of the values and none of the others.
 *
 * @param key which header, claim or filter; empty for other attributes; a header's is in lower case
 * @param values any of them will do; none at all is no demand
 * @param notValues none of them may match; an attribute that the request does not have matches nothing, so that a demand
 *     of this kind alone holds without it
 */
public record GateTerm(Attribute attribute, String key, List<GateMatch> values, List<GateMatch> notValues) {
    public GateTerm {
        values = List.copyOf(values);
        notValues = List.copyOf(notValues);
    }

    /** {@code method is GET or POST and not HEAD}. */
    @Override
    public String toString() {
        String is = values.isEmpty() ? "" : " is " + text(values);
        String not = notValues.isEmpty() ? "" : (values.isEmpty() ? " is not " : " and not ") + text(notValues);
        return attribute.words(key) + is + not;
    }

    private static String text(List<GateMatch> matches) {
        return matches.stream().map(GateMatch::toString).collect(Collectors.joining(" or "));
    }

    /** What a proxy can know of a request. */
    public enum Attribute {
        SOURCE_PRINCIPAL("source principal", false),
        SOURCE_NAMESPACE("source namespace", false),
        /** {@code namespace/account}. */
        SOURCE_ACCOUNT("source service account", false),
        SOURCE_TRUST_DOMAIN("source trust domain", false),
        /** The peer of the connection. */
        SOURCE_IP("source address", false),
        /** The client that X-Forwarded-For or the PROXY protocol names; otherwise the peer. */
        REMOTE_IP("client address", false),
        DESTINATION_IP("destination address", false),
        DESTINATION_PORT("port", false),
        SERVER_NAME("server name (SNI)", false),
        HOST("host", true),
        METHOD("method", true),
        PATH("path", true),
        HEADER("header", true),
        /** {@code issuer/subject} of the token. */
        TOKEN_PRINCIPAL("token principal", true),
        TOKEN_AUDIENCE("token audience", true),
        TOKEN_PRESENTER("token presenter", true),
        TOKEN_CLAIM("token claim", true),
        /** Something that another filter of the proxy noted. */
        FILTER("filter metadata", false);

        private final String words;
        private final boolean httpOnly;

        Attribute(String words, boolean httpOnly) {
            this.words = words;
            this.httpOnly = httpOnly;
        }

        /** Whether only a proxy that reads HTTP can know it. */
        public boolean httpOnly() {
            return httpOnly;
        }

        /** Whether it says who the source is, which mutual TLS proves. */
        public boolean isIdentity() {
            return switch (this) {
                case SOURCE_PRINCIPAL, SOURCE_NAMESPACE, SOURCE_ACCOUNT, SOURCE_TRUST_DOMAIN -> true;
                case SOURCE_IP,
                        REMOTE_IP,
                        DESTINATION_IP,
                        DESTINATION_PORT,
                        SERVER_NAME,
                        HOST,
                        METHOD,
                        PATH,
                        HEADER,
                        TOKEN_PRINCIPAL,
                        TOKEN_AUDIENCE,
                        TOKEN_PRESENTER,
                        TOKEN_CLAIM,
                        FILTER -> false;
            };
        }

        public String words(String key) {
            return key.isEmpty() ? words : words + " " + key;
        }
    }
}
