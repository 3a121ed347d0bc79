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
import java.util.List;
import org.junit.jupiter.api.Test;

/** The example of Calico's policies allows what stands beside it; {@code -Dgolden.update} writes that anew. */
class CalicoExampleTest {
    @Test
    void allowsTheExpectedConnections() throws IOException {
        Path folder = Shop.folder().resolveSibling("calico");
        Manifests read = ManifestReader.read(List.of(folder.toString()), InputStream.nullInputStream());
        assertThat(read.diagnostics().stream().map(Diagnostic::code)).containsExactly("calico-staged");
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
