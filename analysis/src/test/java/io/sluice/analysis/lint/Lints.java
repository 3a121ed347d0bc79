package io.sluice.analysis.lint;

import io.sluice.analysis.lint.check.Checks;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import io.sluice.manifests.ObjectText;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lints a text, as the command line would. */
final class Lints {
    private Lints() {}

    static LintResult of(String yaml) {
        return of(yaml, LintConfig.DEFAULT);
    }

    static LintResult of(String yaml, LintConfig config) {
        Manifests manifests = read(yaml);
        if (manifests.hasErrors()) {
            throw new IllegalArgumentException("not readable: " + manifests.diagnostics());
        }
        return new Linter(Checks.all(), config).lint(manifests, _ -> Optional.of(yaml));
    }

    static Manifests read(String yaml) {
        return ManifestReader.read(List.of("-"), new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    static LintConfig config(String yaml) {
        List<Diagnostic> problems = new ArrayList<>();
        ObjectText text = ObjectText.read("config", yaml.getBytes(StandardCharsets.UTF_8), problems);
        LintConfig config = ConfigReader.read(text, Checks.all(), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("not readable: " + problems);
        }
        return config;
    }

    /** {@code line id}, one a finding. */
    static List<String> places(LintResult result) {
        return result.findings().stream()
                .map(f -> f.position().line() + " " + f.id())
                .toList();
    }
}
