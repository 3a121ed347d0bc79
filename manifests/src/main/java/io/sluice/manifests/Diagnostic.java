package io.sluice.manifests;

import io.sluice.policy.model.SourcePosition;

/**
 * Something to say about the input.
 *
 * @param code stable, kebab-case, such as {@code unknown-field}
 * @param message one sentence: what is wrong
 * @param hint one sentence: what to do; empty where the message says it
 */
public record Diagnostic(String code, Severity severity, SourcePosition position, String message, String hint) {
    /** How bad it is. An ERROR means that the input cannot be used. */
    public enum Severity {
        ERROR,
        WARNING
    }

    public Diagnostic {
        message = Printable.of(message);
        hint = Printable.of(hint);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** {@code file:line:column: error: message. hint}, the form that editors and people read. */
    @Override
    public String toString() {
        String where = position.toString().isEmpty() ? "" : position + ": ";
        String label = isError() ? "error" : "warning";
        return where + label + ": " + message + (hint.isEmpty() ? "" : " (" + hint + ")");
    }
}
