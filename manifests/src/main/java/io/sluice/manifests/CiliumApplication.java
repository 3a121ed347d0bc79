package io.sluice.manifests;

import io.sluice.policy.model.Application;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an item of {@code toPorts} demands of the application, checked. A demand that every request of its protocol
 * fulfils restricts no connection: {@code http: [{}]} takes every HTTP request and a DNS rule with the pattern
 * <code>*</code> every name, and a connection that speaks neither is accepted before the proxy can see it. Such a demand
 * is reported and not kept.
 */
final class CiliumApplication {
    private static final List<String> KINDS = List.of("http", "kafka", "dns", "l7proto");
    private static final int LAST_LISTENER = 100;

    private CiliumApplication() {}

    /** Of one item of {@code toPorts}. */
    static Optional<Application> read(Cursor toPorts, boolean ingress, CiliumScope scope) {
        Optional<Cursor> rules = toPorts.mapping("rules").filter(CiliumApplication::saysSomething);
        rules.ifPresent(r -> check(toPorts, r, ingress));
        Optional<Cursor> terminating = toPorts.mapping("terminatingTLS");
        Optional<Cursor> originating = toPorts.mapping("originatingTLS");
        Stream.concat(terminating.stream(), originating.stream())
                .forEach(tls -> CrdRules.required(tls, "secret")
                        .filter(Cursor::expectMapping)
                        .ifPresent(secret -> CrdRules.requiredText(secret, "name")));
        List<Cursor> serverNames = toPorts.list("serverNames");
        serverNames.forEach(CiliumApplication::serverName);
        if (!serverNames.isEmpty() && rules.isPresent() && terminating.isEmpty()) {
            rules.get()
                    .error(
                            "invalid-value",
                            "ServerNames are not allowed with L7 rules without TLS termination",
                            "add terminatingTLS, or remove one of them");
        }
        Optional<Cursor> listener = toPorts.mapping("listener");
        listener.ifPresent(l -> listener(l, rules, ingress));

        List<Application> demands = new ArrayList<>();
        rules.flatMap(r -> demand(r, scope)).ifPresent(demands::add);
        if (!serverNames.isEmpty()) {
            demands.add(new Application("TLS", texts(serverNames)));
        } else if (terminating.isPresent() || originating.isPresent()) {
            demands.add(new Application("TLS", terminating.isPresent() ? "terminated" : "originated"));
        }
        listener.map(l -> new Application("Envoy", l.text("name").orElse(""))).ifPresent(demands::add);
        return together(demands);
    }

    /** What a rule demands of the peer's authentication. */
    static Optional<Application> authentication(Cursor rule) {
        return rule.mapping("authentication")
                .flatMap(a -> CrdRules.required(a, "mode"))
                .flatMap(m -> CrdRules.oneOf(m, List.of("disabled", "required", "test-always-fail")))
                .filter(mode -> !mode.equals("disabled"))
                .map(mode -> new Application("mutual authentication", mode));
    }

    /** Several demands as one. */
    static Optional<Application> together(List<Application> demands) {
        if (demands.size() <= 1) {
            return demands.stream().findFirst();
        }
        String rest = demands.stream().skip(1).map(Application::toString).collect(Collectors.joining(" and "));
        Application first = demands.getFirst();
        return Optional.of(new Application(first.protocol(), first.demand() + " and " + rest));
    }

    private static boolean saysSomething(Cursor rules) {
        return Stream.of("http", "kafka", "dns", "l7proto", "l7")
                .anyMatch(name -> rules.child(name).isPresent());
    }

    private static void check(Cursor toPorts, Cursor rules, boolean ingress) {
        List<String> kinds =
                KINDS.stream().filter(k -> rules.child(k).isPresent()).toList();
        if (kinds.size() > 1) {
            rules.error("invalid-value", "multiple L7 protocol rule types specified in single rule", "split the item");
        }
        if (rules.child("l7").isPresent() && rules.child("l7proto").isEmpty()) {
            rules.error("invalid-value", "'l7' may only be specified when a 'l7proto' is also specified", "");
        }
        boolean dns = !rules.list("dns").isEmpty();
        if (dns && ingress) {
            rules.error("invalid-value", "DNS rules are not allowed on ingress", "");
        }
        if (rules.child("dns").isPresent() && toPorts.list("ports").isEmpty()) {
            rules.error("invalid-value", "port 53 must be specified for DNS rules", "");
        }
        if (dns) {
            for (Cursor port : toPorts.list("ports")) {
                port.whole("endPort")
                        .filter(e -> !port.text("port").orElse("").equals(e.toString()) && e > 0)
                        .ifPresent(_ -> port.error("invalid-value", "DNS rules do not support port ranges", ""));
            }
        } else {
            CiliumPorts.firstNot(toPorts, "TCP"::equals)
                    .ifPresent(port -> port.error(
                            "invalid-value",
                            "L7 rules can only apply to TCP (not "
                                    + port.text("protocol").orElse("ANY") + ") except for DNS rules",
                            "write protocol: TCP"));
        }
        CiliumPorts.firstZero(toPorts)
                .ifPresent(port ->
                        port.error("invalid-value", "L7 rules can not be used when a port is 0", "name the ports"));
    }

