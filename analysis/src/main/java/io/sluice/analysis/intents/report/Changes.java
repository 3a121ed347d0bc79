package io.sluice.analysis.intents.report;

import io.sluice.analysis.diff.Difference;

/** One connection that a change opens or closes. */
final class Changes {
    private Changes() {}

    static String text(Difference difference) {
        boolean opens = !difference.gained().isEmpty();
        return (opens ? "opens " : "closes ") + difference.from().name() + " => "
                + difference.to().name() + " : "
                + difference.text(opens ? difference.gained() : difference.lost());
    }
}
