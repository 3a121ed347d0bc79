package io.sluice.manifests;

import java.util.List;
import java.util.stream.Collectors;

/** Validation errors in the form of the API server (k8s.io/apimachinery, util/validation/field). */
final class Invalid {
    private Invalid() {}

    /** One error for each reason. */
    static void text(Cursor field, String value, List<String> reasons) {
        reasons.forEach(
                reason -> field.error("invalid-value", "Invalid value: " + Quote.text(value) + ": " + reason, ""));
    }

    static void text(Cursor field, String value, String reason, String hint) {
        field.error("invalid-value", "Invalid value: " + Quote.text(value) + ": " + reason, hint);
    }

    static void number(Cursor field, int value, List<String> reasons) {
        reasons.forEach(reason -> field.error("invalid-value", "Invalid value: " + value + ": " + reason, ""));
    }

    static void notSupported(Cursor field, String value, List<String> supported, String hint) {
        field.error(
                "unsupported-value",
                "Unsupported value: " + Quote.text(value) + ": supported values: "
                        + supported.stream().map(Quote::text).collect(Collectors.joining(", ")),
                hint);
    }

    /** @param parent the mapping that lacks the field */
    static void required(Cursor parent, String field, String reason, String hint) {
        FieldPath path = field.isEmpty() ? parent.path() : parent.path().child(field);
        parent.problems()
                .error(
                        "required-value",
                        parent.place(),
                        path + ": Required value" + (reason.isEmpty() ? "" : ": " + reason),
                        hint);
    }

    static void forbidden(Cursor field, String reason, String hint) {
        field.error("forbidden", "Forbidden: " + reason, hint);
    }
}
