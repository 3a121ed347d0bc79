package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A real application, as published: 12 Deployments, their Services, 13 NetworkPolicies. */
class OnlineBoutiqueTest {
    @Test
    void readsWithoutAWord() {
        Path folder = Shared.folder("real/online-boutique");
        Manifests read = ManifestReader.read(
                List.of(
                        folder.resolve("kubernetes-manifests.yaml").toString(),
                        folder.resolve("network-policies").toString()),
                InputStream.nullInputStream());

        assertThat(read.diagnostics()).isEmpty();
        assertThat(read.snapshot().pods().stream().map(p -> p.fullName() + " " + ports(p)))
                .containsExactlyInAnyOrder(
                        "default/adservice-1 9555",
                        "default/cartservice-1 7070",
                        "default/checkoutservice-1 5050",
                        "default/currencyservice-1 7000",
                        "default/emailservice-1 8080",
                        "default/frontend-1 8080",
                        "default/loadgenerator-1 ",
                        "default/paymentservice-1 50051",
                        "default/productcatalogservice-1 3550",
                        "default/recommendationservice-1 8080",
                        "default/redis-cart-1 6379",
                        "default/shippingservice-1 50051");
        assertThat(read.snapshot().policies().stream().map(OnlineBoutiqueTest::lines))
                .containsExactly(
                        "adservice network-policy-adservice.yaml:15 [27] [35]",
                        "cartservice network-policy-cartservice.yaml:15 [27] [38]",
                        "checkoutservice network-policy-checkoutservice.yaml:15 [27] [35]",
                        "currencyservice network-policy-currencyservice.yaml:15 [27] [38]",
                        "deny-all network-policy-deny-all.yaml:15 [] []",
                        "emailservice network-policy-emailservice.yaml:15 [27] [35]",
                        "frontend network-policy-frontend.yaml:15 [27] [29]",
                        "loadgenerator network-policy-loadgenerator.yaml:15 [26]",
                        "paymentservice network-policy-paymentservice.yaml:15 [27] [35]",
                        "productcatalogservice network-policy-productcatalogservice.yaml:15 [27] [41]",
                        "recommendationservice network-policy-recommendationservice.yaml:15 [27] [35]",
                        "redis-cart network-policy-redis.yaml:15 [27] [35]",
                        "shippingservice network-policy-shippingservice.yaml:15 [27] [38]");
        assertThat(read.ignored()).isEmpty();
        assertThat(read.snapshot().pods())
                .allMatch(pod -> pod.account().name().equals(pod.workload().name())
                        || pod.workload().name().equals("redis-cart"));
    }

    private static String ports(Pod pod) {
        return pod.ports().stream().map(p -> "" + p.port()).collect(Collectors.joining(","));
    }

    private static String lines(Policy policy) {
        return policy.id().name() + " "
                + Path.of(policy.position().file()).getFileName() + ":"
                + policy.position().line()
                + policy.sections().stream()
                        .map(s -> " "
                                + s.rules().stream()
                                        .map(r -> r.position().line())
                                        .toList())
                        .collect(Collectors.joining());
    }
}
