package io.sluice.analysis.connectivity;

import io.sluice.analysis.output.Bytes;
import io.sluice.analysis.output.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Connections as lines, each name and each set of traffic written once and copied from then on. */
public final class Listing {
    private Listing() {}

    /** The forms of a list. */
    public enum Form {
        /** {@code SRC => DST : CONN}, as np-guard's {@code list -o txt}. */
        TEXT("", " => ", " : ", "\n", "", ""),
        /** {@code [{"src","dst","conn"}]}, as np-guard's {@code list -o json}. */
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

    /** @return how many connections there are */
    public static long write(Connectivity connectivity, Form form, OutputStream stream) throws IOException {
        return write(connectivity, form, Optional.empty(), stream);
    }

    /** The same with the exposure, below the text or around the JSON as np-guard has it. */
    public static long write(Connectivity connectivity, Form form, Optional<Exposure> exposure, OutputStream stream)
            throws IOException {
        Bytes out = new Bytes();
        byte[][] names =
                connectivity.ends().stream().map(end -> form.word(end.name())).toArray(byte[][]::new);
        Map<Integer, byte[]> traffic = new HashMap<>();
        long[] count = {0};
        boolean wrapped = form == Form.JSON && exposure.isPresent();
        out.add(wrapped ? "{\"connlist_results\":" : "").add(form.head);
        connectivity.forEach((from, to, number) -> {
            if (form == Form.JSON && count[0] > 0) {
                out.add(',').add('\n');
            }
            count[0]++;
            out.add(form.before)
                    .add(names[from])
                    .add(form.between)
                    .add(names[to])
                    .add(form.traffic)
                    .add(traffic.computeIfAbsent(
                            number, n -> form.word(connectivity.traffic(n).toString())))
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
        return count[0];
    }
}
