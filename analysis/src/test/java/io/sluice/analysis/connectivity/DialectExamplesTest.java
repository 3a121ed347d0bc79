package io.sluice.analysis.connectivity;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.intents.Shop;
import io.sluice.analysis.reach.Ends;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The examples of the dialects allow what stands beside them; {@code -Dgolden.update} writes that anew. The two versions
 * of the tiers share it.
 */
class DialectExamplesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cilium | .                   | cilium-any-request
            calico | .                   | calico-staged
            tiers  | manifests,v1alpha2  | ''
            tiers  | manifests,v1alpha1  | ''
            mixed  | .                   | ''
            istio  | .                   | deny-without-port
            """)
    void allowTheExpectedConnections(String example, String folders, String warnings) throws IOException {
        Path folder = Shop.folder().resolveSibling(example);
        List<String> paths = Arrays.stream(folders.split(","))
                .map(path -> folder.resolve(path).normalize().toString())
                .toList();
        Manifests read = ManifestReader.read(paths, InputStream.nullInputStream());
        assertThat(read.diagnostics().stream().map(Diagnostic::code).collect(Collectors.joining(",")))
                .isEqualTo(warnings);
        assertThat(read.ignored()).isEmpty();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Listing.write(Connectivity.of(read.snapshot(), Ends.Level.WORKLOADS, Focus.EVERYTHING), Listing.Form.TEXT, out);
        String listed = out.toString(StandardCharsets.UTF_8);
        Path expected = folder.resolve("expected-connections.txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, listed);
        }
        assertThat(listed).isEqualTo(Files.readString(expected));
    }
}
