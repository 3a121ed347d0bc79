package io.sluice.manifests;

import static io.sluice.manifests.Shape.ANY;

import java.util.List;

/** The fields of the security.istio.io kinds. */
final class IstioShapes {
    private static final Shape SELECTOR = Shape.of().with("matchLabels", ANY);

    private static final Shape TARGET =
            Shape.of().with("group", ANY).with("kind", ANY).with("name", ANY).with("namespace", ANY);

    private static final Shape SCOPE =
            Shape.of().with("selector", SELECTOR).with("targetRef", TARGET).with("targetRefs", TARGET.asList());

    private static final Shape SOURCE = withNegations(List.of(
            "principals",
            "requestPrincipals",
            "namespaces",
            "serviceAccounts",
            "trustDomains",
            "ipBlocks",
            "remoteIpBlocks"));

    private static final Shape OPERATION = withNegations(List.of("hosts", "ports", "methods", "paths"));

    private static final Shape RULE = Shape.of()
            .with("from", Shape.of().with("source", SOURCE).asList())
            .with("to", Shape.of().with("operation", OPERATION).asList())
            .with(
                    "when",
                    Shape.of()
                            .with("key", ANY)
                            .with("values", ANY)
                            .with("notValues", ANY)
                            .asList());

    static final Shape AUTHORIZATION_POLICY = Shape.object(SCOPE.with("rules", RULE.asList())
            .with("action", ANY)
            .with("provider", Shape.of().with("name", ANY)));

    static final Shape PEER_AUTHENTICATION = Shape.object(Shape.of()
            .with("selector", SELECTOR)
            .with("mtls", Shape.of().with("mode", ANY))
            .with("portLevelMtls", ANY));

    static final Shape REQUEST_AUTHENTICATION = Shape.object(SCOPE.with(
            "jwtRules",
            Shape.of()
                    .with("issuer", ANY)
                    .with("audiences", ANY)
                    .with("jwksUri", ANY)
                    .with("jwks_uri", ANY)
                    .with("jwks", ANY)
                    .with(
                            "fromHeaders",
                            Shape.of().with("name", ANY).with("prefix", ANY).asList())
                    .with("fromParams", ANY)
                    .with("fromCookies", ANY)
                    .with("outputPayloadToHeader", ANY)
                    .with(
                            "outputClaimToHeaders",
                            Shape.of().with("header", ANY).with("claim", ANY).asList())
                    .with("forwardOriginalToken", ANY)
                    .with("spaceDelimitedClaims", ANY)
                    .with("timeout", ANY)
                    .asList()));

    private IstioShapes() {}

    /** The fields with the forms that negate them: {@code paths} and {@code notPaths}. */
    private static Shape withNegations(List<String> fields) {
        Shape shape = Shape.of();
        for (String field : fields) {
            shape = shape.with(field, ANY);
        }
        for (String field : fields) {
            shape = shape.with(IstioTerms.negated(field), ANY);
        }
        return shape;
    }
}
