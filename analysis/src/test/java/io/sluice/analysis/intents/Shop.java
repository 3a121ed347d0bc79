package io.sluice.analysis.intents;

import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import io.sluice.manifests.ObjectText;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The shop of the examples. */
public final class Shop {
    private Shop() {}

    public static Path folder() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path shop = at.resolve("examples/shop");
            if (Files.isDirectory(shop)) {
                return shop;
            }
        }
        throw new IllegalStateException("examples/shop is not above the working directory");
    }

    public static Manifests read() {
        Manifests manifests = ManifestReader.read(List.of(folder().toString()), InputStream.nullInputStream());
        if (manifests.hasErrors()) {
            throw new IllegalStateException(manifests.diagnostics().toString());
        }
        return manifests;
    }

    /** Every problem as {@code line:column: message (hint)}. */
    static IntentFile intents(String yaml, List<String> problems) {
        List<Diagnostic> found = new ArrayList<>();
        ObjectText text = ObjectText.read("f", yaml.getBytes(StandardCharsets.UTF_8), found);
        IntentFile file = IntentReader.read(text, found);
        found.forEach(d -> problems.add(d.toString().replace("f:", "").replace("error: ", "")));
        return file;
    }
}
