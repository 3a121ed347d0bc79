package io.sluice.testing;

import io.sluice.policy.gate.Request.Trait;
import io.sluice.policy.model.GateMatch;
import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.GatePolicy.Action;
import io.sluice.policy.model.GateRule;
import io.sluice.policy.model.GateTerm;
import io.sluice.policy.model.GateTerm.Attribute;
import io.sluice.policy.model.Mesh;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Random policies of a gate and random requests, from so few values that they often meet. */
record RandomGate(Chance chance) {
    private static final List<String> PRINCIPALS =
            List.of("cluster.local/ns/n1/sa/s1", "cluster.local/ns/n2/sa/s1", "other/ns/n1/sa/s2");

    private static final List<Attribute> OF_SOURCES = List.of(
            Attribute.SOURCE_PRINCIPAL,
            Attribute.SOURCE_NAMESPACE,
            Attribute.SOURCE_ACCOUNT,
            Attribute.SOURCE_TRUST_DOMAIN,
            Attribute.SOURCE_IP,
            Attribute.TOKEN_PRINCIPAL);

    private static final List<Attribute> OF_OPERATIONS =
            List.of(Attribute.HOST, Attribute.METHOD, Attribute.PATH, Attribute.DESTINATION_PORT);

    private static final List<Attribute> OF_CONDITIONS =
            List.of(Attribute.HEADER, Attribute.TOKEN_CLAIM, Attribute.SERVER_NAME, Attribute.DESTINATION_PORT);

    List<GatePolicy> policies() {
        List<GatePolicy> policies = new ArrayList<>();
        int count = chance.between(1, 4);
        for (int i = 0; i < count; i++) {
            Action action =
                    chance.among(Action.ALLOW, Action.ALLOW, Action.DENY, Action.DENY, Action.CUSTOM, Action.AUDIT);
            policies.add(new GatePolicy(
                    new PolicyId("AuthorizationPolicy", "n1", "p" + i),
                    SourcePosition.NONE,
                    new Mesh.Scope("n1", false, Selector.ALL),
                    List.of(),
                    action,
                    action == Action.CUSTOM ? chance.among("a", "a", "a", "b") : "",
                    chance.percent(10),
                    chance.some(3, this::rule)));
        }
        return policies;
    }

    private GateRule rule() {
        return new GateRule(
                chance.some(2, () -> terms(OF_SOURCES)),
                chance.some(2, () -> terms(OF_OPERATIONS)),
                chance.percent(30) ? terms(OF_CONDITIONS) : List.of(),
                SourcePosition.NONE);
    }

    private List<GateTerm> terms(List<Attribute> attributes) {
        List<GateTerm> terms = new ArrayList<>();
        int count = chance.between(1, 2);
        for (int i = 0; i < count; i++) {
            Attribute attribute = chance.among(attributes);
            boolean both = chance.percent(15);
            boolean negated = chance.percent(25);
            terms.add(new GateTerm(
                    attribute,
                    key(attribute),
                    both || !negated ? matches(attribute) : List.of(),
                    both || negated ? matches(attribute) : List.of()));
        }
        return terms;
    }

    private static String key(Attribute attribute) {
        return attribute == Attribute.HEADER || attribute == Attribute.TOKEN_CLAIM ? "k" : "";
    }

    private List<GateMatch> matches(Attribute attribute) {
        List<GateMatch> all = new ArrayList<>();
        int count = chance.between(1, 2);
        for (int i = 0; i < count; i++) {
            all.add(match(attribute));
        }
        return all;
    }

    private GateMatch match(Attribute attribute) {
        return switch (attribute) {
            case SOURCE_PRINCIPAL -> text(chance.among("*", "*/s1", "cluster.local/*", PRINCIPALS.getFirst()));
            case SOURCE_NAMESPACE -> new GateMatch.Glob(chance.among("n1", "n2", "n*", "*2", "x"));
            case SOURCE_ACCOUNT -> text(chance.among("n1/s1", "n1/s2", "n2/s1"));
            case SOURCE_TRUST_DOMAIN -> text(chance.among("cluster.local", "oth*", "*"));
            case SOURCE_IP ->
                new GateMatch.Network(Cidr.parse(chance.among("10.0.0.0/24", "10.0.1.0/24", "10.0.0.1/32")));
            case TOKEN_PRINCIPAL -> GateMatch.IssuerAndSubject.of(chance.among("*", "i/*", "*/s", "i/s", "i/x"));
            case HOST -> GateMatch.Text.of(chance.among("a.COM", "*.com", "a*", "*"), true);
            case METHOD -> text(chance.among("GET", "PUT", "*"));
            case PATH -> {
                String path = chance.among("/a", "/a*", "*/b", "*", "/a/{*}", "/{*}/b", "/a/{**}");
                yield GateMatch.Template.isOne(path) ? new GateMatch.Template(path) : text(path);
            }
            case DESTINATION_PORT -> new GateMatch.Number(chance.among(70, 80, 90));
            case SERVER_NAME -> text(chance.among("s", "*"));
            default -> text(chance.among("v", "w*", "*w", "*"));
        };
    }

    private static GateMatch text(String written) {
        return GateMatch.Text.of(written, false);
    }

    /** All there is to know of a request. */
    Map<Trait, List<String>> facts(String address, int port) {
        Map<Trait, List<String>> facts = new HashMap<>();
        facts.put(new Trait(Attribute.SOURCE_IP, ""), List.of(address));
        facts.put(new Trait(Attribute.DESTINATION_PORT, ""), List.of("" + port));
        facts.put(new Trait(Attribute.METHOD, ""), List.of(chance.among("GET", "PUT", "DELETE")));
        facts.put(new Trait(Attribute.PATH, ""), List.of(chance.among("/a", "/a/", "/a/b", "/c/b", "/a/b/c", "/")));
        facts.put(new Trait(Attribute.HOST, ""), List.of(chance.among("a.com", "B.com", "a.org")));
        facts.put(new Trait(Attribute.HEADER, "k"), chance.among(List.of(), List.of("v"), List.of("ww"), List.of("z")));
        facts.put(
                new Trait(Attribute.TOKEN_CLAIM, "k"),
                chance.among(List.of(), List.of("v"), List.of("x", "w"), List.of("z")));
        facts.put(
                new Trait(Attribute.TOKEN_PRINCIPAL, ""),
                chance.among(List.of(), List.of("i/s"), List.of("i/x"), List.of("j/s")));
        facts.put(new Trait(Attribute.SERVER_NAME, ""), chance.among(List.of(), List.of("s"), List.of("t")));
        identity(facts, chance.percent(25) ? "" : chance.among(PRINCIPALS));
        return facts;
    }

    private static void identity(Map<Trait, List<String>> facts, String principal) {
        String[] parts = principal.split("/");
        boolean none = principal.isEmpty();
        facts.put(new Trait(Attribute.SOURCE_PRINCIPAL, ""), none ? List.of() : List.of(principal));
        facts.put(new Trait(Attribute.SOURCE_TRUST_DOMAIN, ""), none ? List.of() : List.of(parts[0]));
        facts.put(new Trait(Attribute.SOURCE_NAMESPACE, ""), none ? List.of() : List.of(parts[2]));
        facts.put(new Trait(Attribute.SOURCE_ACCOUNT, ""), none ? List.of() : List.of(parts[2] + "/" + parts[4]));
    }
}
