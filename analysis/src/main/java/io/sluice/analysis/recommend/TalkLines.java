package io.sluice.analysis.recommend;

import io.sluice.analysis.output.JsonWriter;
import java.util.Collection;

/** What was seen as JSON lines, the questions of {@code decide}. */
public final class TalkLines {
    /** Stands for anywhere: an address for documentation, which nobody has (RFC 5737). */
    private static final String ANYBODY = "203.0.113.77";

    private TalkLines() {}

    public static String of(Collection<Talk> talks) {
        StringBuilder out = new StringBuilder();
        for (Talk talk : talks) {
            JsonWriter.compact(out)
                    .object()
                    .member("from", name(talk.from()))
                    .member("to", name(talk.to()))
                    .member("protocol", talk.protocol().toString())
                    .member("port", talk.port())
                    .endObject();
            out.append('\n');
        }
        return out.toString();
    }

    private static String name(Talker talker) {
        return switch (talker) {
            case Talker.Member _, Talker.Address _ -> talker.toString();
            case Talker.Anywhere _ -> ANYBODY;
        };
    }
}
