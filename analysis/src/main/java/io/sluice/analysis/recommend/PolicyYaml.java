package io.sluice.analysis.recommend;

import io.sluice.analysis.output.JsonWriter;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** NetworkPolicies as YAML, as a person would write them. */
public final class PolicyYaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9./_-]*|[0-9]+(\\.[0-9]+){3}/[0-9]+");
    private static final Set<String> WORDS = Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    private final StringBuilder out = new StringBuilder();

    private PolicyYaml() {}

    /** One document a draft. */
    public static String of(List<Draft> drafts) {
        StringBuilder all = new StringBuilder();
        for (Draft draft : drafts) {
            all.append(all.isEmpty() ? "" : "---\n").append(of(draft));
        }
        return all.toString();
    }

    /** One document. */
    public static String of(Draft draft) {
        PolicyYaml yaml = new PolicyYaml();
        yaml.policy(draft);
        return yaml.out.toString();
    }

    private void line(int indent, String text) {
        out.repeat(' ', indent).append(text).append('\n');
    }

    private void policy(Draft draft) {
        Policy policy = draft.policy();
        draft.remarks().forEach(remark -> line(0, "# " + remark));
        line(0, "apiVersion: networking.k8s.io/v1");
        line(0, "kind: NetworkPolicy");
        line(0, "metadata:");
        line(2, "name: " + scalar(policy.id().name()));
        line(2, "namespace: " + scalar(policy.id().namespace()));
        line(0, "spec:");
        selector(2, "podSelector", policy.subject().pods());
        line(
                2,
                "policyTypes: ["
                        + String.join(
                                ", ",
                                policy.sections().stream()
                                        .map(section -> section.direction() == Direction.INGRESS ? "Ingress" : "Egress")
                                        .toList())
                        + "]");
        policy.sections().forEach(section -> section(draft, section));
    }

    private void section(Draft draft, Section section) {
        if (section.rules().isEmpty()) {
            return;
        }
        line(2, section.direction() + ":");
        for (Rule rule : section.rules()) {
            rule(draft, section.direction(), rule);
        }
    }

    private void rule(Draft draft, Direction direction, Rule rule) {
        boolean everybody = rule.peers().contains(Peer.EVERYTHING);
        boolean everything = rule.ports().contains(PortMatch.EVERYTHING);
        if (everybody && everything) {
            line(4, "- {}");
            return;
        }
        String dash = "- ";
        if (!everybody) {
            line(4, dash + (direction == Direction.INGRESS ? "from:" : "to:"));
            dash = "  ";
            for (Peer peer : rule.peers()) {
                String said = draft.peers().get(peer);
                if (said != null) {
                    line(8, "# " + said);
                }
                peer(peer);
            }
        }
        if (!everything) {
            line(4, dash + "ports:");
            rule.ports().forEach(this::port);
        }
    }

    private void peer(Peer peer) {
        switch (peer) {
            case Peer.Pods(NamespaceMatch.Labelled(Selector namespaces), Selector pods) -> {
                selector(8, "- namespaceSelector", 12, namespaces);
                selector(10, "podSelector", pods);
            }
            case Peer.Pods(NamespaceMatch.Named _, Selector pods) -> selector(8, "- podSelector", 12, pods);
            case Peer.Network(Cidr cidr, List<Cidr> except) -> {
                line(8, "- ipBlock:");
                line(12, "cidr: " + scalar(cidr.toString()));
                if (!except.isEmpty()) {
                    line(12, "except:");
                    except.forEach(e -> line(14, "- " + scalar(e.toString())));
                }
            }
            case Peer.Everything _,
                    Peer.Nodes _,
                    Peer.OwnNode _,
                    Peer.World _,
                    Peer.Domain _,
                    Peer.All _,
                    Peer.Any _,
                    Peer.Not _ -> throw new IllegalArgumentException("a NetworkPolicy has no such peer: " + peer);
        }
    }

    private void port(PortMatch port) {
        switch (port) {
            case PortMatch.Named(String name, Protocol protocol) -> {
                line(8, "- protocol: " + (protocol == null ? Protocol.TCP : protocol));
                line(10, "port: " + scalar(name));
            }
            case PortMatch.Range(TrafficRange range) -> {
                line(8, "- protocol: " + new Protocol(range.first() >>> 16));
                int first = range.first() & 0xffff;
                int last = range.last() & 0xffff;
                if (first != 0 || last != 0xffff) {
                    line(10, "port: " + first);
                }
                if (first != last && first != 0) {
                    line(10, "endPort: " + last);
                }
            }
        }
    }

    private void selector(int indent, String name, Selector selector) {
        selector(indent, name, indent + 2, selector);
    }

    private void selector(int indent, String name, int inside, Selector selector) {
        List<Selector> parts = selector instanceof Selector.All(List<Selector> all) ? all : List.of(selector);
        if (parts.isEmpty()) {
            line(indent, name + ": {}");
            return;
        }
        line(indent, name + ":");
        List<Selector> labels = parts.stream().filter(PolicyYaml::isLabel).toList();
        if (!labels.isEmpty()) {
            line(inside, "matchLabels:");
            for (Selector label : labels) {
                Selector.In in = (Selector.In) label;
                line(
                        inside + 2,
                        scalar(in.key()) + ": " + scalar(in.values().iterator().next()));
            }
        }
        if (labels.size() < parts.size()) {
            line(inside, "matchExpressions:");
            parts.stream().filter(part -> !isLabel(part)).forEach(part -> expression(inside + 2, part));
        }
    }

    private static boolean isLabel(Selector part) {
        return part instanceof Selector.In in && in.values().size() == 1;
    }

    private void expression(int indent, Selector part) {
        switch (part) {
            case Selector.In(String key, Set<String> values) -> expression(indent, key, "In", values);
            case Selector.Not(Selector.In(String key, Set<String> values)) -> expression(indent, key, "NotIn", values);
            case Selector.Has(String key) -> expression(indent, key, "Exists", Set.of());
            case Selector.Not(Selector.Has(String key)) -> expression(indent, key, "DoesNotExist", Set.of());
            case Selector.All _, Selector.Any _, Selector.Not _, Selector.Text _ ->
                throw new IllegalArgumentException("a label selector has no such part: " + part);
        }
    }

    private void expression(int indent, String key, String operator, Set<String> values) {
        line(indent, "- key: " + scalar(key));
        line(indent + 2, "operator: " + operator);
        if (!values.isEmpty()) {
            line(
                    indent + 2,
                    "values: ["
                            + String.join(
                                    ", ",
                                    values.stream().map(PolicyYaml::scalar).toList()) + "]");
        }
    }

    /** In quotes where YAML would read it as something else than this text. */
    private static String scalar(String text) {
        if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        StringBuilder quoted = new StringBuilder();
        JsonWriter.string(quoted, text);
        return quoted.toString();
    }
}
