package io.sluice.analysis.lint;

import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A policy together with its text: where each part of it stands.
 *
 * <p>The peers and ports of the model are counted as the dialects write them: an item of {@code from}, {@code to} and
 * {@code ports} is one of the model's, except that an item with {@code networks} is one for each network.
 */
public record PolicyText(Policy policy, ObjectText text) {
    private static final Set<String> KINDS =
            Set.of("NetworkPolicy", "ClusterNetworkPolicy", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy");

    /** Whether a policy's text has this form: policies of other dialects are not looked into by the checks. */
    static boolean isKnown(Policy policy) {
        return KINDS.contains(policy.id().kind());
    }

    /** The kind whose rules end with the isolation of the pods that it selects. */
    public boolean isNetworkPolicy() {
        return policy.id().kind().equals("NetworkPolicy");
    }

    public SourcePosition position() {
        return text.at("metadata", "name");
    }

    /** The path of the subject's pod selector. */
    public List<Object> subjectPods() {
        return isNetworkPolicy() ? List.of("spec", "podSelector") : List.of("spec", "subject", "pods", "podSelector");
    }

    /** The path of the subject's namespace selector, where the kind has one. */
    public List<Object> subjectNamespaces() {
        return text.has("spec", "subject", "namespaces")
                ? List.of("spec", "subject", "namespaces")
                : List.of("spec", "subject", "pods", "namespaceSelector");
    }

    public SourcePosition subject() {
        return isNetworkPolicy() ? text.at("spec", "podSelector") : text.at("spec", "subject");
    }

    public List<Object> section(Direction direction) {
        return List.of("spec", direction.toString());
    }

    public List<Object> rule(Direction direction, int rule) {
        return List.of("spec", direction.toString(), rule);
    }

    /** The path of the item that a peer of the model was read from. */
    public List<Object> peer(Direction direction, int rule, int peer) {
        String list = direction == Direction.INGRESS ? "from" : "to";
        List<Object> base = extend(rule(direction, rule), list);
        int items = text.size(base.toArray());
        int left = peer;
        for (int item = 0; item < items; item++) {
            List<Object> networks = extend(base, item, "networks");
            int here = Math.max(1, text.size(networks.toArray()));
            if (left < here) {
                return text.has(networks.toArray()) ? extend(networks, left) : extend(base, item);
            }
            left -= here;
        }
        return base;
    }

    /** The path of a peer's pod selector. */
    public List<Object> peerPods(Direction direction, int rule, int peer) {
        List<Object> item = peer(direction, rule, peer);
        List<Object> pods = isNetworkPolicy() ? item : extend(item, "pods");
        return extend(pods, "podSelector");
    }

    /** The path of a peer's namespace selector. */
    public List<Object> peerNamespaces(Direction direction, int rule, int peer) {
        List<Object> item = peer(direction, rule, peer);
        if (isNetworkPolicy()) {
            return extend(item, "namespaceSelector");
        }
        List<Object> namespaces = extend(item, "namespaces");
        return text.has(namespaces.toArray()) ? namespaces : extend(item, "pods", "namespaceSelector");
    }

    /** The path of the item that a port of the model was read from. */
    public List<Object> port(Direction direction, int rule, int port) {
        List<Object> protocols = extend(rule(direction, rule), "protocols");
        List<Object> list = text.has(protocols.toArray()) ? protocols : extend(rule(direction, rule), "ports");
        return extend(list, port);
    }

    public SourcePosition at(List<Object> path) {
        return text.at(path.toArray());
    }

    /** Where a selector asks for a label: its key in matchLabels, or its entry in matchExpressions. */
    public SourcePosition label(List<Object> selector, String key) {
        List<Object> labels = extend(selector, "matchLabels", key);
        if (text.has(labels.toArray())) {
            return text.keyAt(labels.toArray());
        }
        List<Object> expressions = extend(selector, "matchExpressions");
        for (int i = 0; i < text.size(expressions.toArray()); i++) {
            if (text.text(extend(expressions, i, "key").toArray())
                    .filter(key::equals)
                    .isPresent()) {
                return at(extend(expressions, i, "key"));
            }
        }
        return at(selector);
    }

    /** A path and what comes after it. */
    public static List<Object> extend(List<Object> path, Object... more) {
        List<Object> out = new ArrayList<>(path);
        out.addAll(List.of(more));
        return out;
    }
}
