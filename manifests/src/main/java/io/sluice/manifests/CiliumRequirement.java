package io.sluice.manifests;

import io.sluice.policy.model.Selector;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One condition of a Cilium selector on one label of an identity.
 *
 * @param source who gave the label: {@code k8s}, {@code reserved}, ...; {@code any} where none is written
 * @param key without its source
 * @param operator In, NotIn, Exists or DoesNotExist
 * @param place of the condition
 */
record CiliumRequirement(String source, String key, String operator, Set<String> values, Cursor place) {
    static final String NAMESPACE = "io.kubernetes.pod.namespace";
    static final String NAMESPACE_LABEL = "io.cilium.k8s.namespace.labels.";
    static final String ACCOUNT = "io.cilium.k8s.policy.serviceaccount";
    static final String CLUSTER = "io.cilium.k8s.policy.cluster";

    private static final List<String> OPERATORS = List.of("In", "NotIn", "Exists", "DoesNotExist");

    /**
     * Labels that are no part of an identity unless the agent is told so (Cilium, "Limiting Identity-Relevant Labels"):
     * no selector finds a pod by them.
     */
    private static final Pattern LEFT_OUT = Pattern.compile("(io\\.kubernetes|kubernetes\\.io|k8s\\.io"
            + "|.*beta\\.kubernetes\\.io|topology\\.kubernetes\\.io|statefulset\\.kubernetes\\.io/pod-name"
            + "|apps\\.kubernetes\\.io/pod-index|batch\\.kubernetes\\.io/job-completion-index"
            + "|batch\\.kubernetes\\.io/controller-uid|pod-template-generation|pod-template-hash"
            + "|controller-revision-hash|controller-uid|annotation|etcd_node).*");

    /** One of {@code matchLabels}. */
    static CiliumRequirement label(String written, String value, Cursor place) {
        return of(written, "In", Set.of(value), place);
    }

    /** One of {@code matchExpressions}, checked. */
    static CiliumRequirement expression(Cursor expression) {
        String written = expression.text("key").orElse("");
        String operator = expression.text("operator").orElse("");
        Set<String> values = new TreeSet<>();
        List<Cursor> items = expression.list("values");
        for (Cursor item : items) {
            item.text().ifPresent(text -> {
                Invalid.text(item, text, NameRules.labelValue(text));
                values.add(text);
            });
        }
        boolean listed = operator.equals("In") || operator.equals("NotIn");
        if (!OPERATORS.contains(operator)) {
            Cursor at = expression.child("operator").orElse(expression.missing("operator"));
            Invalid.notSupported(at, operator, OPERATORS, Spelling.hint(operator, OPERATORS, ""));
        } else if (listed && items.isEmpty()) {
            Invalid.required(expression, "values", "must be specified when `operator` is 'In' or 'NotIn'", "");
        } else if (!listed && !items.isEmpty()) {
            Invalid.forbidden(
                    expression.child("values").orElse(expression),
                    "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
                    "");
        }
        Cursor place = expression.child("key").orElse(expression.missing("key"));
        return of(written, operator, values, place);
    }

    private static CiliumRequirement of(String written, String operator, Set<String> values, Cursor place) {
        int colon = written.indexOf(':');
        String source = colon < 0 ? "any" : written.substring(0, colon);
        String key = written.substring(colon + 1);
        for (String reason : NameRules.labelKey(key)) {
            place.problems()
                    .error(
                            "invalid-value",
                            place.keyPlace(),
                            place.path() + ": Invalid value: " + Quote.text(written) + ": " + reason,
                            "");
        }
        return new CiliumRequirement(source, key, operator, values, place);
    }

    /** Whether it may speak of labels that Kubernetes gives: those of pods and of their namespaces. */
    boolean isOfKubernetes() {
        return source.equals("k8s") || source.equals("any");
    }

    boolean isReserved() {
        return source.equals("reserved");
    }

    boolean isOfNamespaceName() {
        return isOfKubernetes() && key.equals(NAMESPACE);
    }

    boolean isOfNamespaceLabel() {
        return isOfKubernetes() && key.startsWith(NAMESPACE_LABEL);
    }

    boolean isOfCluster() {
        return isOfKubernetes() && key.equals(CLUSTER);
    }

    /** Whether no pod has such a label: it comes from elsewhere, or Cilium leaves it out of identities. */
    boolean isOfNoPod() {
        boolean own = key.equals(NAMESPACE) || key.equals(ACCOUNT) || key.equals(CLUSTER);
        return !isOfKubernetes() || (!own && LEFT_OUT.matcher(key).matches());
    }

    /** Whether it holds for whoever has no such label: so do NotIn and DoesNotExist. */
    boolean holdsWithout() {
        return operator.equals("NotIn") || operator.equals("DoesNotExist");
    }

    /** The same condition on another attribute. */
    Selector on(String attribute) {
        return switch (operator) {
            case "In" -> new Selector.In(attribute, values);
            case "NotIn" -> new Selector.Not(new Selector.In(attribute, values));
            case "DoesNotExist" -> new Selector.Not(new Selector.Has(attribute));
            default -> new Selector.Has(attribute);
        };
    }
}
