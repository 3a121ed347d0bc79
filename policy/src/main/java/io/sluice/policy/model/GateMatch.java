package io.sluice.policy.model;

import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.Locale;
import java.util.regex.Pattern;

/** A value that an attribute of a request is compared with. */
public sealed interface GateMatch {
    boolean matches(String value);

    /** Whether it asks no more than that the attribute is there. */
    default boolean isPresence() {
        return this instanceof Text text && text.form() == Form.PRESENT;
    }

    /** What stars in a text stand for. */
    enum Form {
        /** The whole text. */
        EXACT,
        /** {@code a*}. */
        PREFIX,
        /** {@code *a}. */
        SUFFIX,
        /** A lone star: there is a value. */
        PRESENT
    }

    /**
     * @param text without its star
     * @param anyCase whether case does not count, as for hosts
     */
    record Text(Form form, String text, boolean anyCase) implements GateMatch {
        /** Reads stars as Istio does: the first one counts before the last, others are signs like any other. */
        public static Text of(String written, boolean anyCase) {
            if (written.equals("*")) {
                return new Text(Form.PRESENT, "", anyCase);
            }
            if (written.startsWith("*")) {
                return new Text(Form.SUFFIX, written.substring(1), anyCase);
            }
            return written.endsWith("*")
                    ? new Text(Form.PREFIX, written.substring(0, written.length() - 1), anyCase)
                    : new Text(Form.EXACT, written, anyCase);
        }

        @Override
        public boolean matches(String value) {
            String it = anyCase ? value.toLowerCase(Locale.ROOT) : value;
            String wanted = anyCase ? text.toLowerCase(Locale.ROOT) : text;
            return switch (form) {
                case EXACT -> it.equals(wanted);
                case PREFIX -> it.startsWith(wanted);
                case SUFFIX -> it.endsWith(wanted);
                case PRESENT -> true;
            };
        }

        @Override
        public String toString() {
            return switch (form) {
                case EXACT -> text;
                case PREFIX -> text + "*";
                case SUFFIX -> "*" + text;
                case PRESENT -> "*";
            };
        }
    }

    /** A text in which a star may stand anywhere and for anything, as in the names of namespaces. */
    record Glob(String written) implements GateMatch {
        @Override
        public boolean matches(String value) {
            return Pattern.matches("\\Q" + written.replace("*", "\\E.*\\Q") + "\\E", value);
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /**
     * A path with <code>{*}</code> for exactly one segment and <code>{**}</code> for any rest, also none. What they stand
     * for has only signs that a path may have (Envoy's URI template matcher).
     */
    record Template(String written) implements GateMatch {
        private static final String SIGNS = "a-zA-Z0-9\\-._~%!$&'()+,;:@=";

        /** Whether a path is a template, and no plain text. */
        public static boolean isOne(String path) {
            return path.contains("{*}") || path.contains("{**}");
        }

        @Override
        public boolean matches(String value) {
            String quoted = "\\Q" + written + "\\E";
            String regex = quoted.replace("{**}", "\\E[" + SIGNS + "/]*\\Q").replace("{*}", "\\E[" + SIGNS + "]+\\Q");
            return Pattern.matches(regex, value);
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** Issuer and subject of a token, which the last slash of the value divides. */
    record IssuerAndSubject(Text issuer, Text subject, String written) implements GateMatch {
        /** Reads them as Istio does: a star in front is the issuer's, one at the end the subject's. */
        public static IssuerAndSubject of(String written) {
            int slash = written.lastIndexOf('/');
            Text any = new Text(Form.PRESENT, "", false);
            if (written.equals("*")) {
                return new IssuerAndSubject(any, any, written);
            }
            if (slash < 0) {
                return written.startsWith("*")
                        ? new IssuerAndSubject(any, Text.of(written, false), written)
                        : written.endsWith("*")
                                ? new IssuerAndSubject(Text.of(written, false), any, written)
                                : new IssuerAndSubject(exact(written), exact(""), written);
            }
            String issuer = written.substring(0, slash);
            String subject = written.substring(slash + 1);
            return written.startsWith("*")
                    ? new IssuerAndSubject(Text.of(issuer, false), exact(subject), written)
                    : new IssuerAndSubject(
                            exact(issuer), subject.endsWith("*") ? tail(subject) : exact(subject), written);
        }

        /** Of a text that ends with a star. */
        private static Text tail(String subject) {
            return subject.equals("*")
                    ? new Text(Form.PRESENT, "", false)
                    : new Text(Form.PREFIX, subject.substring(0, subject.length() - 1), false);
        }

        private static Text exact(String text) {
            return new Text(Form.EXACT, text, false);
        }

        @Override
        public boolean matches(String value) {
            int slash = value.lastIndexOf('/');
            String first = slash < 0 ? value : value.substring(0, slash);
            String last = slash < 0 ? "" : value.substring(slash + 1);
            return part(issuer, first) && part(subject, last);
        }

        /** A claim is there only if it has a value. */
        private static boolean part(Text wanted, String value) {
            return wanted.matches(value) && (wanted.form() != Form.PRESENT || !value.isEmpty());
        }

        @Override
        public String toString() {
            return written;
        }
    }

    /** An address inside. */
    record Network(Cidr cidr) implements GateMatch {
        @Override
        public boolean matches(String value) {
            return Ip.tryParse(value).filter(cidr::contains).isPresent();
        }

        @Override
        public String toString() {
            return cidr.length() == cidr.base().bits() ? cidr.base().toString() : cidr.toString();
        }
    }

    /** A port. */
    record Number(int number) implements GateMatch {
        @Override
        public boolean matches(String value) {
            return value.equals(Integer.toString(number));
        }

        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }
}
