package io.sluice.analysis.lint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What an organisation asks of the labels and names of its objects. */
public record LabelStandards(List<LabelStandard> standards) {
    public static final LabelStandards NONE = new LabelStandards(List.of());

    public LabelStandards {
        standards = List.copyOf(standards);
    }

    /**
     * One standard.
     *
     * @param kinds that it speaks of; a kind with a pod template is meant with the labels of its template
     * @param required keys that each must have
     * @param allowed for a key, the values that it may have
     * @param patterns for a key, what its value must look like
     * @param name what the object's name must look like
     */
    public record LabelStandard(
            Set<String> kinds,
            Set<String> required,
            Map<String, Set<String>> allowed,
            Map<String, Pattern> patterns,
            Optional<Pattern> name) {}
}
