package io.sluice.analysis.directory;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which of the existing words was probably meant. */
final class Nearness {
    private Nearness() {}

    static List<String> nearest(String word, Collection<String> words, int count) {
        record Scored(String word, int distance) {}
        String last = word.substring(word.indexOf('/') + 1);
        int limit = Math.max(2, last.length() / 3);
        return words.stream()
                .distinct()
                .map(w -> new Scored(w, distance(word, w, w.endsWith("/" + last) ? 0 : limit)))
                .filter(s -> s.distance <= limit)
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::word))
                .limit(count)
                .map(Scored::word)
                .toList();
    }

    /** Edits between two words, two letters swapped being one; 0 if the name fits and only the namespace does not. */
    private static int distance(String a, String b, int limit) {
        if (limit == 0) {
            return 0;
        }
        if (Math.abs(a.length() - b.length()) > limit) {
            return limit + 1;
        }
        int[] twoBefore = new int[b.length() + 1];
        int[] before = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(before[j - 1] + change, 1 + Math.min(before[j], row[j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], twoBefore[j - 2] + 1);
                }
            }
            int[] free = twoBefore;
            twoBefore = before;
            before = row;
            row = free;
        }
        return before[b.length()];
    }
}
