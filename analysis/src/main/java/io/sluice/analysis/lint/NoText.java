package io.sluice.analysis.lint;

import io.sluice.policy.model.SourcePosition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An object of which nothing but its place is known. */
record NoText(SourcePosition position) implements ObjectText {
    @Override
    public SourcePosition at(Object... path) {
        return position;
    }

    @Override
    public SourcePosition keyAt(Object... path) {
        return position;
    }

    @Override
    public boolean has(Object... path) {
        return false;
    }

    @Override
    public boolean isHollow(Object... path) {
        return false;
    }

    @Override
    public Optional<String> text(Object... path) {
        return Optional.empty();
    }

    @Override
    public List<String> texts(Object... path) {
        return List.of();
    }

    @Override
    public int size(Object... path) {
        return 0;
    }

    @Override
    public Set<String> keys(Object... path) {
        return Set.of();
    }
}
