package io.sluice.testing;

import io.sluice.policy.gate.Outcome;
import io.sluice.policy.gate.Request.Trait;
import io.sluice.policy.model.GateMatch;
import io.sluice.policy.model.GatePolicy;
import io.sluice.policy.model.GatePolicy.Action;
import io.sluice.policy.model.GateRule;
import io.sluice.policy.model.GateTerm;
import io.sluice.policy.model.GateTerm.Attribute;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The gate again, written from the sentences of Istio's reference and not from {@code policy.gate}: for a request of which
 * everything is known, from the texts of the values.
 *
 * @param facts the values of attributes; those that are not there are absent
 */
record NaiveGate(List<GatePolicy> policies, boolean http, Map<Trait, List<String>> facts) {
    private static final Set<Attribute> OF_HTTP = EnumSet.of(
            Attribute.HOST,
            Attribute.METHOD,
            Attribute.PATH,
            Attribute.HEADER,
            Attribute.TOKEN_PRINCIPAL,
            Attribute.TOKEN_AUDIENCE,
            Attribute.TOKEN_PRESENTER,
            Attribute.TOKEN_CLAIM);

    Outcome outcome() {
        Set<String> providers = new java.util.HashSet<>();
        boolean asked = false;
        for (GatePolicy policy : of(Action.CUSTOM)) {
            providers.add(policy.provider());
            asked |= matches(policy);
        }
        if (asked && providers.size() > 1) {
            return Outcome.DENY;
        }
        for (GatePolicy policy : of(Action.DENY)) {
            if (matches(policy)) {
                return Outcome.DENY;
            }
        }
        List<GatePolicy> allowing = of(Action.ALLOW);
        boolean allowed = allowing.isEmpty();
        for (GatePolicy policy : allowing) {
            allowed |= matches(policy);
        }
        return allowed ? asked ? Outcome.ASK : Outcome.ALLOW : Outcome.DENY;
    }

    private List<GatePolicy> of(Action action) {
        List<GatePolicy> found = new ArrayList<>();
        for (GatePolicy policy : policies) {
            if (policy.action() == action && !policy.dryRun()) {
                found.add(policy);
            }
        }
        return found;
    }

    private boolean matches(GatePolicy policy) {
        for (GateRule rule : policy.rules()) {
            if (matches(rule, policy.action())) {
                return true;
            }
        }
        return false;
    }

    /** Every choice of one source and one operation, each written out with the conditions. */
    private boolean matches(GateRule rule, Action action) {
        List<List<GateTerm>> sources = rule.sources().isEmpty() ? List.of(List.of()) : rule.sources();
        List<List<GateTerm>> operations = rule.operations().isEmpty() ? List.of(List.of()) : rule.operations();
        boolean found = false;
        for (List<GateTerm> source : sources) {
            for (List<GateTerm> operation : operations) {
                List<GateTerm> all = new ArrayList<>(source);
                all.addAll(operation);
                all.addAll(rule.conditions());
                boolean speaksHttp = all.stream().anyMatch(t -> OF_HTTP.contains(t.attribute()));
                if (!http && speaksHttp && action == Action.ALLOW) {
                    return false;
                }
                all.removeIf(t -> !http && OF_HTTP.contains(t.attribute()));
                found |= all.stream().allMatch(this::holds);
            }
        }
        return found;
    }

    private boolean holds(GateTerm term) {
        List<String> values = facts.getOrDefault(new Trait(term.attribute(), term.key()), List.of());
        boolean wanted = term.values().isEmpty() || equal(term.attribute(), values, term.values());
        return wanted && !equal(term.attribute(), values, term.notValues());
    }

    private static boolean equal(Attribute attribute, List<String> values, List<GateMatch> wanted) {
        for (String value : values) {
            for (GateMatch match : wanted) {
                if (equal(attribute, value, match.toString())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean equal(Attribute attribute, String value, String wanted) {
        if (attribute == Attribute.SOURCE_IP) {
            int slash = wanted.indexOf('/');
            return slash < 0 ? value.equals(wanted) : value.startsWith("10.0." + wanted.split("\\.")[2] + ".");
        }
        if (attribute == Attribute.HOST) {
            return glob(value.toLowerCase(Locale.ROOT), wanted.toLowerCase(Locale.ROOT));
        }
        return wanted.contains("{") ? template(value, wanted) : glob(value, wanted);
    }

    /** A star stands for anything. */
    private static boolean glob(String value, String wanted) {
        if (wanted.isEmpty()) {
            return value.isEmpty();
        }
        if (wanted.charAt(0) != '*') {
            return !value.isEmpty()
                    && value.charAt(0) == wanted.charAt(0)
                    && glob(value.substring(1), wanted.substring(1));
        }
        return glob(value, wanted.substring(1)) || !value.isEmpty() && glob(value.substring(1), wanted);
    }

    /** Segment by segment. */
    private static boolean template(String value, String wanted) {
        List<String> given = List.of(value.split("/", -1));
        List<String> asked = List.of(wanted.split("/", -1));
        for (int i = 0; i < asked.size(); i++) {
            if (asked.get(i).equals("{**}")) {
                return i < given.size();
            }
            boolean fits = i < given.size()
                    && (asked.get(i).equals("{*}")
                            ? !given.get(i).isEmpty()
                            : given.get(i).equals(asked.get(i)));
            if (!fits) {
                return false;
            }
        }
        return asked.size() == given.size();
    }
}
