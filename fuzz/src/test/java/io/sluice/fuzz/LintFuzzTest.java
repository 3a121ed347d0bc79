package io.sluice.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sluice.analysis.lint.Check;
import io.sluice.analysis.lint.ConfigReader;
import io.sluice.analysis.lint.Finding;
import io.sluice.analysis.lint.LintConfig;
import io.sluice.analysis.lint.LintResult;
import io.sluice.analysis.lint.Linter;
import io.sluice.analysis.lint.check.Checks;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.Manifests;
import io.sluice.manifests.ObjectText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The linter over whatever can be read: manifests with suppressions in comments and annotations, and before a line
 * {@code ===} a configuration.
 */
class LintFuzzTest {
    private static final String SEPARATOR = "\n===\n";

    private static final List<Check> CHECKS = Checks.all();

    @FuzzTest(maxDuration = "8s")
    @DictionaryFile(resourcePath = "/io/sluice/fuzz/manifests.dict")
    void lint(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int cut = text.indexOf(SEPARATOR);
        LintConfig config = config((cut < 0 ? "" : text.substring(0, cut)).getBytes(StandardCharsets.UTF_8));
        String manifests = cut < 0 ? text : text.substring(cut + SEPARATOR.length());
        byte[] input = manifests.getBytes(StandardCharsets.UTF_8);
        Manifests read = Reading.of(input);
        if (!read.hasErrors() && read.snapshot().pods().size() < 100) {
            Linter linter = new Linter(CHECKS, config);
            LintResult result = Bounds.hold(() -> linter.lint(read, _ -> Optional.of(manifests)));
            InputText place = new InputText(input);
            for (Finding finding : result.findings()) {
                InputText.printable(finding.message(), finding);
                if (!place.has(finding.position())) {
                    throw new AssertionError("outside of the input: " + finding);
                }
            }
        }
    }

    private static LintConfig config(byte[] bytes) {
        List<Diagnostic> problems = new ArrayList<>();
        LintConfig config = Bounds.hold(() -> {
            problems.clear();
            return ConfigReader.read(ObjectText.read("<stdin>", bytes, problems), CHECKS, problems);
        });
        new InputText(bytes).expect(problems);
        return config;
    }
}
