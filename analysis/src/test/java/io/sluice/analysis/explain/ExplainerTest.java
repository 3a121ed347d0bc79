package io.sluice.analysis.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.Yaml;
import io.sluice.analysis.directory.Directory;
import io.sluice.analysis.directory.Targets;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainerTest {
    private static final Snapshot SHOP = Yaml.snapshot(
            Yaml.deployment("shop", "web", 8080),
            Yaml.deployment("shop", "cart", 7070),
            Yaml.deployment("shop", "other", 1),
            Yaml.deployment("data", "db", 5432),
            """
            apiVersion: v1
            kind: Service
            metadata: {name: orders, namespace: data}
            spec: {selector: {app: db}, ports: [{name: sql, port: 5000, targetPort: main}]}
            """,
            Yaml.policy("data", "deny-all", "podSelector: {}"),
            Yaml.policy("data", "db", """
                    podSelector: {matchLabels: {app: db}}
                    ingress:
                      - from:
                          - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}
                            podSelector: {matchLabels: {app: web}}
                          - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}
                            podSelector: {matchLabels: {app: cart}}
                        ports: [{port: 5432}]
                    """));

    private static Explanation explain(String from, String to, int port) {
        Directory directory = Directory.of(SHOP);
        Targets targets = new Targets(directory, "shop", Map.of("example.org", Ip.parse("203.0.113.9")));
        return new Explainer(directory).explain(targets.find(from), targets.find(to), Protocol.TCP, port);
    }

    private static String text(String from, String to, int port) {
        return new TextExplanation(SHOP, TextExplanation.Paint.NONE).of(explain(from, to, port));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            web                  | data/db              | 5432 | ALLOW
            shop/web             | data/db              | 80   | DENY
            deploy/web           | data/deployment/db   | 5432 | ALLOW
            shop/web[Deployment] | data/db[Deployment]  | 5432 | ALLOW
            shop/web-1           | data/pod/db-1        | 5432 | ALLOW
            other                | data/db              | 5432 | DENY
            web                  | data/svc/orders      | 5000 | ALLOW
            web                  | orders.data          | 5000 | ALLOW
            web                  | orders.data.svc.cluster.local | 5000 | ALLOW
            203.0.113.9          | data/db              | 5432 | DENY
            example.org          | data/db              | 5432 | DENY
            web                  | example.org          | 443  | ALLOW
            data/db              | web                  | 8080 | ALLOW
            """)
    void everyNameOfAnEnd(String from, String to, int port, Verdict verdict) {
        assertThat(explain(from, to, port).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nobody       | did you mean
            data/dbx     | did you mean data/db
            a/b/c        | no kind of workload
            a/b/c/d      | no name of the form
            other.org    | give its address, --resolve other.org=ADDRESS
            """)
    void anUnknownNameIsSaid(String name, String message) {
        Targets targets = new Targets(Directory.of(SHOP), "shop", Map.of());
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> targets.find(name.equals("nobody") ? "wbe" : name))
                .isInstanceOf(Targets.Unknown.class)
                .hasMessageContaining(message);
    }

    @Test
    void aDeniedPairReadsLikeThis() {
        assertThat(text("other", "data/db", 5432)).isEqualTo("""
                shop/other[Deployment] => data/db[Deployment] : TCP 5432: DENIED

                Egress of shop/other-1: allowed
                  tier NetworkPolicy: no policy selects it
                  => egress allowed: no policy has a say

                Ingress of data/db-1: denied
                  tier NetworkPolicy
                    NetworkPolicy data/db  <stdin>:54
                        ingress[0] allows from pods app=web in namespaces kubernetes.io/metadata.name=shop or pods app=cart in namespaces kubernetes.io/metadata.name=shop on TCP 5432: port matches, peer does not  <stdin>:60
                    NetworkPolicy data/deny-all  <stdin>:47
                      no rules in this direction
                  => ingress denied: no rule allows it, and it is isolated by NetworkPolicy data/db, NetworkPolicy data/deny-all
                  nearest miss: NetworkPolicy data/db ingress[0] allows this port, but from pods app=web in namespaces kubernetes.io/metadata.name=shop or pods app=cart in namespaces kubernetes.io/metadata.name=shop (<stdin>:60)

                Smallest change that would allow it (tried: it does):
                  ingress: add this peer to NetworkPolicy data/db ingress[0], which allows this port with other peers  <stdin>:60
                      - namespaceSelector:
                          matchLabels:
                            kubernetes.io/metadata.name: shop
                        podSelector:
                          matchLabels:
                            app: other
                """);
    }

    @Test
    void theNearestMissIsTheRuleAboutThisPeerOnOtherPorts() {
        assertThat(text("web", "data/db", 80))
                .contains("peer matches, port does not", "allows this peer, but on TCP 5432", "app: web");
    }

    /** Whatever change is proposed, the decider has confirmed it: without confirmation none is printed. */
    @Test
    void whatWouldCloseAnAllowedPair() {
        Explanation.Case allowed = explain("web", "data/db", 5432).cases().getFirst();
        assertThat(allowed.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.summary())
                        .isEqualTo("take the peer out of NetworkPolicy data/db ingress[0]: pods app=web in namespaces"
                                + " kubernetes.io/metadata.name=shop"));
        Explanation.Case open = explain("data/db", "web", 8080).cases().getFirst();
        assertThat(open.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.patch()).contains("kind: NetworkPolicy", "policyTypes: ["));
    }

    @Test
    void aServiceIsExplainedByTheTargetPort() {
        assertThat(text("web", "data/svc/orders", 5000)).contains("TCP 5000 (port 5432 of the pod): ALLOWED");
        assertThat(text("web", "data/db", 5000)).contains("Service data/orders leads from port 5000 to port 5432");
    }

    @Test
    void jsonHasTheSame() {
        String json = new JsonExplanation(SHOP).of(List.of(explain("other", "data/db", 5432)));
        assertThat(json)
                .contains(
                        "\"verdict\": \"deny\"",
                        "\"nearestMiss\"",
                        "\"outcome\": \"port matches, peer does not\"",
                        "\"changes\"",
                        "\"line\": 60");
    }

    @Test
    void podsWithoutAddressesAreSaidToBeInvisibleToBlocks() {
        Snapshot snapshot = Yaml.snapshot(
                Yaml.deployment("a", "x", 1),
                Yaml.deployment("a", "z", 2),
                Yaml.policy("a", "p", "podSelector: {}\ningress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]"));
        Directory directory = Directory.of(snapshot);
        Targets targets = new Targets(directory, "a", Map.of());
        Explanation explanation =
                new Explainer(directory).explain(targets.find("x"), targets.find("z"), Protocol.TCP, 2);
        assertThat(explanation.notes()).singleElement().asString().contains("no ipBlock matches them");
    }
}
