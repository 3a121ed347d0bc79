package io.sluice.bench;

import java.util.Locale;

/** How figures are written. */
final class Text {
    private Text() {}

    /** 100,000. */
    static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /** Three significant digits for small figures, whole numbers above a thousand. */
    static String figure(double x) {
        if (x >= 1000) {
            return count(Math.round(x));
        }
        return String.format(Locale.ROOT, x >= 100 ? "%.0f" : x >= 10 ? "%.1f" : "%.2f", x);
    }

    /** 0.973. */
    static String ratio(double x) {
        return String.format(Locale.ROOT, "%.3f", x);
    }
}
