package io.sluice.policy.model;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Domain names that a peer speaks of. Case does not count, nor does a trailing dot.
 *
 * @param text as it was written
 * @param wildcard what a star stands for
 */
public record DomainPattern(String text, Wildcard wildcard) {
    /** What a star in a pattern stands for. */
    public enum Wildcard {
        /**
         * A star is the whole first label and stands for one or more labels: {@code *.example.com} is
         * {@code a.b.example.com} and not {@code example.com} (network-policy-api NPEP-133).
         */
        LABELS,
        /**
         * A star may stand anywhere and stands for any part of one label, also none; {@code **.} in front stands for one
         * or more labels; a lone star is every name (Cilium toFQDNs.matchPattern).
         */
        PART_OF_A_LABEL
    }

    public boolean matches(String name) {
        return Pattern.matches(regex(), normal(name));
    }

    private String regex() {
        String pattern = normal(text);
        return switch (wildcard) {
            case LABELS ->
                pattern.startsWith("*.") ? "([^.]+\\.)+" + Pattern.quote(pattern.substring(2)) : Pattern.quote(pattern);
            case PART_OF_A_LABEL -> {
                if (pattern.equals("*")) {
                    yield ".*";
                }
                boolean deep = pattern.startsWith("**.");
                String rest = deep ? pattern.substring(3) : pattern;
                yield (deep ? "([^.]+\\.)+" : "") + "\\Q" + rest.replace("*", "\\E[^.]*\\Q") + "\\E";
            }
        };
    }

    private static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    @Override
    public String toString() {
        return text;
    }
}
