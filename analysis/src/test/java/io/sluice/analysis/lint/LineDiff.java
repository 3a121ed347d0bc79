package io.sluice.analysis.lint;

import java.util.ArrayList;
import java.util.List;

/** The difference of two short texts, by their longest common subsequence of lines. */
final class LineDiff {
    private static final int CONTEXT = 1;

    private LineDiff() {}

    /** Changed lines with one line around them; a gap is three dots. */
    static List<String> of(List<String> from, List<String> to) {
        List<String> all = whole(from, to);
        List<String> out = new ArrayList<>();
        int last = -1;
        for (int i = 0; i < all.size(); i++) {
            if (isNearChange(all, i)) {
                if (last >= 0 && last < i - 1) {
                    out.add("...");
                }
                out.add(all.get(i));
                last = i;
            }
        }
        return out;
    }

    private static boolean isNearChange(List<String> lines, int at) {
        for (int i = Math.max(0, at - CONTEXT); i <= Math.min(lines.size() - 1, at + CONTEXT); i++) {
            if (!lines.get(i).startsWith(" ")) {
                return true;
            }
        }
        return false;
    }

    private static List<String> whole(List<String> from, List<String> to) {
        int[][] common = new int[from.size() + 1][to.size() + 1];
        for (int i = from.size() - 1; i >= 0; i--) {
            for (int j = to.size() - 1; j >= 0; j--) {
                common[i][j] = from.get(i).equals(to.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<String> out = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < from.size() || j < to.size()) {
            if (i < from.size() && j < to.size() && from.get(i).equals(to.get(j))) {
                out.add(" " + from.get(i));
                i++;
                j++;
            } else if (i < from.size() && (j == to.size() || common[i + 1][j] >= common[i][j + 1])) {
                out.add("-" + from.get(i++));
            } else {
                out.add("+" + to.get(j++));
            }
        }
        return out;
    }
}
