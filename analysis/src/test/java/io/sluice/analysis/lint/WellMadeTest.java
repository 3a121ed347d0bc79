package io.sluice.analysis.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.lint.check.Checks;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A well-made set of policies draws no warning. */
class WellMadeTest {
    @Test
    void theShopOfTheExamples() {
        assertThat(found(root().resolve("examples/shop"))).isEqualTo(Map.of("ingress-unlimited", 1));
    }

    @Test
    void theExampleOfCalico() {
        assertThat(found(root().resolve("examples/calico"))).isEqualTo(Map.of("calico-staged", 1));
    }

    @Test
    void onlineBoutiqueAsPublished() {
        // Every policy opens all egress, and the front end takes everyone: choices, told for information.
        assertThat(found(boutique())).isEqualTo(Map.of("egress-unlimited", 12, "ingress-unlimited", 1));
    }

    @Test
    void policiesAlone() {
        assertThat(found(root().resolve("examples/shop/policies"))).isEqualTo(Map.of("ingress-unlimited", 1));
        assertThat(found(boutique().resolve("network-policies")))
                .isEqualTo(Map.of("egress-unlimited", 12, "ingress-unlimited", 1));
    }

    @Test
    void workloadsAlone() {
        assertThat(found(boutique().resolve("kubernetes-manifests.yaml")))
                .isEqualTo(Map.of("namespace-without-default-deny", 1));
    }

    private static Path boutique() {
        Path shared = Optional.ofNullable(System.getenv("SLUICE_SHARED"))
                .map(Path::of)
                .orElse(root().resolveSibling("shared"));
        Path boutique = shared.resolve("real/online-boutique");
        Assumptions.assumeTrue(Files.isDirectory(boutique), "the test data are not there: " + boutique);
        return boutique;
    }

    private static Map<String, Integer> found(Path folder) {
        Manifests manifests = ManifestReader.read(List.of(folder.toString()), InputStream.nullInputStream());
        assertThat(manifests.hasErrors()).isFalse();
        Map<String, Integer> counts = new TreeMap<>();
        LintResult result = new Linter(Checks.all(), LintConfig.DEFAULT).lint(manifests, _ -> Optional.empty());
        result.findings().forEach(finding -> counts.merge(finding.id(), 1, Integer::sum));
        assertThat(result.fails()).isFalse();
        return counts;
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("ARCHITECTURE.md"))) {
            folder = folder.getParent();
        }
        return java.util.Objects.requireNonNull(folder, "not inside the repository");
    }
}
