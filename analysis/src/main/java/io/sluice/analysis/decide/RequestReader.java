package io.sluice.analysis.decide;

import io.sluice.policy.gate.Request;
import io.sluice.policy.model.GateTerm.Attribute;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a question says of the request: {@code "request":{"method","path","host","headers":{…},"principal","claims":{…},
 * "sni","clientIp"}}. What it leaves out is not known; headers and claims are whole where they are given, and an empty
 * text is the absence of a principal.
 */
final class RequestReader {
    private RequestReader() {}

    /** @throws BadLine where a member is not known or of the wrong type */
    static UnaryOperator<Request> read(Map<String, Object> question) {
        Object object = question.get("request");
        if (object == null) {
            return UnaryOperator.identity();
        }
        if (!(object instanceof Map<?, ?> members)) {
            throw new BadLine("\"request\" must be an object");
        }
        // Read once, so that what is wrong is found whether or not a gate is there to be asked.
        members.forEach((name, value) -> check(String.valueOf(name), value));
        return request -> {
            Request all = request;
            for (Map.Entry<?, ?> member : members.entrySet()) {
                all = said(all, String.valueOf(member.getKey()), member.getValue());
            }
            return all;
        };
    }

    private static void check(String name, Object value) {
        switch (name) {
            case "method", "path", "host", "principal", "sni", "clientIp" -> text(name, value);
            case "headers", "claims" -> map(name, value);
            default ->
                throw new BadLine("\"request\" has no member \"" + name
                        + "\"; it has method, path, host, headers, principal, claims, sni and clientIp");
        }
    }

    private static Request said(Request request, String name, Object value) {
        return switch (name) {
            case "method" -> request.with(Attribute.METHOD, text(name, value));
            case "path" -> request.with(Attribute.PATH, text(name, value));
            case "host" -> request.with(Attribute.HOST, text(name, value));
            case "sni" -> request.with(Attribute.SERVER_NAME, text(name, value));
            case "clientIp" -> request.with(Attribute.REMOTE_IP, text(name, value));
            case "principal" -> {
                String principal = text(name, value);
                yield request.with(
                        Attribute.SOURCE_PRINCIPAL, "", principal.isEmpty() ? List.of() : List.of(principal));
            }
            case "headers" -> headers(request, map(name, value));
            default -> claims(request, map(name, value));
        };
    }

    private static Request headers(Request request, Map<?, ?> headers) {
        Request all = request.complete(Attribute.HEADER);
        for (Map.Entry<?, ?> header : headers.entrySet()) {
            // A header that is sent several times is one whose values are joined (RFC 9110, 5.3).
            all = all.with(
                    Attribute.HEADER,
                    String.valueOf(header.getKey()).toLowerCase(Locale.ROOT),
                    List.of(String.join(",", values(header.getValue()))));
        }
        return all;
    }

    /** Principal, audiences and presenter of a token are claims of it. */
    private static Request claims(Request request, Map<?, ?> claims) {
        Request all = request.complete(Attribute.TOKEN_CLAIM)
                .complete(Attribute.TOKEN_PRINCIPAL)
                .complete(Attribute.TOKEN_AUDIENCE)
                .complete(Attribute.TOKEN_PRESENTER);
        all = claims(all, "", claims);
        if (claims.get("iss") instanceof String issuer && claims.get("sub") instanceof String subject) {
            all = all.with(Attribute.TOKEN_PRINCIPAL, issuer + "/" + subject);
        }
        if (claims.containsKey("aud")) {
            all = all.with(Attribute.TOKEN_AUDIENCE, "", values(claims.get("aud")));
        }
        return claims.containsKey("azp") ? all.with(Attribute.TOKEN_PRESENTER, "", values(claims.get("azp"))) : all;
    }

    /** @param above the keys around these, as {@code request.auth.claims[a][b]} has them */
    private static Request claims(Request request, String above, Map<?, ?> claims) {
        Request all = request;
        for (Map.Entry<?, ?> claim : claims.entrySet()) {
            String key = above + claim.getKey();
            all = claim.getValue() instanceof Map<?, ?> inner
                    ? claims(all, key + "][", inner)
                    : all.with(Attribute.TOKEN_CLAIM, key, values(claim.getValue()));
        }
        return all;
    }

    private static List<String> values(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(value.toString());
    }

    private static String text(String name, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new BadLine("\"" + name + "\" of the request must be a string");
    }

    private static Map<?, ?> map(String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new BadLine("\"" + name + "\" of the request must be an object");
    }
}
