package io.sluice.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An item of {@code ports} or {@code notPorts}: a number, a range {@code "1000:2000"}, or a name. */
sealed interface CalicoPort {
    record Numbers(int first, int last) implements CalicoPort {}

    record Named(String name) implements CalicoPort {}

    int LAST = 0xffff;

    /** How many items a list may have. */
    int MOST = 50;

    Pattern NUMBERS = Pattern.compile("([0-9]+)(?::([0-9]+))?");

    static List<CalicoPort> list(Cursor entity, String field) {
        Optional<Cursor> list = entity.child(field);
        List<Cursor> items = list.map(Cursor::items).orElse(List.of());
        list.ifPresent(f -> CrdRules.atMost(f, items.size(), MOST, "split the rule"));
        List<CalicoPort> ports = new ArrayList<>(items.size());
        for (Cursor item : items) {
            read(item).ifPresent(ports::add);
        }
        return ports;
    }

    private static Optional<CalicoPort> read(Cursor item) {
        if (!(item.value() instanceof Value.Scalar scalar)) {
            item.wrongType("a port: a number, a range \"1000:2000\" or a name", "");
            return Optional.empty();
        }
        if (scalar.type() == ScalarType.INTEGER || scalar.type() == ScalarType.FLOAT) {
            return item.whole().flatMap(number -> numbers(item, number, number));
        }
        return item.text().flatMap(text -> written(item, text));
    }

    private static Optional<CalicoPort> written(Cursor item, String text) {
        Matcher numbers = NUMBERS.matcher(text);
        if (numbers.matches()) {
            int first = number(numbers.group(1));
            return numbers(item, first, numbers.group(2) == null ? first : number(numbers.group(2)));
        }
        List<String> wrong = NameRules.portName(text);
        Invalid.text(item, text, wrong);
        return wrong.isEmpty() ? Optional.of(new Named(text)) : Optional.empty();
    }

    private static int number(String digits) {
        return digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private static Optional<CalicoPort> numbers(Cursor item, int first, int last) {
        String written = item.value() instanceof Value.Scalar scalar ? scalar.text() : "";
        if (first < 1 || first > LAST || last < 1 || last > LAST) {
            Invalid.text(item, written, "port range invalid, port number must be between 1 and 65535", "");
            return Optional.empty();
        }
        if (first > last) {
            Invalid.text(
                    item,
                    written,
                    "minimum port number (" + first + ") is greater than maximum port number (" + last
                            + ") in port range",
                    "write \"" + last + ":" + first + "\"");
            return Optional.empty();
        }
        return Optional.of(new Numbers(first, last));
    }
}
