package io.sluice.manifests;

/** The text is no YAML or JSON: thrown by the two readers, turned into a diagnostic where a document is read. */
final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;
    private final transient Place place;
    private final String hint;

    SyntaxException(String code, Place place, String message, String hint) {
        super(message, null, false, false);
        this.code = code;
        this.place = place;
        this.hint = hint;
    }

    Place place() {
        return place;
    }

    void report(Problems problems) {
        problems.error(code, place, String.valueOf(getMessage()), hint);
    }
}
