package io.sluice.manifests;

/** Where an object stands that another program rendered: the place a person opens to change it. */
public sealed interface Origin {
    /** Nothing is known but the rendered text itself. */
    Origin RENDERED = new Rendered();

    /** In the rendered text. */
    record Rendered() implements Origin {}

    /**
     * All of it at one place.
     *
     * @param line from 1; 0 where only the file is known
     */
    record At(String file, int line) implements Origin {}

    /** In the text it was made of: each part at the place where that text says it. */
    record Like(ObjectText source) implements Origin {}
}
