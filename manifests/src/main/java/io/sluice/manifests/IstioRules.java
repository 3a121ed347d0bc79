package io.sluice.manifests;

import io.sluice.policy.model.GatePolicy.Action;
import io.sluice.policy.model.GateRule;
import io.sluice.policy.model.GateTerm;
import io.sluice.policy.model.GateTerm.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rules of an AuthorizationPolicy. */
record IstioRules(Action action, String namespace) {
    private static final int MOST = 512;

    private static final Map<String, Attribute> SOURCE = new LinkedHashMap<>();
    private static final Map<String, Attribute> OPERATION = new LinkedHashMap<>();

    static {
        SOURCE.put("principals", Attribute.SOURCE_PRINCIPAL);
        SOURCE.put("requestPrincipals", Attribute.TOKEN_PRINCIPAL);
        SOURCE.put("namespaces", Attribute.SOURCE_NAMESPACE);
        SOURCE.put("serviceAccounts", Attribute.SOURCE_ACCOUNT);
        SOURCE.put("trustDomains", Attribute.SOURCE_TRUST_DOMAIN);
        SOURCE.put("ipBlocks", Attribute.SOURCE_IP);
        SOURCE.put("remoteIpBlocks", Attribute.REMOTE_IP);
        OPERATION.put("hosts", Attribute.HOST);
        OPERATION.put("ports", Attribute.DESTINATION_PORT);
        OPERATION.put("methods", Attribute.METHOD);
        OPERATION.put("paths", Attribute.PATH);
    }

    List<GateRule> read(Cursor list) {
        List<Cursor> items = list.items();
        CrdRules.atMost(list, items.size(), MOST, "");
        List<GateRule> rules = new ArrayList<>(items.size());
        for (Cursor item : items) {
            if (item.value().isNull()) {
                item.error("required-value", "Required value: a rule must not be null", "write {} to match everything");
            } else if (item.expectMapping()) {
                rules.add(rule(item));
            }
        }
        return rules;
    }

    private GateRule rule(Cursor item) {
        List<List<GateTerm>> from = alternatives(item, "from", "source", SOURCE);
        List<List<GateTerm>> to = alternatives(item, "to", "operation", OPERATION);
        List<GateTerm> when = new ArrayList<>();
        for (Cursor condition : item.list("when")) {
            if (condition.expectMapping()) {
                IstioConditions.read(condition, namespace).ifPresent(term -> {
                    when.add(term);
                    supported(condition.child("key").orElse(condition), term);
                });
            }
        }
        if (action == Action.DENY) {
            warnOfTcp(item, from, to);
        }
        return new GateRule(from, to, when, item.position());
    }

    private List<List<GateTerm>> alternatives(
            Cursor rule, String field, String wrapper, Map<String, Attribute> fields) {
        Optional<Cursor> list = rule.child(field);
        if (list.isEmpty()) {
            return List.of();
        }
        List<Cursor> items = list.get().items();
        CrdRules.atMost(list.get(), items.size(), MOST, "");
        if (items.isEmpty()) {
            list.get().error("invalid-value", "Invalid value: []: must not be empty", "remove it to match everything");
        }
        List<List<GateTerm>> all = new ArrayList<>(items.size());
        for (Cursor item : items) {
            if (item.expectMapping()) {
                Optional<Cursor> found = CrdRules.required(item, wrapper).filter(Cursor::expectMapping);
                found.map(one -> terms(one, fields)).ifPresent(all::add);
            }
        }
        return all;
    }

    private List<GateTerm> terms(Cursor parent, Map<String, Attribute> fields) {
        List<GateTerm> terms = new ArrayList<>();
        int errors = parent.problems().errors();
        fields.forEach((name, attribute) -> IstioTerms.field(parent, name, attribute, namespace)
                .ifPresent(term -> {
                    terms.add(term);
                    supported(
                            parent.child(name)
                                    .or(() -> parent.child(IstioTerms.negated(name)))
                                    .orElse(parent),
                            term);
                }));
        if (terms.isEmpty() && parent.problems().errors() == errors) {
            parent.error("invalid-value", "Invalid value: {}: must not be empty", "");
        }
        boolean accounts = has(terms, Attribute.SOURCE_ACCOUNT);
        if (accounts && (has(terms, Attribute.SOURCE_PRINCIPAL) || has(terms, Attribute.SOURCE_NAMESPACE))) {
            Invalid.forbidden(
                    parent, "serviceAccounts cannot be set together with namespaces or principals", "make two sources");
        }
        return terms;
    }

    private static boolean has(List<GateTerm> terms, Attribute attribute) {
        return terms.stream().anyMatch(t -> t.attribute() == attribute);
    }

    /** A CUSTOM rule is asked before identities are looked at. */
    private void supported(Cursor field, GateTerm term) {
        if (action != Action.CUSTOM) {
            return;
        }
        switch (term.attribute()) {
            case SOURCE_PRINCIPAL,
                    SOURCE_NAMESPACE,
                    SOURCE_ACCOUNT,
                    SOURCE_TRUST_DOMAIN,
                    TOKEN_PRINCIPAL,
                    TOKEN_AUDIENCE,
                    TOKEN_PRESENTER,
                    TOKEN_CLAIM -> Invalid.forbidden(field, "not supported with action CUSTOM", "");
            case SOURCE_IP,
                    REMOTE_IP,
                    DESTINATION_IP,
                    DESTINATION_PORT,
                    SERVER_NAME,
                    HOST,
                    METHOD,
                    PATH,
                    HEADER,
                    FILTER -> {}
        }
    }

    /** The warning of Istio's own webhook: what is dropped on a port of plain TCP leaves a denial of everything. */
    private static void warnOfTcp(Cursor rule, List<List<GateTerm>> from, List<List<GateTerm>> to) {
        boolean onlyHttpFrom = !from.isEmpty() && to.isEmpty() && from.stream().allMatch(IstioRules::isHttpOnly);
        boolean onlyHttpTo = !to.isEmpty() && to.stream().allMatch(IstioRules::isHttpOnly);
        if (onlyHttpFrom || onlyHttpTo) {
            rule.problems()
                    .warning(
                            "deny-without-port",
                            rule.place(),
                            rule.path() + ": a DENY rule with HTTP attributes only also denies all traffic to ports of"
                                    + " plain TCP",
                            "say which ports are meant with to.operation.ports");
        }
    }

    private static boolean isHttpOnly(List<GateTerm> terms) {
        return terms.stream().allMatch(t -> t.attribute().httpOnly());
    }
}
