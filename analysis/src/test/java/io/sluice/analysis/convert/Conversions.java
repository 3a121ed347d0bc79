package io.sluice.analysis.convert;

import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import io.sluice.policy.table.Relation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** Conversions of texts. */
final class Conversions {
    private Conversions() {}

    static Converter.Result of(String yaml, Target target, Set<Relation> besides) {
        Manifests read =
                ManifestReader.read(List.of("-"), new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        if (read.hasErrors()) {
            throw new AssertionError(read.diagnostics());
        }
        return Converter.convert(read, target, besides);
    }

    static String converted(String yaml, Target target, Relation... besides) {
        Converter.Result result = of(yaml, target, Set.of(besides));
        if (result instanceof Converter.Result.Converted converted) {
            return converted.yaml();
        }
        throw new AssertionError(result);
    }

    static List<String> refusals(String yaml, Target target, Set<Relation> besides) {
        return switch (of(yaml, target, besides)) {
            case Converter.Result.Unsaid(List<Refusal> refusals) ->
                refusals.stream().map(r -> r.policy() + ": " + r.reason()).toList();
            case Converter.Result.Differs(var _, Proof.Difference d) ->
                List.of(d.direction() + " " + d.relation() + ": " + d.before().verdict() + ", then "
                        + d.after().verdict());
            case Converter.Result.Converted _, Converter.Result.NothingToConvert _ -> List.of();
        };
    }
}
