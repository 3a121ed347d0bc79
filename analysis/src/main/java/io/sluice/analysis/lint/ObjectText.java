package io.sluice.analysis.lint;

import io.sluice.policy.model.SourcePosition;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The text of one object: what is written, not what it comes to mean. A path is keys and, in lists, places from 0. */
public interface ObjectText {
    /** Where the value stands, or else the nearest thing around it that is there. */
    SourcePosition at(Object... path);

    /** Where the last key of the path stands, or else as {@link #at}. */
    SourcePosition keyAt(Object... path);

    /** Whether something is written there, null included. */
    boolean has(Object... path);

    /** Whether the key is written and what follows is null or an empty list or mapping. */
    boolean isHollow(Object... path);

    /** The scalar there, as written. */
    Optional<String> text(Object... path);

    /** The scalars of the list there. */
    List<String> texts(Object... path);

    /** The length of the list there; 0 where there is none. */
    int size(Object... path);

    /** The keys of the mapping there, in the order of the text. */
    Set<String> keys(Object... path);

    default String kind() {
        return text("kind").orElse("");
    }

    default String name() {
        return text("metadata", "name").orElse("");
    }

    /** Empty where none is written. */
    default String namespace() {
        return text("metadata", "namespace").orElse("");
    }
}
