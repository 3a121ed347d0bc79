package io.sluice.manifests;

import io.sluice.policy.model.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Calico's selector language. As its own reader has it (libcalico-go/lib/selector), {@code ||} binds weakest, then
 * {@code &&}, then {@code !}; a value stands between quotes of either kind, without escapes; an operator may follow its
 * label without a space; {@code has(}, {@code all(} and {@code global(} are written without a space before the bracket;
 * a set may be empty and may end with a comma; nothing but spaces and tabs may stand between the words.
 *
 * <p>The result speaks of the labels as they are written; {@link CalicoKeys} says what they mean.
 */
final class CalicoSelector {
    /** What {@code global()} becomes: a key that no label can have. */
    static final Selector GLOBAL = new Selector.Has("global()");

    static final Selector NEVER = new Selector.Any(List.of());

    /** Brackets in brackets; Calico has no limit but the length of the text. */
    private static final int DEEPEST = 100;

    private final String text;
    private int at;
    private int depth;

    private CalicoSelector(String text) {
        this.text = text;
    }

    /** A selector that Calico would not take, and where. */
    private static final class Mistake extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int index;
        private final String hint;

        Mistake(int index, String message, String hint) {
            super(message, null, false, false);
            this.index = index;
            this.hint = hint;
        }
    }

    /** The selector in a field; everything where the text is empty; nothing, and reported, where it is none. */
    static Optional<Selector> read(Cursor field) {
        Optional<String> text = field.text();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new CalicoSelector(text.get()).whole());
        } catch (Mistake mistake) {
            Place place = field.value() instanceof Value.Scalar scalar ? scalar.placeOf(mistake.index) : field.place();
            field.problems()
                    .error(
                            "invalid-selector",
                            place,
                            field.path() + ": Invalid selector, character " + (mistake.index + 1) + ": "
                                    + mistake.getMessage(),
                            mistake.hint);
            return Optional.empty();
        }
    }

    private Selector whole() {
        skip();
        if (at == text.length()) {
            return Selector.ALL;
        }
        Selector selector = or();
        skip();
        if (at < text.length()) {
            throw text.charAt(at) == ')'
                    ? wrong("this bracket closes nothing", "")
                    : wrong("expected && or || or the end, found " + found(), "");
        }
        return selector;
    }

    private Selector or() {
        List<Selector> parts = new ArrayList<>();
        do {
            parts.add(and());
        } while (operator("||", '|'));
        return parts.size() == 1 ? parts.getFirst() : new Selector.Any(parts);
    }

    private Selector and() {
        List<Selector> parts = new ArrayList<>();
        do {
            parts.add(operation());
        } while (operator("&&", '&'));
        return parts.size() == 1 ? parts.getFirst() : new Selector.All(parts);
    }

    private Selector operation() {
        boolean negated = false;
        skip();
        while (at < text.length() && text.charAt(at) == '!') {
            negated = !negated;
            at++;
            skip();
        }
        Selector one = simple();
        return negated ? new Selector.Not(one) : one;
    }

    private Selector simple() {
        if (at == text.length()) {
            throw wrong("expected a condition, found the end", "");
        }
        if (text.charAt(at) == '(') {
            return bracketed();
        }
        if (take("has(")) {
            skip();
            String label = label("expected the name of a label");
            close("has(");
            return new Selector.Has(label);
        }
        if (take("all(")) {
            close("all(");
            return Selector.ALL;
        }
        if (take("global(")) {
            close("global(");
            return GLOBAL;
        }
        int start = at;
        String label = label("expected a condition, found " + found());
        return comparison(label, start);
    }

    private Selector bracketed() {
        int opened = at++;
        if (++depth > DEEPEST) {
            throw wrong("more than " + DEEPEST + " brackets in each other", "");
        }
        Selector inner = or();
        skip();
        if (at == text.length() || text.charAt(at) != ')') {
            throw wrong("expected ) for the bracket at character " + (opened + 1) + ", found " + found(), "");
        }
        at++;
        depth--;
        return inner;
    }

    private Selector comparison(String label, int start) {
        skip();
        if (take("==")) {
            return new Selector.In(label, Set.of(value()));
        }
        if (take("!=")) {
            return new Selector.Not(new Selector.In(label, Set.of(value())));
        }
        if (at < text.length() && text.charAt(at) == '=') {
            throw wrong("expected ==, found =", "");
        }
        if (take("contains")) {
            return new Selector.Text(label, Selector.Text.Where.ANYWHERE, value());
        }
        if (words("starts", "with")) {
            return new Selector.Text(label, Selector.Text.Where.START, value());
        }
        if (words("ends", "with")) {
            return new Selector.Text(label, Selector.Text.Where.END, value());
        }
        if (words("not", "in")) {
            return new Selector.Not(new Selector.In(label, values()));
        }
        if (take("in")) {
            return new Selector.In(label, values());
        }
        boolean function = Set.of("has", "all", "global").contains(label) && found().equals("(");
        if (function) {
            at = start;
            throw wrong("expected " + label + "( without a space before the bracket", "");
        }
        throw wrong(
                "expected an operator after the label " + Quote.text(label) + ", found " + found(),
                "one of ==, !=, in, not in, contains, starts with, ends with; has(" + label + ") asks for the label");
    }

    private Set<String> values() {
        skip();
        if (!take("{")) {
            throw wrong("expected { and a set of values, found " + found(), "");
        }
        Set<String> values = new TreeSet<>();
        skip();
        while (at < text.length() && isQuote(text.charAt(at))) {
            values.add(value());
            skip();
            if (!take(",")) {
                break;
            }
            skip();
        }
        if (!take("}")) {
            throw wrong("expected a value in quotes or }, found " + found(), "");
        }
        return values;
    }

    private String value() {
        skip();
        if (at == text.length() || !isQuote(text.charAt(at))) {
            throw wrong("expected a value in quotes, found " + found(), "");
        }
        int end = text.indexOf(text.charAt(at), at + 1);
        if (end < 0) {
            throw wrong("this quote is never closed", "");
        }
        String value = text.substring(at + 1, end);
        at = end + 1;
        return value;
    }

    private String label(String otherwise) {
        int start = at;
        while (at < text.length() && isOfLabel(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw wrong(otherwise, "");
        }
        return text.substring(start, at);
    }

    private void close(String opening) {
        skip();
        if (!take(")")) {
            throw wrong("expected ) after " + opening + ", found " + found(), "");
        }
    }

    /** Whether both words stand here, with or without spaces between them; they are taken. */
    private boolean words(String first, String second) {
        int start = at;
        if (take(first)) {
            skip();
            if (take(second)) {
                return true;
            }
        }
        at = start;
        return false;
    }

    private boolean operator(String sign, char single) {
        skip();
        if (take(sign)) {
            return true;
        }
        if (at < text.length() && text.charAt(at) == single) {
            throw wrong("expected " + sign + ", found " + single, "");
        }
        return false;
    }

    private boolean take(String word) {
        if (!text.startsWith(word, at)) {
            return false;
        }
        at += word.length();
        return true;
    }

    private void skip() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** What stands here, for a message. */
    private String found() {
        if (at >= text.length()) {
            return "the end";
        }
        int end = at;
        while (end < text.length() && isOfLabel(text.charAt(end))) {
            end++;
        }
        String word = end > at ? text.substring(at, end) : new String(Character.toChars(text.codePointAt(at)));
        return word.isBlank() ? "a line break" : Quote.shortened(word);
    }

    private Mistake wrong(String message, String hint) {
        boolean lineBreak = at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r');
        return new Mistake(at, message, lineBreak ? "Calico takes spaces only: write the selector on one line" : hint);
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private static boolean isOfLabel(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '_'
                || c == '.'
                || c == '/'
                || c == '-';
    }
}
