package io.sluice.cli;

import io.sluice.analysis.lint.Baseline;
import io.sluice.analysis.lint.ConfigReader;
import io.sluice.analysis.lint.LintConfig;
import io.sluice.analysis.lint.check.Checks;
import io.sluice.analysis.lint.report.BaselineJson;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ObjectText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files of lint besides manifests: configuration and baseline. */
final class LintFiles {
    private static final String DEFAULT_CONFIG = ".sluice-lint.yaml";

    private LintFiles() {}

    /**
     * @param file null for the default one, which need not be there
     * @throws Refusal if it cannot be read, or says what is not understood
     */
    static LintConfig config(@Nullable String file) {
        if (file == null && !Files.exists(Path.of(DEFAULT_CONFIG))) {
            return LintConfig.DEFAULT;
        }
        List<Diagnostic> problems = new ArrayList<>();
        ObjectText text = read(file == null ? DEFAULT_CONFIG : file, problems);
        LintConfig config = ConfigReader.read(text, Checks.all(), problems);
        refuse(problems);
        return config;
    }

    /** @throws Refusal if it cannot be read or is no baseline */
    static Baseline baseline(String file) {
        List<Diagnostic> problems = new ArrayList<>();
        Baseline baseline = BaselineJson.read(read(file, problems), problems);
        refuse(problems);
        return baseline;
    }

    /** @throws Refusal if it cannot be written */
    static void write(String file, Baseline baseline) {
        UserFile.write(file, BaselineJson.of(baseline));
    }

    private static ObjectText read(String file, List<Diagnostic> problems) {
        return ObjectText.read(file, UserFile.bytes(file), problems);
    }

    private static void refuse(List<Diagnostic> problems) {
        if (problems.stream().anyMatch(Diagnostic::isError)) {
            throw new Refusal(problems.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
        }
    }
}
