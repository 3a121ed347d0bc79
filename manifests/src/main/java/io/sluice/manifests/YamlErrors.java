package io.sluice.manifests;

import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The scanner's complaints in the words of someone who wants to repair the file. */
final class YamlErrors {
    private YamlErrors() {}

    static SyntaxException translate(YamlEngineException error, String text, int firstLine) {
        Optional<Mark> mark =
                error instanceof MarkedYamlEngineException marked ? marked.getProblemMark() : Optional.empty();
        Place place = mark.map(m -> new Place(m.getLine() + firstLine, m.getColumn() + 1))
                .orElse(new Place(firstLine, 1));
        String problem = error instanceof MarkedYamlEngineException marked && marked.getProblem() != null
                ? marked.getProblem()
                : String.valueOf(error.getMessage());
        return new SyntaxException("bad-yaml", place, "the YAML is broken: " + problem.toLowerCase(Locale.ROOT), "");
    }
}
