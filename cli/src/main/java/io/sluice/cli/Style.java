package io.sluice.cli;

/**
 * Colours, on a terminal that has them only and never with NO_COLOR (no-color.org); CLICOLOR_FORCE=1 asks for them in a
 * pipe.
 */
final class Style {
    private final boolean on;

    private Style(boolean on) {
        this.on = on;
    }

    static Style ofStdout() {
        if (notEmpty("NO_COLOR")) {
            return new Style(false);
        }
        boolean forced = notEmpty("CLICOLOR_FORCE") && !"0".equals(System.getenv("CLICOLOR_FORCE"));
        boolean terminal = System.console() != null && System.console().isTerminal();
        return new Style(forced || terminal && !"dumb".equals(System.getenv("TERM")));
    }

    static Style plain() {
        return new Style(false);
    }

    boolean isOn() {
        return on;
    }

    String green(String text) {
        return paint("32", text);
    }

    String red(String text) {
        return paint("31", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    /** White on red: what must not be overlooked. */
    String alarm(String text) {
        return paint("1;37;41", text);
    }

    private String paint(String code, String text) {
        return on ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private static boolean notEmpty(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isEmpty();
    }
}
