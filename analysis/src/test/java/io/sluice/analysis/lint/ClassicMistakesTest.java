package io.sluice.analysis.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.lint.check.Checks;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The mistakes that everybody makes once, each made in the policies of examples/shop, which have none: what is found is
 * that mistake, there, and what follows from it at the other end of the connection; nothing else.
 */
class ClassicMistakesTest {
    @TempDir
    Path folder;

    private static Arguments mistake(String what, String file, String right, String wrong, String... found) {
        return Arguments.of(what, file, right, wrong, List.of(found));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "forgotten egress: the destination lets it in, the source is not let out",
                        "40-backend.yaml",
                        """
                        |  egress:
                        |    - to:
                        |        - namespaceSelector:
                        |            matchLabels:
                        |              kubernetes.io/metadata.name: data
                        |          podSelector:
                        |            matchLabels:
                        |              app: catalog-db
                        |      ports:
                        |        - port: postgres
                        """.replace("|", ""),
                        "",
                        "50-data.yaml:36 one-sided-allow"),
                mistake(
                        "broken indentation",
                        "50-data.yaml",
                        "      ports:\n        - port: postgres\n",
                        "     ports:\n        - port: postgres\n",
                        "50-data.yaml:22 error"),
                mistake(
                        "indentation that makes two rules of one",
                        "50-data.yaml",
                        "      ports:\n        - port: postgres\n",
                        "    - ports:\n        - port: postgres\n",
                        "50-data.yaml:22 ingress-unlimited",
                        "50-data.yaml:22 split-rule"),
                mistake(
                        "DNS egress written under ingress",
                        "10-dns.yaml",
                        "  policyTypes: [Egress]\n  egress:\n    - to:\n",
                        "  policyTypes: [Ingress]\n  ingress:\n    - from:\n",
                        "00-default-deny.yaml:9 dns-blocked",
                        "10-dns.yaml:11 dns-under-ingress"),
                mistake(
                        "DNS blocked by a default deny",
                        "10-dns.yaml",
                        "  name: allow-dns\n  namespace: shop\n",
                        "  name: allow-dns\n  namespace: elsewhere\n",
                        "00-default-deny.yaml:9 dns-blocked"),
                mistake(
                        "namespaceSelector on a label that no namespace carries",
                        "10-dns.yaml",
                        "kubernetes.io/metadata.name: kube-system",
                        "name: kube-system",
                        "10-dns.yaml:14 namespace-label-unknown"),
                mistake(
                        "UDP 53 without TCP",
                        "10-dns.yaml",
                        "        - protocol: UDP\n          port: 53\n        - protocol: TCP\n          port: 53\n",
                        "        - protocol: UDP\n          port: 53\n",
                        "10-dns.yaml:19 dns-without-tcp"),
                mistake(
                        "a NetworkPolicy taken for cluster-scoped",
                        "60-metrics.yaml",
                        "  name: metrics\n  namespace: data\n",
                        "  name: metrics\n",
                        "60-metrics.yaml:24 policy-without-namespace"),
                mistake(
                        "a policy that selects nothing",
                        "50-data.yaml",
                        "  podSelector:\n    matchLabels:\n      app: cart-cache\n",
                        "  podSelector:\n    matchLabels:\n      app: sessions\n",
                        "40-backend.yaml:34 one-sided-allow",
                        "50-data.yaml:53 policy-selects-nothing"),
                mistake(
                        "a peer that selects nothing",
                        "40-backend.yaml",
                        "        - podSelector:\n            matchLabels:\n              app: payments\n",
                        "        - podSelector:\n            matchLabels:\n              app: billing\n",
                        "40-backend.yaml:66 peer-selects-nothing",
                        "40-backend.yaml:116 one-sided-allow"),
                mistake(
                        "a label of other case",
                        "20-gateway.yaml",
                        "      app: gateway\n",
                        "      app: Gateway\n",
                        "20-gateway.yaml:10 misspelled-label",
                        "30-web.yaml:13 one-sided-allow"),
                mistake(
                        "a label of other spelling",
                        "20-gateway.yaml",
                        "      app: gateway\n",
                        "      app: gatewy\n",
                        "20-gateway.yaml:10 misspelled-label",
                        "30-web.yaml:13 one-sided-allow"),
                mistake(
                        "a port that no selected pod serves",
                        "40-backend.yaml",
                        "port: 6379",
                        "port: 6380",
                        "40-backend.yaml:34 one-sided-allow",
                        "40-backend.yaml:42 port-not-served",
                        "50-data.yaml:57 one-sided-allow"),
                mistake(
                        "a Service's port in place of the pod's",
                        "40-backend.yaml",
                        "        - port: 5432\n        - port: 4222\n",
                        "        - port: 5432\n        - port: 4222\n        - port: 80\n",
                        "40-backend.yaml:82 port-not-served"),
                mistake(
                        "a named port that no selected pod has",
                        "50-data.yaml",
                        "        - port: postgres\n",
                        "        - port: postgresql\n",
                        "40-backend.yaml:94 one-sided-allow",
                        "50-data.yaml:13 one-sided-allow",
                        "50-data.yaml:23 named-port-unknown"),
                mistake(
                        "a default deny undone by an allow-all",
                        "00-default-deny.yaml",
                        "  name: default-deny\n  namespace: data\nspec:\n  podSelector: {}\n  policyTypes: [Ingress, Egress]\n",
                        "  name: default-deny\n  namespace: data\nspec:\n  podSelector: {}\n  policyTypes: [Ingress, Egress]\n"
                                + "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: temporary\n"
                                + "  namespace: data\nspec:\n  podSelector: {}\n  policyTypes: [Ingress]\n  ingress:\n    - {}\n",
                        "00-default-deny.yaml:30 default-deny-undone",
                        "00-default-deny.yaml:30 ingress-unlimited"),
                mistake(
                        "egress open to the world",
                        "40-backend.yaml",
                        "            cidr: 192.0.2.25/32\n",
                        "            cidr: 0.0.0.0/0\n",
                        "40-backend.yaml:155 egress-to-world"),
                mistake(
                        "egress without a destination",
                        "40-backend.yaml",
                        "    - to:\n        - ipBlock:\n            cidr: 192.0.2.25/32\n        - ipBlock:\n"
                                + "            cidr: 2001:db8:25::25/128\n      ports:\n        - port: 587\n",
                        "    - {}\n",
                        "40-backend.yaml:145 rule-without-effect",
                        "40-backend.yaml:154 egress-unlimited"),
                mistake(
                        "rules under a direction that is not in policyTypes",
                        "20-gateway.yaml",
                        "policyTypes: [Ingress, Egress]",
                        "policyTypes: [Ingress]",
                        "20-gateway.yaml:27 rules-outside-policy-types",
                        "30-web.yaml:13 one-sided-allow"),
                mistake(
                        "AND written as OR",
                        "50-data.yaml",
                        "              kubernetes.io/metadata.name: shop\n          podSelector:\n",
                        "              kubernetes.io/metadata.name: shop\n        - podSelector:\n",
                        "50-data.yaml:14 and-or-confusion"),
                mistake(
                        "OR written as AND",
                        "40-backend.yaml",
                        "        - podSelector:\n            matchLabels:\n              app: cart\n        - podSelector:\n"
                                + "            matchLabels:\n              app: accounts\n",
                        "        - namespaceSelector:\n            matchLabels:\n"
                                + "              kubernetes.io/metadata.name: ops\n          podSelector:\n"
                                + "            matchLabels:\n              app: cart\n        - podSelector:\n"
                                + "            matchLabels:\n              app: accounts\n",
                        "40-backend.yaml:56 and-or-confusion"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void isFoundWhereItIsAndNowhereElse(String what, String file, String right, String wrong, List<String> found)
            throws IOException {
        Path shop = shop();
        replace(shop.resolve("policies").resolve(file), right, wrong);
        assertThat(said(shop)).as(what).isEqualTo(found);
    }

    @Test
    void withoutMistakeNothingIsFound() throws IOException {
        assertThat(said(shop())).isEmpty();
    }

    private static void replace(Path file, String right, String wrong) throws IOException {
        String text = Files.readString(file);
        int at = text.indexOf(right);
        assertThat(at).as("what is right in " + file.getFileName()).isNotNegative();
        Files.writeString(file, text.substring(0, at) + wrong + text.substring(at + right.length()));
    }

    /** {@code file:line check}, one a finding, the remark on the gateway aside. */
    private static List<String> said(Path shop) {
        Manifests manifests = ManifestReader.read(List.of(shop.toString()), InputStream.nullInputStream());
        if (manifests.hasErrors()) {
            return manifests.diagnostics().stream()
                    .filter(Diagnostic::isError)
                    .map(d -> d.position()
                                    .fileLine()
                                    .substring(d.position().file().lastIndexOf('/') + 1) + " error")
                    .toList();
        }
        List<String> said = new ArrayList<>();
        new Linter(Checks.all(), LintConfig.DEFAULT)
                .lint(manifests, _ -> Optional.empty())
                .findings()
                .forEach(f -> said.add(
                        f.position().fileLine().substring(f.position().file().lastIndexOf('/') + 1) + " " + f.id()));
        said.remove("20-gateway.yaml:13 ingress-unlimited");
        return said;
    }

    private Path shop() throws IOException {
        Path repository = Path.of("").toAbsolutePath();
        while (!Files.exists(repository.resolve("ARCHITECTURE.md"))) {
            repository = Objects.requireNonNull(repository.getParent(), "not inside the repository");
        }
        Path from = repository.resolve("examples/shop");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path to = folder.resolve(from.relativize(file).toString());
                if (!Files.isDirectory(file)) {
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
        }
        return folder;
    }
}