    private static void listener(Cursor listener, Optional<Cursor> rules, boolean ingress) {
        String name = CrdRules.required(listener, "name").flatMap(Cursor::text).orElse("");
        if (ingress) {
            listener.error("invalid-value", "Listener is not allowed on ingress (" + Quote.shortened(name) + ")", "");
        }
        if (rules.isPresent()) {
            listener.error(
                    "invalid-value", "Listener is not allowed with L7 rules (" + Quote.shortened(name) + ")", "");
        }
        listener.child("priority").ifPresent(p -> CrdRules.between(p, 1, LAST_LISTENER));
        CrdRules.required(listener, "envoyConfig").filter(Cursor::expectMapping).ifPresent(config -> {
            config.child("kind")
                    .ifPresent(k -> CrdRules.oneOf(k, List.of("CiliumEnvoyConfig", "CiliumClusterwideEnvoyConfig")));
            CrdRules.requiredText(config, "name");
        });
    }

    private static void serverName(Cursor item) {
        if (item.text().filter(String::isEmpty).isPresent()) {
            item.error("invalid-value", "empty server name is not allowed", "");
        }
    }

    private static Optional<Application> demand(Cursor rules, CiliumScope scope) {
        if (rules.child("http").isPresent()) {
            List<Cursor> items = rules.list("http");
            List<String> shown = items.stream().map(CiliumApplication::request).toList();
            return unlessAny(rules, "http", shown.contains(""), "HTTP", shown, scope);
        }
        if (rules.child("dns").isPresent()) {
            List<String> names = rules.list("dns").stream()
                    .flatMap(item -> CiliumNames.pattern(item, false).stream())
                    .toList();
            return unlessAny(rules, "dns", names.contains("*"), "DNS", names, scope);
        }
        return Optional.of(
                rules.child("kafka").isPresent()
                        ? new Application("Kafka", rules.list("kafka").size() + " rules")
                        : new Application(rules.text("l7proto").orElse("?"), "as its parser demands"));
    }

    private static Optional<Application> unlessAny(
            Cursor rules, String field, boolean any, String protocol, List<String> shown, CiliumScope scope) {
        if (!any) {
            return Optional.of(new Application(protocol, shown.isEmpty() ? "nothing" : String.join(" or ", shown)));
        }
        scope.warn(
                rules.child(field).orElse(rules),
                "cilium-any-request",
                "every " + (protocol.equals("DNS") ? "name may be asked for" : "request is allowed")
                        + ", so the rule is read as one about the ports; that it must be " + protocol
                        + " is not enforced here",
                "");
        return Optional.empty();
    }

    /** A request in words, empty where every request is meant. */
    private static String request(Cursor item) {
        if (!item.expectMapping()) {
            return "?";
        }
        List<String> parts = new ArrayList<>();
        item.text("method").filter(t -> !t.isEmpty()).ifPresent(parts::add);
        item.text("path").filter(t -> !t.isEmpty()).ifPresent(parts::add);
        item.text("host").filter(t -> !t.isEmpty()).ifPresent(t -> parts.add("host " + t));
        item.list("headers").forEach(h -> h.text().ifPresent(t -> parts.add("header " + t)));
        for (Cursor match : item.list("headerMatches")) {
            if (match.expectMapping()) {
                match.child("mismatch").ifPresent(m -> CrdRules.oneOf(m, List.of("LOG", "ADD", "DELETE", "REPLACE")));
                String name =
                        CrdRules.required(match, "name").flatMap(Cursor::text).orElse("");
                parts.add("header " + name);
            }
        }
        return String.join(" ", parts);
    }

    private static String texts(List<Cursor> items) {
        return items.stream().flatMap(i -> i.text().stream()).collect(Collectors.joining(" or "));
    }
}
