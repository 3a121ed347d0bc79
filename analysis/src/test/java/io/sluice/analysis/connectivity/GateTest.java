package io.sluice.analysis.connectivity;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.Mesh;
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

/** A mesh's policies are part of connectivity: what they refuse is no connection, what depends on the request is said. */
class GateTest {
    private static Focus tcp(String focus, String peer) {
        return new Focus(
                List.of(focus),
                List.of(peer),
                Optional.of(Direction.INGRESS),
                Traffic.parse("TCP 5432,TCP 8080").orElseThrow());
    }

    private static Connectivity of(Snapshot snapshot, Focus focus) {
        return Connectivity.of(snapshot, Ends.Level.WORKLOADS, focus);
    }

    private static String list(Listing.Form form, Focus focus) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Listing.write(of(Mesh.EXAMPLE, focus), form, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aPairWhoseEveryRequestIsDeniedIsNoConnection() throws IOException {
        assertThat(list(Listing.Form.TEXT, tcp("shop/cart", "shop/db"))).isEmpty();
    }

    @Test
    void whatTheGateDeniesIsNoPartOfTheTraffic() throws IOException {
        assertThat(list(Listing.Form.TEXT, tcp("shop/db", "shop/cart")))
                .isEqualTo("shop/cart[Pod] => shop/db[Pod] : TCP 8080 (depends on the request)\n");
    }

    @Test
    void theFormsSayWhatDepends() throws IOException {
        Focus wide = new Focus(List.of("shop/db"), List.of("shop/cart"), Optional.of(Direction.INGRESS), Traffic.ALL);
        String all = "SCTP 1-65535,TCP 1-5431,5433-65535,UDP 1-65535";
        String open = "TCP 1-5431,5433-65535";
        assertThat(list(Listing.Form.TEXT, wide))
                .isEqualTo("shop/cart[Pod] => shop/db[Pod] : " + all + " (depends on the request: " + open + ")\n");
        assertThat(list(Listing.Form.JSON, wide)).isEqualTo("""
                [
                {"src":"shop/cart[Pod]","dst":"shop/db[Pod]","conn":"%s","depends":"%s"}
                ]
                """.formatted(all, open));
        assertThat(list(Listing.Form.CSV, wide)).isEqualTo("""
                src,dst,conn,depends
                shop/cart[Pod],shop/db[Pod],"%s","%s"
                """.formatted(all, open));
        assertThat(list(Listing.Form.MARKDOWN, wide)).isEqualTo("""
                | src | dst | conn | depends on the request |
                |-----|-----|------|-----|
                | shop/cart[Pod] | shop/db[Pod] | %s | %s |
                """.formatted(all, open));
    }

    @Test
    void whatDoesNotDependIsNotMarked() throws IOException {
        Focus pages = tcp("shop/pages", "shop/cart");
        assertThat(list(Listing.Form.JSON, pages)).isEqualTo("""
                [
                {"src":"shop/cart[Pod]","dst":"shop/pages[Pod]","conn":"TCP 5432,8080"}
                ]
                """);
        assertThat(list(Listing.Form.CSV, pages)).endsWith("shop/cart[Pod],shop/pages[Pod],\"TCP 5432,8080\",\n");
    }

    @Test
    void picturesDashWhatDepends() {
        List<Connectivity.Edge> edges =
                of(Mesh.EXAMPLE, tcp("shop/db", "shop/cart")).edges();
        assertThat(Dot.of(edges)).contains("[label=\"TCP 8080 (depends on the request)\" style=\"dashed\" ");
        assertThat(Svg.of(edges))
                .contains("class=\"arrow open\"")
                .contains(" : TCP 8080 (depends on the request)</title>")
                .contains("dashed: depends on the request");
        assertThat(Html.of(edges)).contains("\"traffic\":[\"TCP 8080\"],\"edges\":[0,1,0,0]}");
        List<Connectivity.Edge> certain =
                of(Mesh.EXAMPLE, tcp("shop/pages", "shop/cart")).edges();
        assertThat(Svg.of(certain)).doesNotContain("arrow open", "dashed:");
    }

    /** A label that says all the rest would lie across its neighbours. */
    @Test
    void aPictureSaysInFewWordsWhatIsLeftOut() {
        assertThat(Svg.of(of(Mesh.EXAMPLE, Focus.EVERYTHING).edges()))
                .contains(">all but TCP 5432</text>")
                .contains(">all but TCP</text>")
                .contains(" : all but TCP 5432 (depends on the request)</title>");
    }

    @Test
    void exposureIsBehindTheGateToo() {
        Exposure exposure = Exposure.of(
                Mesh.EXAMPLE,
                Ends.Level.WORKLOADS,
                new Focus(List.of("shop/db"), List.of(), Optional.empty(), Traffic.ALL));
        assertThat(exposure.text())
                .contains("shop/db[Pod] \t<= \tentire-cluster : SCTP 1-65535,TCP 1-5431,5433-65535,UDP 1-65535"
                        + " (depends on the request: TCP 1-5431,5433-65535)\n");
        assertThat(exposure.json())
                .contains("\"dst\":\"shop/db[Pod]\",\"conn\":\"SCTP 1-65535,TCP 1-5431,5433-65535,UDP 1-65535\","
                        + "\"depends\":\"TCP 1-5431,5433-65535\"}");
    }

    /** The Ingress leads to the carts, and whoever its controller is, no rule of theirs is for somebody unknown. */
    @Test
    void anIngressControllerIsBeforeTheGateToo() {
        Snapshot open = Mesh.example("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {namespace: shop, name: cart}
                spec: {defaultBackend: {service: {name: cart, port: {number: 80}}}}
                """);
        assertThat(of(open, tcp("shop/cart", "{ingress-controller}")).edges())
                .singleElement()
                .satisfies(edge -> {
                    assertThat(edge.traffic()).hasToString("TCP 8080");
                    assertThat(edge.open()).hasToString("TCP 8080");
                });
        Snapshot closed = Mesh.example("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {namespace: shop, name: db}
                spec: {defaultBackend: {service: {name: db, port: {number: 5432}}}}
                """);
        assertThat(of(closed, tcp("shop/db", "{ingress-controller}")).edges()).isEmpty();
    }
}
