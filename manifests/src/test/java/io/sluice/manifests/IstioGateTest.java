package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.gate.GateDecision;
import io.sluice.policy.gate.Outcome;
import io.sluice.policy.model.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AuthorizationPolicies mean, a line for each sentence of their reference. */
class IstioGateTest {
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            no rules with ALLOW is deny all          | selector: {}                                                              | test/curl:8080 method=GET path=/           | DENY
            an empty rule matches all                | rules: [{}]                                                               | test/curl:8080                             | ALLOW
            an empty rule matches all                | action: DENY, rules: [{}]                                                 | test/curl:8080                             | DENY
            ALLOW match                              | rules: [{to: [{operation: {methods: [GET]}}]}]                            | test/curl:8080 method=GET                  | ALLOW
            else deny                                | rules: [{to: [{operation: {methods: [GET]}}]}]                            | test/curl:8080 method=PUT                  | DENY
            no ALLOW policy is allow                 | action: DENY, rules: [{to: [{operation: {methods: [GET]}}]}]              | test/curl:8080 method=PUT                  | ALLOW
            DENY match                               | action: DENY, rules: [{to: [{operation: {methods: [GET]}}]}]              | test/curl:8080 method=GET                  | DENY
            methods know case                        | rules: [{to: [{operation: {methods: [GET]}}]}]                            | test/curl:8080 method=get                  | DENY
            another workload is not concerned        | selector: {matchLabels: {app: cart}}                                      | test/curl:8080                             | ALLOW
            values of a list are or                  | rules: [{to: [{operation: {methods: [GET, PUT]}}]}]                       | test/curl:8080 method=PUT                  | ALLOW
            fields of an operation are and           | rules: [{to: [{operation: {methods: [GET], paths: [/a]}}]}]               | test/curl:8080 method=GET path=/b          | DENY
            fields of an operation are and           | rules: [{to: [{operation: {methods: [GET], paths: [/a]}}]}]               | test/curl:8080 method=GET path=/a          | ALLOW
            entries of to are or                     | rules: [{to: [{operation: {paths: [/a]}}, {operation: {paths: [/b]}}]}]   | test/curl:8080 path=/b                     | ALLOW
            entries of from are or                   | rules: [{from: [{source: {namespaces: [shop]}}, {source: {ipBlocks: [10.1.0.3]}}]}] | test/curl:8080                   | ALLOW
            from and to are and                      | rules: [{from: [{source: {namespaces: [shop]}}], to: [{operation: {ports: ["8080"]}}]}] | test/curl:8080               | DENY
            from and to are and                      | rules: [{from: [{source: {namespaces: [shop]}}], to: [{operation: {ports: ["8080"]}}]}] | shop/cart:8080               | ALLOW
            when is and                              | rules: [{from: [{source: {namespaces: [shop]}}], when: [{key: destination.port, values: ["81"]}]}] | shop/cart:8080    | DENY
            conditions are and                       | rules: [{when: [{key: destination.port, values: ["8080"]}, {key: source.namespace, values: [test]}]}] | test/curl:8080 | ALLOW
            rules are or                             | rules: [{to: [{operation: {methods: [GET]}}]}, {from: [{source: {namespaces: [test]}}]}] | test/curl:8080 method=PUT   | ALLOW
            exact                                    | rules: [{to: [{operation: {paths: [/a]}}]}]                               | test/curl:8080 path=/a/b                   | DENY
            prefix*                                  | rules: [{to: [{operation: {paths: ["/a*"]}}]}]                            | test/curl:8080 path=/a/b                   | ALLOW
            *suffix                                  | rules: [{to: [{operation: {paths: ["*.js"]}}]}]                           | test/curl:8080 path=/a/b.js                | ALLOW
            * is present                             | rules: [{to: [{operation: {paths: ["*"]}}]}]                              | test/curl:8080                             | ALLOW
            a star inside is a sign                  | rules: [{to: [{operation: {paths: ["/a*b"]}}]}]                           | test/curl:8080 path=/acb                   | DENY
            the query does not count                 | rules: [{to: [{operation: {paths: [/a]}}]}]                               | test/curl:8080 path=/a?x=1                 | ALLOW
            {*} is one segment                       | rules: [{to: [{operation: {paths: ["/a/{*}/c"]}}]}]                       | test/curl:8080 path=/a/b/c                 | ALLOW
            {*} is no two segments                   | rules: [{to: [{operation: {paths: ["/a/{*}/c"]}}]}]                       | test/curl:8080 path=/a/b/b/c               | DENY
            {*} is no empty segment                  | rules: [{to: [{operation: {paths: ["/a/{*}/c"]}}]}]                       | test/curl:8080 path=/a//c                  | DENY
            {**} is any rest                         | rules: [{to: [{operation: {paths: ["/a/{**}"]}}]}]                        | test/curl:8080 path=/a/b/c                 | ALLOW
            {**} is also none                        | rules: [{to: [{operation: {paths: ["/a/{**}"]}}]}]                        | test/curl:8080 path=/a/                    | ALLOW
            {**} is behind its slash                 | rules: [{to: [{operation: {paths: ["/a/{**}"]}}]}]                        | test/curl:8080 path=/a                     | DENY
            hosts do not know case                   | rules: [{to: [{operation: {hosts: ["*.Example.com"]}}]}]                  | test/curl:8080 host=a.EXAMPLE.com          | ALLOW
            a host with its port is another          | rules: [{to: [{operation: {hosts: [a.com]}}]}]                            | test/curl:8080 host=a.com:8080             | DENY
            notPaths                                 | rules: [{to: [{operation: {notPaths: [/admin]}}]}]                        | test/curl:8080 path=/admin                 | DENY
            notPaths                                 | rules: [{to: [{operation: {notPaths: [/admin]}}]}]                        | test/curl:8080 path=/                      | ALLOW
            paths and notPaths are and               | rules: [{to: [{operation: {paths: ["/a*"], notPaths: [/a/x]}}]}]          | test/curl:8080 path=/a/x                   | DENY
            ports are the pod's                      | rules: [{to: [{operation: {ports: ["80"]}}]}]                             | test/curl:8080                             | DENY
            notPorts                                 | action: DENY, rules: [{to: [{operation: {notPorts: ["8080"]}}]}]          | test/curl:9000                             | DENY
            principals                               | rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/cart]}}]}] | shop/cart:8080                            | ALLOW
            principals by suffix                     | rules: [{from: [{source: {principals: ["*/sa/cart"]}}]}]                  | shop/cart:8080                             | ALLOW
            any principal                            | rules: [{from: [{source: {principals: ["*"]}}]}]                          | test/curl:8080                             | ALLOW
            no identity without mutual TLS           | rules: [{from: [{source: {principals: ["*"]}}]}]                          | plain/old:8080                             | DENY
            notPrincipals hold without identity      | rules: [{from: [{source: {notPrincipals: ["*"]}}]}]                       | plain/old:8080                             | ALLOW
            the identity is told                     | rules: [{from: [{source: {principals: [td/ns/a/sa/b]}}]}]                 | 8.8.8.8:8080 principal=spiffe://td/ns/a/sa/b | ALLOW
            namespaces                               | rules: [{from: [{source: {namespaces: [shop]}}]}]                         | shop/cart:8080                             | ALLOW
            a star in a namespace                    | rules: [{from: [{source: {namespaces: ["s*p"]}}]}]                        | shop/cart:8080                             | ALLOW
            notNamespaces                            | action: DENY, rules: [{from: [{source: {notNamespaces: [shop]}}]}]        | test/curl:8080                             | DENY
            notNamespaces hold without identity      | action: DENY, rules: [{from: [{source: {notNamespaces: [shop]}}]}]        | plain/old:8080                             | DENY
            serviceAccounts of the own namespace     | rules: [{from: [{source: {serviceAccounts: [cart]}}]}]                    | shop/cart:8080                             | ALLOW
            serviceAccounts of another               | rules: [{from: [{source: {serviceAccounts: [test/default]}}]}]            | test/curl:8080                             | ALLOW
            serviceAccounts of another               | rules: [{from: [{source: {serviceAccounts: [default]}}]}]                 | test/curl:8080                             | DENY
            trustDomains                             | rules: [{from: [{source: {trustDomains: [cluster.local]}}]}]              | test/curl:8080                             | ALLOW
            ipBlocks are the peer's address          | rules: [{from: [{source: {ipBlocks: [10.1.0.0/16]}}]}]                    | test/curl:8080                             | ALLOW
            CIDR matches pods                        | rules: [{from: [{source: {ipBlocks: [10.1.0.0/16]}}]}]                    | shop/cart:8080                             | DENY
            remoteIpBlocks are the client's          | rules: [{from: [{source: {remoteIpBlocks: [192.0.2.0/24]}}]}]             | shop/cart:8080 client=192.0.2.9            | ALLOW
            notIpBlocks                              | rules: [{from: [{source: {notIpBlocks: [10.1.0.3]}}]}]                    | test/curl:8080                             | DENY
            request.headers                          | rules: [{when: [{key: "request.headers[X-User]", values: [joe]}]}]        | test/curl:8080 x-user=joe                  | ALLOW
            a header that is not there               | rules: [{when: [{key: "request.headers[X-User]", values: ["*"]}]}]        | test/curl:8080 x-user=-                    | DENY
            notValues hold without it                | rules: [{when: [{key: "request.headers[X-User]", notValues: [joe]}]}]     | test/curl:8080 x-user=-                    | ALLOW
            values and notValues                     | rules: [{when: [{key: "request.headers[a]", values: ["j*"], notValues: [joe]}]}] | test/curl:8080 a=joe                | DENY
            source.ip                                | rules: [{when: [{key: source.ip, values: [10.1.0.3]}]}]                   | test/curl:8080                             | ALLOW
            destination.ip                           | rules: [{when: [{key: destination.ip, values: [10.0.0.1]}]}]              | test/curl:8080                             | ALLOW
            source.principal                         | rules: [{when: [{key: source.principal, notValues: [cluster.local/ns/test/sa/default]}]}] | test/curl:8080             | DENY
            connection.sni                           | rules: [{when: [{key: connection.sni, values: [www.example.com]}]}]       | test/curl:8080 sni=www.example.com         | ALLOW
            requestPrincipals                        | rules: [{from: [{source: {requestPrincipals: [iss/sub]}}]}]               | test/curl:8080 token=iss/sub               | ALLOW
            any requestPrincipal                     | rules: [{from: [{source: {requestPrincipals: ["*"]}}]}]                   | test/curl:8080 token=iss/sub               | ALLOW
            the issuer is whole before a subject's * | rules: [{from: [{source: {requestPrincipals: ["iss/s*"]}}]}]              | test/curl:8080 token=iss/s/sub             | DENY
            request.auth.claims                      | rules: [{when: [{key: "request.auth.claims[groups]", values: [b]}]}]      | test/curl:8080 claim.groups=a,b            | ALLOW
            request.auth.audiences                   | rules: [{when: [{key: request.auth.audiences, values: [a]}]}]             | test/curl:8080 aud=a                       | ALLOW
            request.auth.presenter                   | rules: [{when: [{key: request.auth.presenter, values: [a]}]}]             | test/curl:8080 azp=b                       | DENY
            no token where none is looked at         | rules: [{from: [{source: {requestPrincipals: ["*"]}}]}]                   | test/curl:8080 method=GET                  | DENY
            AUDIT decides nothing                    | action: AUDIT, rules: [{}]                                                | test/curl:8080                             | ALLOW
            CUSTOM asks                              | action: CUSTOM, provider: {name: opa}, rules: [{to: [{operation: {paths: [/admin]}}]}] | test/curl:8080 path=/admin    | ASK
            CUSTOM asks for what matches only        | action: CUSTOM, provider: {name: opa}, rules: [{to: [{operation: {paths: [/admin]}}]}] | test/curl:8080 path=/         | ALLOW
            """)
    void sentences(String name, String spec, String request, Outcome outcome) {
        assertThat(GateScene.outcome(GateScene.with(GateScene.policy(spec)), request))
                .isEqualTo(outcome);
    }

    /** Two policies: CUSTOM, then DENY, then ALLOW. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            DENY comes before ALLOW            | action: DENY, rules: [{}]                              | rules: [{}]                | DENY
            a denial needs no provider         | action: CUSTOM, provider: {name: a}, rules: [{}]       | action: DENY, rules: [{}]  | DENY
            the provider's yes is not enough   | action: CUSTOM, provider: {name: a}, rules: [{}]       | selector: {}               | DENY
            the provider is asked              | action: CUSTOM, provider: {name: a}, rules: [{}]       | rules: [{}]                | ASK
            two providers are none             | action: CUSTOM, provider: {name: a}, rules: [{}]       | action: CUSTOM, provider: {name: b}, rules: [{to: [{operation: {ports: ["1"]}}]}] | DENY
            ALLOW policies are or              | selector: {}                                           | rules: [{}]                | ALLOW
            """)
    void order(String name, String one, String other, Outcome outcome) {
        Snapshot scene =
                GateScene.with(GateScene.policy("shop", "a", one) + "---\n" + GateScene.policy("shop", "b", other));
        assertThat(GateScene.outcome(scene, "test/curl:8080 method=GET path=/")).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            HTTP attributes are dropped from a DENY            | action: DENY, rules: [{to: [{operation: {methods: [GET]}}]}]                          | 9000 | DENY
            what is left must match                            | action: DENY, rules: [{to: [{operation: {methods: [GET], ports: ["8080"]}}]}]         | 9000 | ALLOW
            what is left must match                            | action: DENY, rules: [{from: [{source: {namespaces: [shop]}}], to: [{operation: {paths: [/]}}]}] | 9000 | ALLOW
            negated ones are dropped as well                   | action: DENY, rules: [{to: [{operation: {notMethods: [GET]}}]}]                       | 9000 | DENY
            conditions are dropped as well                     | action: DENY, rules: [{when: [{key: "request.headers[a]", values: [b]}]}]             | 9000 | DENY
            an ALLOW with them never matches                   | rules: [{to: [{operation: {methods: [GET]}}]}]                                        | 9000 | DENY
            nor in another alternative of the rule             | rules: [{to: [{operation: {methods: [GET]}}, {operation: {ports: ["9000"]}}]}]        | 9000 | DENY
            another rule of the policy does                    | rules: [{to: [{operation: {methods: [GET]}}]}, {to: [{operation: {ports: ["9000"]}}]}] | 9000 | ALLOW
            a provider is asked for more                       | action: CUSTOM, provider: {name: a}, rules: [{to: [{operation: {paths: [/admin]}}]}]  | 9000 | ASK
            on a port of HTTP it depends                       | action: DENY, rules: [{to: [{operation: {methods: [GET]}}]}]                          | 8080 | DEPENDS
            """)
    void trap40_onPlainTcpADenyWithHttpAttributesDeniesMore(String name, String spec, String port, Outcome outcome) {
        Snapshot scene = GateScene.with(GateScene.policy(spec));
        assertThat(GateScene.outcome(scene, "test/curl:" + port)).isEqualTo(outcome);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            method                       | rules: [{to: [{operation: {methods: [GET]}}]}]                          | test/curl:8080            | [method]
            method and path              | rules: [{to: [{operation: {methods: [GET], paths: [/a]}}]}]             | test/curl:8080            | [method, path]
            path only                    | rules: [{to: [{operation: {methods: [GET], paths: [/a]}}]}]             | test/curl:8080 method=GET | [path]
            a header                     | rules: [{when: [{key: "request.headers[X-A]", values: [b]}]}]           | test/curl:8080 path=/     | [header x-a]
            who is outside               | rules: [{from: [{source: {namespaces: [shop]}}]}]                       | 8.8.8.8:8080              | [source namespace]
            the client behind a proxy    | rules: [{from: [{source: {remoteIpBlocks: [10.1.0.3]}}]}]               | test/curl:8080            | [client address]
            on plain TCP it is the peer  | rules: [{from: [{source: {remoteIpBlocks: [10.1.0.3]}}]}]               | test/curl:9000            | []
            whether it is HTTP           | action: DENY, rules: [{to: [{operation: {methods: [GET]}}]}]            | test/curl:7000            | [method, whether HTTP is spoken]
            it is HTTP                   | action: DENY, rules: [{to: [{operation: {methods: [GET]}}]}]            | test/curl:7000 method=PUT | []
            alike in both cases          | action: DENY, rules: [{to: [{operation: {methods: ["*"]}}]}]            | test/curl:7000            | []
            """)
    void whatItDependsOn(String name, String spec, String request, String on) {
        GateDecision decision = GateScene.decide(GateScene.with(GateScene.policy(spec)), request);
        assertThat(decision.dependsOn()).hasToString(on);
        assertThat(decision.outcome() == Outcome.DEPENDS).isEqualTo(!on.equals("[]"));
    }

    @Test
    void theRootNamespaceIsTheMesh() {
        String policy = GateScene.policy("istio-system", "p", "selector: {matchLabels: {app: web}}");
        assertThat(GateScene.outcome(GateScene.with(policy), "test/curl:8080")).isEqualTo(Outcome.DENY);
        String config = """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {namespace: mesh, name: istio}
                data: {mesh: "rootNamespace: mesh\\ntrustDomain: td"}
                """;
        Snapshot elsewhere = GateScene.with(policy + config);
        assertThat(GateScene.outcome(elsewhere, "test/curl:8080")).isEqualTo(Outcome.ALLOW);
        assertThat(elsewhere.mesh().trustDomain()).isEqualTo("td");
    }

    @Test
    void aPolicyOfAnotherNamespaceIsNotConcerned() {
        Snapshot scene = GateScene.with(GateScene.policy("test", "p", "selector: {}"));
        assertThat(GateScene.outcome(scene, "test/curl:8080")).isEqualTo(Outcome.ALLOW);
    }

    @ParameterizedTest(name = "dry run {0}")
    @CsvSource({"true, ALLOW", "T, ALLOW", "1, ALLOW", "false, DENY", "yes, DENY"})
    void aDryRunDecidesNothing(String value, Outcome outcome) {
        String policy = GateScene.policy("selector: {}")
                .replace("name: p}", "name: p, annotations: {istio.io/dry-run: \"" + value + "\"}}");
        GateDecision decision = GateScene.decide(GateScene.with(policy), "test/curl:8080");
        assertThat(decision.outcome()).isEqualTo(outcome);
        assertThat(decision.trace().getFirst().enforced()).isEqualTo(outcome == Outcome.DENY);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            mtls: {mode: STRICT}      | test/curl:8080 | ALLOW   | the source has an identity
            mtls: {mode: STRICT}      | plain/old:8080 | DENY    | the source has none
            mtls: {mode: STRICT}      | 8.8.8.8:8080   | DEPENDS | nobody knows
            mtls: {mode: PERMISSIVE}  | plain/old:8080 | ALLOW   | both are taken
            mtls: {mode: DISABLE}     | plain/old:8080 | ALLOW   | none is asked for
            selector: {matchLabels: {app: web}}, mtls: {mode: STRICT}, portLevelMtls: {8080: {mode: PERMISSIVE}} | plain/old:8080 | ALLOW | a port of its own
            selector: {matchLabels: {app: web}}, mtls: {mode: STRICT}, portLevelMtls: {8080: {mode: PERMISSIVE}} | plain/old:9000 | DENY  | another port
            selector: {matchLabels: {app: cart}}, mtls: {mode: STRICT} | plain/old:8080 | ALLOW | another workload
            """)
    void mutualTls(String spec, String request, Outcome outcome, String why) {
        Snapshot scene = GateScene.with(authentication("shop", spec));
        assertThat(GateScene.outcome(scene, request)).as(why).isEqualTo(outcome);
    }

    @Test
    void withoutMutualTlsNobodyHasAnIdentity() {
        String policy = GateScene.policy("rules: [{from: [{source: {namespaces: [test]}}]}]");
        Snapshot scene = GateScene.with(policy + "---\n" + authentication("istio-system", "mtls: {mode: DISABLE}"));
        assertThat(GateScene.outcome(scene, "test/curl:8080")).isEqualTo(Outcome.DENY);
    }

    @Test
    void tokensAreLookedAtWhereAskedFor() {
        String policy = GateScene.policy("rules: [{from: [{source: {requestPrincipals: [\"*\"]}}]}]");
        Snapshot scene = GateScene.with(policy + """
                ---
                apiVersion: security.istio.io/v1
                kind: RequestAuthentication
                metadata: {namespace: shop, name: jwt}
                spec: {selector: {matchLabels: {app: web}}, jwtRules: [{issuer: i}]}
                """);
        assertThat(GateScene.decide(scene, "test/curl:8080 method=GET").dependsOn())
                .containsExactly("token principal");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            a Service has a waypoint or not   | kind: Service, name: web                                        | DEPENDS
            another Service                   | kind: Service, name: cart                                       | ALLOW
            a gateway in front of nobody here | kind: Gateway, name: g, group: gateway.networking.k8s.io         | ALLOW
            somebody outside                  | kind: ServiceEntry, name: e, group: networking.istio.io          | ALLOW
            """)
    void targets(String name, String ref, Outcome outcome) {
        Snapshot scene = GateScene.with(GateScene.policy("targetRefs: [{" + ref + "}]"));
        assertThat(GateScene.outcome(scene, "test/curl:8080")).isEqualTo(outcome);
    }

    private static String authentication(String namespace, String spec) {
        return """
                apiVersion: security.istio.io/v1
                kind: PeerAuthentication
                metadata: {namespace: %s, name: default}
                spec: {%s}
                """.formatted(namespace, spec);
    }

    @Test
    void causesNameTheirPlace() {
        Snapshot scene =
                GateScene.with(GateScene.policy("action: DENY, rules: [{from: [{source: {namespaces: [test]}}]}]"));
        assertThat(GateScene.decide(scene, "test/curl:8080").cause().toString())
                .matches("AuthorizationPolicy shop/p rules\\[0] denies \\(<stdin>:\\d+\\)");
        assertThat(GateScene.decide(scene, "shop/cart:8080").cause())
                .hasToString("no ALLOW policy selects the destination");
    }
}
