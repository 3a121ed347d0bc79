package io.sluice.analysis.diff;

import io.sluice.analysis.traffic.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The differences that are meant, a line each, as the text form of a diff writes them:
 *
 * <pre>
 *   # the web front may now talk to the cache
 *   + shop/web[Deployment] => data/cache[Deployment] : TCP 6379
 *   - * => data/old-*
 * </pre>
 *
 * {@code +} is for what is gained and {@code -} for what is lost; {@code *} stands for any text; without traffic any is
 * meant.
 */
public final class AllowList {
    public static final AllowList NONE = new AllowList(List.of());

    private final List<Line> lines;
    private final Set<Line> used = new LinkedHashSet<>();

    private record Line(int number, String text, boolean gain, Pattern from, Pattern to, Traffic traffic) {}

    private AllowList(List<Line> lines) {
        this.lines = lines;
    }

    /** A line that is none. */
    public static final class BadLine extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadLine(int line, String message) {
            super(line + ": error: " + message);
        }
    }

    /** @throws BadLine for the first line that cannot be read; its message begins with the line's number */
    public static AllowList read(List<String> text) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < text.size(); i++) {
            String line = text.get(i).trim();
            if (!line.isEmpty() && !line.startsWith("#")) {
                lines.add(line(i + 1, line));
            }
        }
        return new AllowList(lines);
    }

    private static Line line(int number, String text) {
        boolean gain = text.startsWith("+ ");
        int arrow = text.indexOf(" => ");
        if (!gain && !text.startsWith("- ") || arrow < 0) {
            throw new BadLine(number, "expected '+ SOURCE => DESTINATION : TRAFFIC' or the same with '-'");
        }
        int colon = text.indexOf(" : ", arrow);
        String traffic = colon < 0 ? "All Connections" : text.substring(colon + 3);
        return new Line(
                number,
                text,
                gain,
                pattern(text.substring(2, arrow)),
                pattern(text.substring(arrow + 4, colon < 0 ? text.length() : colon)),
                Traffic.parse(traffic)
                        .orElseThrow(() -> new BadLine(
                                number,
                                "no traffic: '" + traffic.trim()
                                        + "'; write for example TCP 80,443 or All Connections")));
    }

    private static Pattern pattern(String glob) {
        StringBuilder regex = new StringBuilder();
        for (String literal : glob.trim().split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return Pattern.compile(regex.toString());
    }

    /** Whether everything that a difference gains and loses is meant. */
    public boolean covers(Difference difference) {
        return covers(difference, true, difference.gained()) && covers(difference, false, difference.lost());
    }

    private boolean covers(Difference difference, boolean gain, Traffic traffic) {
        Traffic open = traffic;
        for (Line line : lines) {
            if (line.gain == gain
                    && line.from.matcher(difference.from().name()).matches()
                    && line.to.matcher(difference.to().name()).matches()
                    && !open.and(line.traffic).isEmpty()) {
                used.add(line);
                open = open.minus(line.traffic);
            }
        }
        return open.isEmpty();
    }

    /** The first line that no difference asked for so far has met, if there is one. */
    public Optional<String> unused() {
        return lines.stream()
                .filter(line -> !used.contains(line))
                .findFirst()
                .map(line -> line.number + ": " + line.text);
    }
}
