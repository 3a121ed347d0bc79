package io.sluice.manifests;

import java.math.BigInteger;
import java.util.Optional;

/**
 * What kubectl takes a scalar without quotes for. Its reader (sigs.k8s.io/yaml, a descendant of go-yaml v2) follows
 * YAML 1.1: {@code yes}, {@code on} and {@code y} are booleans, {@code 0777} is octal, underscores in numbers are
 * skipped; {@code 1:30} and dates are text.
 */
enum ScalarType {
    STRING,
    INTEGER,
    FLOAT,
    BOOLEAN,
    NULL;

    static ScalarType of(String text) {
        if (text.isEmpty()) {
            return NULL;
        }
        char first = text.charAt(0);
        if ((first >= '0' && first <= '9') || first == '+' || first == '-' || first == '.') {
            return numeric(text, first);
        }
        return switch (text) {
            case "~", "null", "Null", "NULL" -> NULL;
            case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y" -> BOOLEAN;
            case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N" -> BOOLEAN;
            default -> STRING;
        };
    }

    /** The value of a scalar of type BOOLEAN. */
    static boolean isTrue(String text) {
        return switch (text.charAt(0)) {
            case 't', 'T', 'y', 'Y' -> true;
            case 'o', 'O' -> text.length() == 2;
            default -> false;
        };
    }

    private static ScalarType numeric(String text, char first) {
        if (first == '.') {
            return switch (text) {
                case ".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN" -> FLOAT;
                default -> isFloat(text) ? FLOAT : STRING;
            };
        }
        if (integer(text).isPresent()) {
            return INTEGER;
        }
        return switch (text) {
            case "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF" -> FLOAT;
            default -> isFloat(text.replace("_", "")) ? FLOAT : STRING;
        };
    }

    /** The whole number that kubectl sees: decimal, 0x, 0b, 0o or a leading 0 for octal; empty where it is none. */
    static Optional<BigInteger> integer(String text) {
        String plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
        boolean signed = !plain.isEmpty() && (plain.charAt(0) == '+' || plain.charAt(0) == '-');
        String digits = signed ? plain.substring(1) : plain;
        int radix = 10;
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            radix = switch (digits.charAt(1)) {
                case 'x', 'X' -> 16;
                case 'b', 'B' -> 2;
                default -> 8;
            };
            boolean letter = !Character.isDigit(digits.charAt(1));
            if (radix == 8 && letter && digits.charAt(1) != 'o' && digits.charAt(1) != 'O') {
                return Optional.empty();
            }
            digits = digits.substring(letter ? 2 : 1);
        }
        // 64 binary digits are the longest number the reader holds in a word; what is longer it reads as a float.
        if (digits.isEmpty() || digits.length() > 64) {
            return Optional.empty();
        }
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c > 127 || Character.digit(c, radix) < 0) {
                return Optional.empty();
            }
        }
        BigInteger magnitude = new BigInteger(digits, radix);
        BigInteger value = plain.charAt(0) == '-' ? magnitude.negate() : magnitude;
        boolean fits = signed ? value.bitLength() < 64 : value.bitLength() <= 64;
        return fits ? Optional.of(value) : Optional.empty();
    }

    /** {@code [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?}, and not too large for a double. */
    private static boolean isFloat(String text) {
        int at = !text.isEmpty() && (text.charAt(0) == '+' || text.charAt(0) == '-') ? 1 : 0;
        int whole = digitsFrom(text, at);
        at += whole;
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = digitsFrom(text, at + 1);
            if (whole == 0 && fraction == 0) {
                return false;
            }
            at += 1 + fraction;
        } else if (whole == 0) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            int exponent = digitsFrom(text, at);
            if (exponent == 0) {
                return false;
            }
            at += exponent;
        }
        return at == text.length() && !Double.isInfinite(Double.parseDouble(text));
    }

    private static int digitsFrom(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - start;
    }
}
