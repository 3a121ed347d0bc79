package io.sluice.manifests;

import java.util.Optional;

/** Numbers with a fraction, which only Calico's orders are. */
final class CalicoNumbers {
    private CalicoNumbers() {}

    /** {@code spec.order}; "if the order is omitted, it may be considered to be infinite". */
    static double order(Cursor spec) {
        return spec.child("order").flatMap(CalicoNumbers::decimal).orElse(Double.POSITIVE_INFINITY);
    }

    private static Optional<Double> decimal(Cursor field) {
        if (field.value() instanceof Value.Scalar scalar
                && (scalar.type() == ScalarType.INTEGER || scalar.type() == ScalarType.FLOAT)) {
            double number = ScalarType.integer(scalar.text())
                    .map(whole -> whole.doubleValue())
                    .orElseGet(() -> parsed(scalar.text()));
            if (Double.isFinite(number)) {
                return Optional.of(number);
            }
            field.wrongType("a finite number", "");
            return Optional.empty();
        }
        boolean quoted = field.value() instanceof Value.Scalar s && ScalarType.of(s.text()) == ScalarType.INTEGER;
        field.wrongType("a number", quoted ? "remove the quotes" : "");
        return Optional.empty();
    }

    private static double parsed(String text) {
        try {
            return Double.parseDouble(text.replace("_", ""));
        } catch (NumberFormatException _) {
            // .inf and .nan: numbers to YAML, not to the API.
            return Double.NaN;
        }
    }
}
