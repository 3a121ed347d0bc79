package io.sluice.analysis.explain;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Policy;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pieces of policies as their authors write them. Kinds that are not known here give an empty text. */
final class Dialect {
    private Dialect() {}

    /** Somebody to let in or out. */
    record Somebody(
            String namespace,
            Map<String, String> labels,
            @Nullable Ip address) {}

    static boolean isNetworkPolicy(Policy policy) {
        return policy.id().kind().equals("NetworkPolicy");
    }

    private static boolean isCluster(Policy policy) {
        return policy.id().kind().equals("ClusterNetworkPolicy");
    }

    private static boolean isAdmin(Policy policy) {
        return policy.id().kind().endsWith("AdminNetworkPolicy");
    }

    /** Whether a peer of this kind can be written there: cluster policies have no addresses among ingress peers. */
    static boolean canName(Policy policy, Direction direction, Somebody somebody) {
        return isNetworkPolicy(policy)
                || (isCluster(policy) || isAdmin(policy))
                        && (somebody.address == null || direction == Direction.EGRESS);
    }

    static boolean canNamePort(Policy policy, Protocol protocol) {
        return protocol.hasPorts() && (isNetworkPolicy(policy) || isCluster(policy) || isAdmin(policy));
    }

    static String port(Policy policy, Protocol protocol, int port) {
        if (isNetworkPolicy(policy)) {
            return "- protocol: " + protocol + "\n  port: " + port + "\n";
        }
        if (isCluster(policy)) {
            return "- " + protocol.toString().toLowerCase(Locale.ROOT) + ":\n    destinationPort:\n      number: "
                    + port + "\n";
        }
        return "- portNumber:\n    protocol: " + protocol + "\n    port: " + port + "\n";
    }

    static String peer(Policy policy, Somebody somebody) {
        if (somebody.address != null) {
            String cidr = somebody.address + "/" + somebody.address.bits();
            return isNetworkPolicy(policy)
                    ? "- ipBlock:\n    cidr: " + cidr + "\n"
                    : "- networks:\n    - " + cidr + "\n";
        }
        boolean own =
                isNetworkPolicy(policy) && somebody.namespace.equals(policy.id().namespace());
        String selectors = (own ? "" : selector("namespaceSelector", Map.of(Namespace.NAME_LABEL, somebody.namespace)))
                + selector("podSelector", somebody.labels);
        return isNetworkPolicy(policy) ? item(selectors) : "- pods:\n" + indent(indent(selectors));
    }

    /** A rule with an optional port. */
    static String rule(
            Policy policy, Direction direction, Somebody somebody, Protocol protocol, int port, boolean withPort) {
        String peers = direction == Direction.INGRESS ? "from" : "to";
        StringBuilder body = new StringBuilder();
        if (!isNetworkPolicy(policy)) {
            body.append("action: ")
                    .append(isCluster(policy) ? "Accept" : "Allow")
                    .append('\n');
        }
        body.append(peers).append(":\n").append(indent(peer(policy, somebody)));
        if (withPort) {
            body.append(isCluster(policy) ? "protocols:\n" : "ports:\n").append(indent(port(policy, protocol, port)));
        }
        return item(body.toString());
    }

    /** A NetworkPolicy that isolates pods in one direction and allows nothing. */
    static String defaultDeny(String namespace, String name, Map<String, String> labels, Direction direction) {
        return "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: " + name + "\n  namespace: "
                + namespace + "\nspec:\n" + indent(selector("podSelector", labels)) + "  policyTypes: ["
                + (direction == Direction.INGRESS ? "Ingress" : "Egress") + "]\n";
    }

    private static String selector(String name, Map<String, String> labels) {
        if (labels.isEmpty()) {
            return name + ": {}\n";
        }
        StringBuilder out = new StringBuilder(name + ":\n  matchLabels:\n");
        new java.util.TreeMap<>(labels)
                .forEach((key, value) -> out.append("    ")
                        .append(key)
                        .append(": ")
                        .append(
                                value.matches("[A-Za-z_/.][A-Za-z0-9_./-]*")
                                                && !value.matches("(?i)true|false|yes|no|on|off|null|y|n")
                                        ? value
                                        : "\"" + value + "\"")
                        .append('\n'));
        return out.toString();
    }

    /** The lines as one item of a list. */
    private static String item(String lines) {
        return "- " + indent(lines).substring(2);
    }

    private static String indent(String lines) {
        return lines.indent(2);
    }
}
