package io.sluice.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The API server's rules for names, labels and ports, in its own words (k8s.io/apimachinery, util/validation). Each
 * method returns what is wrong; nothing if the value is good.
 */
final class NameRules {
    private static final String LABEL_FORMAT = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN_FORMAT = LABEL_FORMAT + "(\\." + LABEL_FORMAT + ")*";
    private static final String KEY_FORMAT = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String VALUE_FORMAT = "(" + KEY_FORMAT + ")?";

    private static final Pattern KEY = Pattern.compile(KEY_FORMAT);
    private static final Pattern PORT_CHARACTERS = Pattern.compile("[-a-z0-9]+");
    private static final Pattern LETTER = Pattern.compile("[a-z]");

    private NameRules() {}

    /** Most names of objects: at most 253 characters, labels of DNS separated by dots. */
    static List<String> subdomain(String name) {
        List<String> wrong = new ArrayList<>();
        tooLong(name, 253, "", wrong);
        if (!isSubdomain(name)) {
            wrong.add(
                    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                            + " must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation"
                            + " is '" + SUBDOMAIN_FORMAT + "')");
        }
        return wrong;
    }

    /** Names of namespaces and Services' older rule: one label of DNS, at most 63 characters. */
    static List<String> label(String name) {
        List<String> wrong = new ArrayList<>();
        tooLong(name, 63, "", wrong);
        if (!isLabel(name, 0, name.length())) {
            wrong.add(
                    isSubdomain(name)
                            ? "must not contain dots"
                            : "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and"
                                    + " must start and end with an alphanumeric character (e.g. 'my-name',  or"
                                    + " '123-abc', regex used for validation is '" + LABEL_FORMAT + "')");
        }
        return wrong;
    }

    /** Label keys: an optional DNS subdomain and a slash, then at most 63 characters. */
    static List<String> labelKey(String key) {
        List<String> wrong = new ArrayList<>();
        String[] parts = key.split("/", -1);
        String name = parts[parts.length - 1];
        if (parts.length > 2) {
            wrong.add("a valid label key " + keyFormat()
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
            return wrong;
        }
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                wrong.add("prefix part must be non-empty");
            } else {
                subdomain(parts[0]).forEach(w -> wrong.add("prefix part " + w));
            }
        }
        if (name.isEmpty()) {
            wrong.add("name part must be non-empty");
        } else {
            tooLong(name, 63, "name part ", wrong);
        }
        if (!KEY.matcher(name).matches()) {
            wrong.add("name part " + keyFormat());
        }
        return wrong;
    }

    private static String keyFormat() {
        return "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                + " character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '" + KEY_FORMAT
                + "')";
    }

    /** Label values: empty, or at most 63 characters. */
    static List<String> labelValue(String value) {
        List<String> wrong = new ArrayList<>();
        tooLong(value, 63, "", wrong);
        if (!value.isEmpty() && !KEY.matcher(value).matches()) {
            wrong.add(
                    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
                            + " must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345',"
                            + " regex used for validation is '" + VALUE_FORMAT + "')");
        }
        return wrong;
    }

    /** Names of ports: IANA_SVC_NAME of RFC 6335, lower case. */
    static List<String> portName(String name) {
        List<String> wrong = new ArrayList<>();
        tooLong(name, 15, "", wrong);
        if (!PORT_CHARACTERS.matcher(name).matches()) {
            wrong.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (!LETTER.matcher(name).find()) {
            wrong.add("must contain at least one letter (a-z)");
        }
        if (name.contains("--")) {
            wrong.add("must not contain consecutive hyphens");
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            wrong.add("must not begin or end with a hyphen");
        }
        return wrong;
    }

    /** Port numbers. */
    static List<String> portNumber(int port) {
        return port >= 1 && port <= 65535 ? List.of() : List.of("must be between 1 and 65535, inclusive");
    }

    private static void tooLong(String value, int limit, String part, List<String> wrong) {
        if (value.length() > limit) {
            wrong.add(part + "must be no more than " + limit + " bytes");
        }
    }

    private static boolean isSubdomain(String name) {
        int start = 0;
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', start)) {
            if (!isLabel(name, start, dot)) {
                return false;
            }
            start = dot + 1;
        }
        return isLabel(name, start, name.length());
    }

    private static boolean isLabel(String name, int start, int end) {
        if (start == end || name.charAt(start) == '-' || name.charAt(end - 1) == '-') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = name.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
                return false;
            }
        }
        return true;
    }
}
