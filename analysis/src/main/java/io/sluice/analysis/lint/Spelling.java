package io.sluice.analysis.lint;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether one word was probably meant for another. */
public final class Spelling {
    private static final int SHORT = 4;
    private static final int LONG = 9;

    private Spelling() {}

    /**
     * The word in use that the given one, which is not, was probably meant for: equal but for case and separators, or
     * one edit away (two for words of {@value #LONG} letters and more). Words that differ in digits alone, as
     * {@code db-1} and {@code db-2}, are different on purpose; so are words of fewer than {@value #SHORT} letters.
     */
    public static Optional<String> nearest(String word, Set<String> used) {
        String best = "";
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : used) {
            int distance = distanceIfNear(word, candidate);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return bestDistance == Integer.MAX_VALUE ? Optional.empty() : Optional.of(best);
    }

    /** How far apart; the largest integer where they are no likely mistake for each other. */
    private static int distanceIfNear(String word, String other) {
        if (Math.abs(word.length() - other.length()) > 2 || word.equals(other) || withoutDigits(word, other)) {
            return Integer.MAX_VALUE;
        }
        if (plain(word).equals(plain(other))) {
            return 0;
        }
        int shorter = Math.min(word.length(), other.length());
        if (shorter < SHORT) {
            return Integer.MAX_VALUE;
        }
        int allowed = shorter >= LONG ? 2 : 1;
        int distance = edits(word.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
        return distance <= allowed ? distance : Integer.MAX_VALUE;
    }

    private static boolean withoutDigits(String word, String other) {
        String a = word.replaceAll("[0-9]", "");
        String b = other.replaceAll("[0-9]", "");
        return a.equals(b) && !(a.length() == word.length() && b.length() == other.length());
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(".", "");
    }

    /** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
    static int edits(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] now = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                now[j] = Math.min(Math.min(now[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    now[j] = Math.min(now[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = now;
            now = spare;
        }
        return last[b.length()];
    }
}
