package io.sluice.analysis.connectivity;

import io.sluice.analysis.output.Bytes;
import io.sluice.analysis.output.JsonWriter;
import io.sluice.analysis.reach.Reach;
import io.sluice.analysis.traffic.Traffic;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Connections as lines, each name and each set of traffic written once and copied from then on. */
public final class Listing {
    private Listing() {}

    /**
     * The forms of a list. What depends on the request is part of the traffic, and said beside it; a table has a column
     * for it only where there is a gate.
     */
    public enum Form {
        /** {@code SRC => DST : CONN}, as np-guard's {@code list -o txt}. */
        TEXT("", " => ", " : ", "\n", "", ""),
        /** {@code [{"src","dst","conn"}]}, as np-guard's {@code list -o json}; {@code depends} where something does. */
        JSON("{\"src\":", ",\"dst\":", ",\"conn\":", "}", "[\n", "\n]\n"),
        /** With a header, as np-guard's {@code list -o csv}. */
        CSV("", ",", ",", "\n", "src,dst,conn\n", ""),
        /** A table for a pull request, as np-guard's {@code list -o md}. */
        MARKDOWN("| ", " | ", " | ", " |\n", "| src | dst | conn |\n|-----|-----|------|\n", "");

        private final byte[] before;
        private final byte[] between;
        private final byte[] traffic;
        private final byte[] after;
        private final byte[] head;
        private final byte[] foot;

        Form(String before, String between, String traffic, String after, String head, String foot) {
            this.before = bytes(before);
            this.between = bytes(between);
            this.traffic = bytes(traffic);
            this.after = bytes(after);
            this.head = bytes(head);
            this.foot = bytes(foot);
        }

        private byte[] head(boolean gated) {
            return gated && this == CSV
                    ? bytes("src,dst,conn,depends\n")
                    : gated && this == MARKDOWN
                            ? bytes("| src | dst | conn | depends on the request |\n|-----|-----|------|-----|\n")
                            : head;
        }

        /** Traffic, and the part of it that depends on the request; where there is no gate none ever does. */
        private byte[] traffic(Traffic traffic, Traffic open, boolean gated) {
            byte[] word = word(traffic.toString());
            if (!gated) {
                return word;
            }
            String part = open.isEmpty() ? "" : open.toString();
            return joined(
                    word,
                    switch (this) {
                        case TEXT -> bytes(aside(traffic, open));
                        case JSON -> open.isEmpty() ? new byte[0] : joined(bytes(",\"depends\":"), word(part));
                        case CSV, MARKDOWN -> joined(between, word(part));
                    });
        }

        private byte[] word(String text) {
            return switch (this) {
                case TEXT, MARKDOWN -> bytes(text);
                case CSV ->
                    bytes(
                            text.indexOf(',') >= 0 || text.indexOf('"') >= 0
                                    ? '"' + text.replace("\"", "\"\"") + '"'
                                    : text);
                case JSON -> {
                    StringBuilder quoted = new StringBuilder();
                    JsonWriter.string(quoted, text);
                    yield bytes(quoted.toString());
                }
            };
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What is said behind traffic of which some depends on the request. */
    static String aside(Traffic traffic, Traffic open) {
        return open.isEmpty() ? "" : " (depends on the request" + (open.equals(traffic) ? ")" : ": " + open + ")");
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** Numbers of traffic and of the part of it that depends on the request. */
    private record Numbers(int traffic, int open) {}

    /**
     * How much was listed.
     *
     * @param open in which something depends on the request
     */
    public record Count(long connections, long open) {}

    public static Count write(Connectivity connectivity, Form form, OutputStream stream) throws IOException {
        return write(connectivity, form, Optional.empty(), stream);
    }

    /** The same with the exposure, below the text or around the JSON as np-guard has it. */
    public static Count write(Connectivity connectivity, Form form, Optional<Exposure> exposure, OutputStream stream)
            throws IOException {
        Bytes out = new Bytes();
        byte[][] names =
                connectivity.ends().stream().map(end -> form.word(end.name())).toArray(byte[][]::new);
        Map<Numbers, byte[]> traffic = new HashMap<>();
        boolean gated = connectivity.isGated();
        long[] count = {0, 0};
        boolean wrapped = form == Form.JSON && exposure.isPresent();
        out.add(wrapped ? "{\"connlist_results\":" : "").add(form.head(gated));
        connectivity.forEach((from, to, number, open) -> {
            if (form == Form.JSON && count[0] > 0) {
                out.add(',').add('\n');
            }
            count[0]++;
            count[1] += open == Reach.none() ? 0 : 1;
            out.add(form.before)
                    .add(names[from])
                    .add(form.between)
                    .add(names[to])
                    .add(form.traffic)
                    .add(traffic.computeIfAbsent(
                            new Numbers(number, open),
                            n -> form.traffic(connectivity.traffic(n.traffic), connectivity.traffic(n.open), gated)))
                    .add(form.after)
                    .flushIfEnough(stream);
        });
        out.add(form.foot);
        if (exposure.isPresent()) {
            out.add(
                    wrapped
                            ? ",\"exposure_results\":" + exposure.get().json() + "}\n"
                            : exposure.get().text());
        }
        out.flush(stream);
        return new Count(count[0], count[1]);
    }
}
