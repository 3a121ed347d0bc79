package io.sluice.bench;

import java.util.List;

/**
 * A command line to be measured.
 *
 * @param title what it does
 * @param aim what is wanted of it; empty for what others do
 * @param words empty if the program is not there
 * @param runs how often, at least once
 * @param statuses those of its exits that mean an answer
 */
record Task(String title, Aim aim, List<String> words, int runs, List<Integer> statuses) {
    /**
     * What is wanted.
     *
     * @param seconds of wall time; 0 for nothing
     * @param mebibytes of memory; 0 for nothing
     */
    record Aim(double seconds, long mebibytes) {
        static final Aim NONE = new Aim(0, 0);

        static Aim seconds(double seconds) {
            return new Aim(seconds, 0);
        }

        @Override
        public String toString() {
            return (seconds == 0 ? "" : "at most " + number(seconds) + " s")
                    + (mebibytes == 0 ? "" : ", " + mebibytes + " MiB");
        }

        /** What a run came to against it: empty where nothing is wanted. */
        String judge(double wall, long rssKib) {
            if (this.equals(NONE)) {
                return "";
            }
            boolean reached = wall <= seconds && (mebibytes == 0 || rssKib <= mebibytes << 10);
            return reached ? "reached" : "missed";
        }

        private static String number(double seconds) {
            return seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds);
        }
    }

    boolean isInstalled() {
        return !words.isEmpty();
    }
}
