package io.sluice.analysis.lint;

import io.sluice.analysis.lint.LabelStandards.LabelStandard;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The configuration file:
 *
 * <pre>
 *   checks:
 *     egress-unlimited: warning      # error, warning, info, or off
 *   labels:
 *     - kinds: [Pod, Namespace]
 *       required: [team]
 *       values: {tier: [frontend, backend]}
 *       patterns: {team: "[a-z]+"}
 *       name: "[a-z][a-z0-9-]+"
 * </pre>
 */
public final class ConfigReader {
    private static final Set<String> KEYS = Set.of("checks", "labels");
    private static final Set<String> STANDARD_KEYS = Set.of("kinds", "required", "values", "patterns", "name");

    private final ObjectText text;
    private final Set<String> ids = new HashSet<>();
    private final List<Diagnostic> problems;

    private ConfigReader(ObjectText text, List<Check> checks, List<Diagnostic> problems) {
        this.text = text;
        this.problems = problems;
        Linter.abouts(checks).forEach(about -> ids.add(about.id()));
    }

    /** @param problems where to put what is not understood */
    public static LintConfig read(ObjectText text, List<Check> checks, List<Diagnostic> problems) {
        return new ConfigReader(text, checks, problems).read();
    }

    private LintConfig read() {
        expect(KEYS);
        Map<String, Severity> severities = new HashMap<>();
        Set<String> disabled = new HashSet<>();
        for (String id : text.keys("checks")) {
            String value = text.text("checks", id).orElse("");
            Optional<Severity> severity = Severity.named(value);
            if (!ids.contains(id)) {
                problem(text.keyAt("checks", id), "there is no check " + id, near(id, ids));
            } else if (severity.isPresent()) {
                severities.put(id, severity.get());
            } else if (value.equals("off")) {
                disabled.add(id);
            } else {
                problem(text.at("checks", id), "not a severity: " + value, "write error, warning, info or off");
            }
        }
        List<LabelStandard> standards = new ArrayList<>();
        for (int i = 0; i < text.size("labels"); i++) {
            standards.add(standard(i));
        }
        return new LintConfig(severities, disabled, new LabelStandards(standards));
    }

    private LabelStandard standard(int item) {
        expect(STANDARD_KEYS, "labels", item);
        if (text.size("labels", item, "kinds") == 0) {
            problem(text.at("labels", item), "a label standard needs kinds", "such as kinds: [Pod, Namespace]");
        }
        Map<String, Set<String>> allowed = new HashMap<>();
        for (String key : text.keys("labels", item, "values")) {
            allowed.put(key, new LinkedHashSet<>(text.texts("labels", item, "values", key)));
        }
        Map<String, Pattern> patterns = new HashMap<>();
        for (String key : text.keys("labels", item, "patterns")) {
            pattern("labels", item, "patterns", key).ifPresent(pattern -> patterns.put(key, pattern));
        }
        return new LabelStandard(
                Set.copyOf(text.texts("labels", item, "kinds")),
                Set.copyOf(text.texts("labels", item, "required")),
                allowed,
                patterns,
                pattern("labels", item, "name"));
    }

    private Optional<Pattern> pattern(Object... path) {
        Optional<String> written = text.text(path);
        try {
            return written.map(Pattern::compile);
        } catch (PatternSyntaxException e) {
            problem(text.at(path), "not a regular expression: " + e.getDescription(), "");
            return Optional.empty();
        }
    }

    private void expect(Set<String> known, Object... path) {
        for (String key : text.keys(path)) {
            if (!known.contains(key)) {
                List<Object> place = new ArrayList<>(List.of(path));
                place.add(key);
                problem(text.keyAt(place.toArray()), "unknown key " + key, near(key, known));
            }
        }
    }

    private static String near(String word, Set<String> known) {
        return Spelling.nearest(word, known).map(n -> "did you mean " + n + "?").orElse("");
    }

    private void problem(SourcePosition where, String message, String hint) {
        problems.add(new Diagnostic("lint-config", Diagnostic.Severity.ERROR, where, message, hint));
    }
}
