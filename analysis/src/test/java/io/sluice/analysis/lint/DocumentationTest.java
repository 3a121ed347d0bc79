package io.sluice.analysis.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.lint.check.Checks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * docs/lint.md says what the checks say. With {@code -Dgolden.update} it is written from them; the difference is then
 * read by a person.
 */
class DocumentationTest {
    private static final String HEAD = """
            # sluice lint

            What is wrong or risky in policies and in the workloads they are for. All paths of one call are one cluster,
            whatever folder a file lies in. Neither a cluster nor root is needed.

                sluice lint manifests/ policies/          text; also -o json, sarif, junit, github
                sluice lint --list                        the checks
                sluice lint --explain dns-blocked         one of them, with examples

            Exit status: 0 no error and no warning, 1 errors or warnings, 2 wrong use or unreadable input. Information
            alone does not fail. A file that cannot be read, wrong indentation among the reasons, is no finding: it is
            reported with its place, and nothing is linted.

            A check that cannot tell says nothing: where a peer may be a pod that was not read, where a pod does not
            declare its ports, where no Namespace object tells which labels there are. Where nothing but policies was
            read, they are judged for pods with just the labels that they select. What a rule allows is asked of the
            same engine that enforces it.

            ## Suppressions

            A finding that is meant is answered for in the manifest, with the reason. Without a reason nothing is
            suppressed.

            ```yaml
            # sluice:ignore egress-to-world the payment provider publishes no ranges
            - ipBlock:
                cidr: 0.0.0.0/0
            ```

            The comment stands at the end of the line that the finding names or on lines of its own just above it;
            above the first key of a document it holds for the document. Where comments get lost, an annotation of the
            object does the same: `lint.sluice.io/egress-to-world: the payment provider publishes no ranges`.

            ## Baseline

                sluice lint --write-baseline known.json .    accept what is there
                sluice lint --baseline known.json .          fail only on what is new

            A finding is known by check, file and message, so it stays known when lines move.

            ## Configuration

            `.sluice-lint.yaml` in the working directory, or `--config FILE`.

            ```yaml
            checks:
              egress-unlimited: warning        # error, warning, info, or off
            labels:
              - kinds: [Pod]                   # Pod: Pod objects and the templates of workloads
                required: [app.kubernetes.io/name, team]
                values:
                  tier: [frontend, backend]
                patterns:
                  team: "[a-z][a-z-]*"
              - kinds: [Namespace, NetworkPolicy]
                name: "[a-z][a-z0-9-]*"        # what the object's name must look like
            ```

            ## The checks

            """;

    @Test
    void lintIsDocumented() throws IOException {
        Path page = root().resolve("docs/lint.md");
        String said = page();
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, said);
        }
        assertThat(Files.readString(page)).isEqualTo(said);
    }

    private static String page() {
        List<About> checks = Linter.abouts(Checks.all());
        StringBuilder out = new StringBuilder(HEAD);
        out.append("| id | severity | what is found |\n|---|---|---|\n");
        for (About check : checks) {
            out.append("| [")
                    .append(check.id())
                    .append("](#")
                    .append(check.id())
                    .append(") | ");
            out.append(check.severity()).append(" | ").append(check.summary()).append(" |\n");
        }
        for (About check : checks) {
            out.append("\n### ").append(check.id()).append("\n\n");
            out.append(check.summary()).append(" (").append(check.severity()).append(")\n\n");
            out.append(check.reason()).append("\n\n");
            out.append("**Fix.** ").append(check.fix()).append("\n\n");
            Examples.config(check.id()).ifPresent(yaml -> example(out, "With this configuration:", yaml));
            String firing = Examples.firing(check.id()).orElseThrow();
            example(out, "It fires here:", firing);
            List<String> quiet =
                    Examples.quiet(check.id()).orElseThrow().lines().toList();
            out.append("And not with these changes:\n\n```diff\n");
            LineDiff.of(firing.lines().toList(), quiet)
                    .forEach(line -> out.append(line).append('\n'));
            out.append("```\n");
        }
        return out.toString();
    }

    private static void example(StringBuilder out, String title, String yaml) {
        out.append(title).append("\n\n```yaml\n").append(yaml).append("```\n\n");
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("ARCHITECTURE.md"))) {
            folder = folder.getParent();
        }
        return java.util.Objects.requireNonNull(folder, "not inside the repository");
    }
}
