package io.sluice.analysis.connectivity;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.Yaml;
import io.sluice.analysis.reach.Ends;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectivityTest {
    private static final Snapshot SHOP = Yaml.snapshot(
            Yaml.deployment("shop", "web", 8080), Yaml.deployment("data", "db", 5432), Yaml.policy("data", "db", """
                    podSelector: {}
                    policyTypes: [Ingress, Egress]
                    ingress:
                      - from:
                          - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}
                            podSelector: {matchLabels: {app: web}}
                          - ipBlock: {cidr: 10.0.0.0/8}
                        ports: [{port: main}, {port: 80, endPort: 81}]
                    """));

    private static String list(Snapshot snapshot, Listing.Form form, Focus focus) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Listing.write(Connectivity.of(snapshot, Ends.Level.WORKLOADS, focus), form, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void text() throws IOException {
        assertThat(list(SHOP, Listing.Form.TEXT, Focus.EVERYTHING)).isEqualTo("""
                0.0.0.0-9.255.255.255[External] => shop/web[Deployment] : All Connections
                10.0.0.0-10.255.255.255[External] => data/db[Deployment] : TCP 80-81,5432
                10.0.0.0-10.255.255.255[External] => shop/web[Deployment] : All Connections
                11.0.0.0-255.255.255.255[External] => shop/web[Deployment] : All Connections
                shop/web[Deployment] => 0.0.0.0-255.255.255.255[External] : All Connections
                shop/web[Deployment] => data/db[Deployment] : TCP 80-81,5432
                """);
    }

    @Test
    void jsonCsvAndMarkdown() throws IOException {
        Focus focus = new Focus(List.of("data/db"), List.of("web"), Optional.of(Direction.INGRESS), Traffic.ALL);
        assertThat(list(SHOP, Listing.Form.JSON, focus)).isEqualTo("""
                [
                {"src":"shop/web[Deployment]","dst":"data/db[Deployment]","conn":"TCP 80-81,5432"}
                ]
                """);
        assertThat(list(SHOP, Listing.Form.CSV, focus)).isEqualTo("""
                src,dst,conn
                shop/web[Deployment],data/db[Deployment],"TCP 80-81,5432"
                """);
        assertThat(list(SHOP, Listing.Form.MARKDOWN, focus)).isEqualTo("""
                | src | dst | conn |
                |-----|-----|------|
                | shop/web[Deployment] | data/db[Deployment] | TCP 80-81,5432 |
                """);
    }

    @Test
    void focus() throws IOException {
        Focus outward = new Focus(List.of("web"), List.of(), Optional.of(Direction.EGRESS), Traffic.ALL);
        assertThat(list(SHOP, Listing.Form.TEXT, outward).lines()).hasSize(2);
        Focus port = new Focus(
                List.of(),
                List.of(),
                Optional.empty(),
                Traffic.parse("TCP 5432,UDP 1").orElseThrow());
        assertThat(list(SHOP, Listing.Form.TEXT, port))
                .contains("shop/web[Deployment] => data/db[Deployment] : TCP 5432\n");
    }

    @Test
    void nothingIsAnEmptyList() throws IOException {
        Focus none = new Focus(List.of("db"), List.of(), Optional.of(Direction.EGRESS), Traffic.ALL);
        assertThat(list(SHOP, Listing.Form.TEXT, none)).isEmpty();
        assertThat(list(SHOP, Listing.Form.JSON, none)).isEqualToIgnoringWhitespace("[]");
    }

    /** np-guard's exposure analysis and its ingress controller. */
    @Test
    void whoCouldCome() throws IOException {
        Snapshot snapshot = Yaml.snapshot(
                Yaml.deployment("shop", "web", 8080),
                Yaml.deployment("lone", "free", 1),
                """
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: main}]}
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web, namespace: shop}
                spec:
                  rules:
                    - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]}
                """,
                Yaml.policy("shop", "web", """
                        podSelector: {matchLabels: {app: web}}
                        policyTypes: [Ingress, Egress]
                        ingress:
                          - from: [{namespaceSelector: {matchLabels: {foo: bar}}}]
                            ports: [{port: 80}]
                          - from: [{namespaceSelector: {}}]
                            ports: [{port: 8080}]
                        egress:
                          - to: [{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]
                            ports: [{port: 53, protocol: UDP}]
                        """));
        assertThat(list(snapshot, Listing.Form.TEXT, Focus.EVERYTHING))
                .contains("{ingress-controller} => shop/web[Deployment] : TCP 8080\n");
        assertThat(Exposure.of(snapshot, Ends.Level.WORKLOADS, Focus.EVERYTHING)
                        .text()
                        .replace(" \t", "\t"))
                .isEqualTo("""

                        Exposure Analysis Result:
                        Egress Exposure:
                        lone/free[Deployment]\t=>\tentire-cluster : All Connections
                        shop/web[Deployment] \t=>\t[all namespaces]/[pod with {k8s-app=kube-dns}] : UDP 53

                        Ingress Exposure:
                        lone/free[Deployment]\t<=\tentire-cluster : All Connections
                        shop/web[Deployment] \t<=\t[namespace with {foo=bar}]/[all pods] : TCP 80,8080
                        shop/web[Deployment] \t<=\tentire-cluster : TCP 8080

                        Workloads not protected by network policies:
                        lone/free[Deployment] is not protected on Egress
                        lone/free[Deployment] is not protected on Ingress
                        """);
    }

    @Test
    void drawings() {
        List<Connectivity.Edge> edges =
                Connectivity.of(SHOP, Ends.Level.WORKLOADS, Focus.EVERYTHING).edges();
        assertThat(Dot.of(edges))
                .contains("subgraph \"cluster_shop\"", "\"shop/web[Deployment]\" -> \"data/db[Deployment]\"");
        assertThat(Svg.of(edges))
                .startsWith("<svg ")
                .endsWith("</svg>\n")
                .contains(">db</text>", "<title>data/db[Deployment]</title>");
        String page = Html.of(edges);
        assertThat(page)
                .contains("<svg ", "\"ends\":[", "\"edges\":[0,1,0,")
                .doesNotContain("<!--PICTURE-->", "/*CONTENT*/", "http://localhost", "src=");
    }

    /** Published manifests; every line was checked by hand against the 13 policies. */
    @Test
    void onlineBoutique() throws IOException {
        List<String> services = List.of(
                "adservice",
                "cartservice",
                "checkoutservice",
                "currencyservice",
                "emailservice",
                "loadgenerator",
                "paymentservice",
                "productcatalogservice",
                "recommendationservice",
                "redis-cart",
                "shippingservice");
        java.util.TreeSet<String> expected = new java.util.TreeSet<>();
        String outside = "0.0.0.0-255.255.255.255[External]";
        expected.add(line(outside, "default/frontend[Deployment]", "All Connections"));
        expected.add(line("default/frontend[Deployment]", outside, "All Connections"));
        // An HTTPRoute leads to port 80 of the Service frontend, which leads to 8080.
        expected.add(line(Entrances.CONTROLLER, "default/frontend[Deployment]", "TCP 8080"));
        for (String service : services) {
            expected.add(line(workload(service), outside, "All Connections"));
            expected.add(line(workload(service), workload("frontend"), "All Connections"));
        }
        for (String pair : """
                cartservice redis-cart 6379
                checkoutservice cartservice 7070
                checkoutservice currencyservice 7000
                checkoutservice emailservice 8080
                checkoutservice paymentservice 50051
                checkoutservice productcatalogservice 3550
                checkoutservice shippingservice 50051
                frontend adservice 9555
                frontend cartservice 7070
                frontend checkoutservice 5050
                frontend currencyservice 7000
                frontend productcatalogservice 3550
                frontend recommendationservice 8080
                frontend shippingservice 50051
                recommendationservice productcatalogservice 3550
                """.split("\n")) {
            String[] parts = pair.split(" ");
            expected.add(line(workload(parts[0]), workload(parts[1]), "TCP " + parts[2]));
        }
        assertThat(list(Yaml.onlineBoutique(), Listing.Form.TEXT, Focus.EVERYTHING)
                        .lines())
                .containsExactlyElementsOf(expected);
    }

    private static String workload(String name) {
        return "default/" + name + "[Deployment]";
    }

    private static String line(String from, String to, String traffic) {
        return from + " => " + to + " : " + traffic;
    }
}
