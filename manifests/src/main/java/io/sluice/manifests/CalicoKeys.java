package io.sluice.manifests;

import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Selector;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What the labels of a Calico selector mean, by the place where it stands. Calico gives every pod three labels of its own
 * ({@code projectcalico.org/namespace}, {@code /orchestrator}, {@code /serviceaccount}), and {@code projectcalico.org/name}
 * to every namespace and service account; a pod inherits the labels of its namespace and of its account under the
 * prefixes {@code pcns.} and {@code pcsa.} (libcalico-go/lib/backend/k8s/conversion).
 */
final class CalicoKeys {
    static final String NAMESPACE = "projectcalico.org/namespace";
    static final String OF_NAMESPACE = "pcns.";

    private static final String NAME = "projectcalico.org/name";
    private static final String ORCHESTRATOR = "projectcalico.org/orchestrator";
    private static final String KUBERNETES = "k8s";
    private static final String ACCOUNT = "projectcalico.org/serviceaccount";
    private static final String OF_ACCOUNT = "pcsa.";

    private CalicoKeys() {}

    /** A selector of endpoints, asked of pods. */
    static Selector ofPods(Selector selector) {
        return map(selector, Selector.ALL, CalicoKeys::ofPod);
    }

    /** A selector of namespaces, asked of those that there are; no namespace is {@code global()}. */
    static Selector ofNamespaces(Selector selector) {
        return map(
                selector,
                Selector.ALL,
                leaf -> leaf.equals(CalicoSelector.GLOBAL)
                        ? CalicoSelector.NEVER
                        : renamed(leaf, key -> key.equals(NAME) ? Namespace.NAME_LABEL : key));
    }

    /**
     * The same, asked of what lies in no namespace: it has none of the labels, {@code all()} is every namespace and
     * therefore does not match, a negation does.
     */
    static boolean matchesOutside(Selector selector) {
        return map(selector, CalicoSelector.NEVER, leaf -> leaf.equals(CalicoSelector.GLOBAL) ? Selector.ALL : leaf)
                .matches(Map.of());
    }

    /** A selector of service accounts, asked of pods. */
    static Selector ofAccounts(Selector selector) {
        return map(
                selector,
                Selector.ALL,
                leaf -> renamed(leaf, key -> key.equals(NAME) ? Pod.ACCOUNT : Pod.ACCOUNT_LABEL + key));
    }

    /** Whether some label that the selector asks for is of a kind. */
    static boolean asksFor(Selector selector, Predicate<String> kind) {
        return switch (selector) {
            case Selector.All(var parts) -> parts.stream().anyMatch(part -> asksFor(part, kind));
            case Selector.Any(var parts) -> parts.stream().anyMatch(part -> asksFor(part, kind));
            case Selector.Not(Selector part) -> asksFor(part, kind);
            case Selector.Has(String key) -> kind.test(key);
            case Selector.In(String key, var _) -> kind.test(key);
            case Selector.Text(String key, var _, var _) -> kind.test(key);
        };
    }

    private static Selector ofPod(Selector leaf) {
        if (asksFor(leaf, ORCHESTRATOR::equals)) {
            return leaf.matches(Map.of(ORCHESTRATOR, KUBERNETES)) ? Selector.ALL : CalicoSelector.NEVER;
        }
        return renamed(leaf, CalicoKeys::attribute);
    }

    private static String attribute(String key) {
        if (key.startsWith(OF_ACCOUNT)) {
            String label = key.substring(OF_ACCOUNT.length());
            return label.equals(NAME) ? Pod.ACCOUNT : Pod.ACCOUNT_LABEL + label;
        }
        return switch (key) {
            case NAMESPACE -> Pod.NAMESPACE;
            case ACCOUNT -> Pod.ACCOUNT;
            default -> key;
        };
    }

    private static Selector renamed(Selector leaf, UnaryOperator<String> name) {
        return switch (leaf) {
            case Selector.Has(String key) -> new Selector.Has(name.apply(key));
            case Selector.In(String key, Set<String> values) -> new Selector.In(name.apply(key), values);
            case Selector.Text(String key, var where, String text) -> new Selector.Text(name.apply(key), where, text);
            case Selector.All _, Selector.Any _, Selector.Not _ -> leaf;
        };
    }

    /** @param all what {@code all()} becomes */
    private static Selector map(Selector selector, Selector all, Function<Selector, Selector> leaf) {
        return switch (selector) {
            case Selector.All(var parts) when parts.isEmpty() -> all;
            case Selector.All(var parts) ->
                new Selector.All(
                        parts.stream().map(part -> map(part, all, leaf)).toList());
            case Selector.Any(var parts) ->
                new Selector.Any(
                        parts.stream().map(part -> map(part, all, leaf)).toList());
            case Selector.Not(Selector part) -> new Selector.Not(map(part, all, leaf));
            case Selector.Has _, Selector.In _, Selector.Text _ -> leaf.apply(selector);
        };
    }
}
