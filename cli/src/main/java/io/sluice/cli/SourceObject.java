package io.sluice.cli;

import io.sluice.manifests.ObjectText;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which object of a file a rendered one was made of. */
final class SourceObject {
    private SourceObject() {}

    /**
     * The only one there is; else the one of the same name; else the one whose name is the longest part of the rendered
     * name, for prefixes and suffixes are put around names.
     *
     * @param candidates of the same kind
     */
    static Optional<ObjectText> of(ObjectText rendered, List<ObjectText> candidates) {
        if (candidates.size() == 1) {
            return Optional.of(candidates.getFirst());
        }
        List<ObjectText> fitting = candidates.stream()
                .filter(c -> !c.name().isEmpty() && rendered.name().contains(c.name()))
                .sorted(Comparator.comparing((ObjectText c) -> -c.name().length()))
                .toList();
        boolean clear = !fitting.isEmpty()
                && (fitting.size() == 1
                        || fitting.get(0).name().length()
                                > fitting.get(1).name().length());
        return clear ? Optional.of(fitting.getFirst()) : Optional.empty();
    }
}
