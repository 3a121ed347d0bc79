package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.gate.Gate;
import io.sluice.policy.gate.GateDecision;
import io.sluice.policy.gate.Outcome;
import io.sluice.policy.gate.Request;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Connection;
import io.sluice.policy.model.GateTerm.Attribute;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.Arrays;
import java.util.List;

/**
 * A small mesh: {@code shop/web} (account web), {@code shop/cart}, {@code test/curl} and {@code plain/old}, which is not in
 * the mesh; web listens for HTTP on 8080, for plain TCP on 9000 and for something undeclared on 7000.
 */
final class GateScene {
    private static final String CLUSTER = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: plain, labels: {istio-injection: disabled}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {namespace: shop, name: web, labels: {app: web}}
            spec: {serviceAccountName: web, containers: [{name: c, image: i, ports: [{containerPort: 8080, name: main}]}]}
            status: {podIP: 10.0.0.1}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {namespace: shop, name: cart, labels: {app: cart}}
            spec: {serviceAccountName: cart, containers: [{name: c, image: i}]}
            status: {podIP: 10.0.0.2}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {namespace: test, name: curl}
            spec: {containers: [{name: c, image: i}]}
            status: {podIP: 10.1.0.3}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {namespace: plain, name: old}
            spec: {containers: [{name: c, image: i}]}
            status: {podIP: 10.1.0.4}
            ---
            apiVersion: v1
            kind: Service
            metadata: {namespace: shop, name: web}
            spec:
              selector: {app: web}
              ports: [{name: http-main, port: 80, targetPort: main}, {name: tcp-raw, port: 9000}]
            """;

    private GateScene() {}

    /** The scene with more objects. */
    static Snapshot with(String more) {
        Manifests read = Reading.of(CLUSTER + "---\n" + more);
        assertThat(read.hasErrors()).as(read.diagnostics().toString()).isFalse();
        return read.snapshot();
    }

    /** A policy of {@code shop} with this spec, in flow form. */
    static String policy(String spec) {
        return policy("shop", "p", spec);
    }

    static String policy(String namespace, String name, String spec) {
        return """
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {namespace: %s, name: %s}
                spec: {%s}
                """.formatted(namespace, name, spec);
    }

    /** Decides what {@code words} ask of {@code shop/web}. */
    static GateDecision decide(Snapshot snapshot, String words) {
        return Gate.of(snapshot).decide(request(snapshot, words));
    }

    static Outcome outcome(Snapshot snapshot, String words) {
        return decide(snapshot, words).outcome();
    }

    /**
     * {@code test/curl:8080 method=GET path=/a host=h x-user=joe principal=p token=iss/sub claim.k=v sni=s client=ip}: who
     * asks on which port for what; other names are headers; "only" at the end: there are no other headers and claims.
     */
    static Request request(Snapshot snapshot, String words) {
        String[] parts = words.strip().split(" +");
        int colon = parts[0].lastIndexOf(':');
        AddressBook book = AddressBook.of(snapshot);
        Party to = party(snapshot, book, "shop/web");
        Party from = party(snapshot, book, parts[0].substring(0, colon));
        Request request =
                Request.of(new Connection(from, to, Protocol.TCP, Integer.parseInt(parts[0].substring(colon + 1))));
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            request = said(request, part);
        }
        return request;
    }

    private static Request said(Request request, String part) {
        if (part.equals("only")) {
            return request.complete(Attribute.HEADER).complete(Attribute.TOKEN_CLAIM);
        }
        String name = part.substring(0, part.indexOf('='));
        String value = part.substring(part.indexOf('=') + 1);
        List<String> values = value.equals("-") ? List.of() : List.of(value.split(","));
        return switch (name) {
            case "method" -> request.with(Attribute.METHOD, value);
            case "path" -> request.with(Attribute.PATH, value);
            case "host" -> request.with(Attribute.HOST, value);
            case "principal" -> request.with(Attribute.SOURCE_PRINCIPAL, "", values);
            case "token" -> request.with(Attribute.TOKEN_PRINCIPAL, "", values);
            case "aud" -> request.with(Attribute.TOKEN_AUDIENCE, "", values);
            case "azp" -> request.with(Attribute.TOKEN_PRESENTER, "", values);
            case "sni" -> request.with(Attribute.SERVER_NAME, value);
            case "client" -> request.with(Attribute.REMOTE_IP, value);
            default ->
                name.startsWith("claim.")
                        ? request.with(Attribute.TOKEN_CLAIM, name.substring("claim.".length()), values)
                        : request.with(Attribute.HEADER, name, values);
        };
    }

    private static Party party(Snapshot snapshot, AddressBook book, String who) {
        return snapshot.pods().stream()
                .filter(p -> p.fullName().equals(who))
                .findFirst()
                .map(book::partyOf)
                .orElseGet(() -> book.party(Ip.parse(who)));
    }
}
