package io.sluice.analysis.connectivity;

import io.sluice.analysis.output.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connections as one page that needs nothing else: picture, matrix and list, searchable. */
public final class Html {
    private Html() {}

    public static String of(List<Connectivity.Edge> edges) {
        String page = resource("page.html");
        int picture = page.indexOf("<!--PICTURE-->");
        int content = page.indexOf("/*CONTENT*/null");
        return page.substring(0, picture)
                + Svg.of(edges)
                + page.substring(picture + "<!--PICTURE-->".length(), content)
                + content(edges)
                + page.substring(content + "/*CONTENT*/null".length());
    }

    /** Names and sets of traffic once, connections by their places. */
    private static String content(List<Connectivity.Edge> edges) {
        Map<String, Integer> names = new LinkedHashMap<>();
        Map<String, Integer> traffic = new LinkedHashMap<>();
        StringBuilder rows = new StringBuilder();
        for (Connectivity.Edge edge : edges) {
            rows.append(rows.isEmpty() ? "" : ",")
                    .append(place(names, edge.from().name()))
                    .append(',')
                    .append(place(names, edge.to().name()))
                    .append(',')
                    .append(place(traffic, edge.traffic().toString()))
                    .append(',')
                    .append(place(
                            traffic, edge.open().isEmpty() ? "" : edge.open().toString()));
        }
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.compact(out).object().name("ends").array();
        names.keySet().forEach(json::value);
        json.endArray().name("labels").array();
        names.keySet().forEach(name -> json.value(Ranges.label(name)));
        json.endArray().name("traffic").array();
        traffic.keySet().forEach(json::value);
        json.endArray().endObject();
        // In a script "</" would end it, and no JSON string needs it in this form.
        return out.substring(0, out.length() - 1).replace("</", "<\\/") + ",\"edges\":[" + rows + "]}";
    }

    private static int place(Map<String, Integer> places, String word) {
        Integer known = places.get(word);
        if (known == null) {
            known = places.size();
            places.put(word, known);
        }
        return known;
    }

    private static String resource(String name) {
        try (InputStream stream = Html.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the page template is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
