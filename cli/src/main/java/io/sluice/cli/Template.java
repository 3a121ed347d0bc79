package io.sluice.cli;

import io.sluice.manifests.ObjectText;
import io.sluice.manifests.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of one Helm template. One without actions is read like any manifest; of another, the line is looked for where
 * an object of the kind begins, and only where that leaves no doubt is a line named.
 */
final class Template {
    private static final Pattern KIND = Pattern.compile("kind:\\s*[\"']?(\\w+)[\"']?\\s*(#.*)?");
    private static final Pattern NAME = Pattern.compile("\\s+name:\\s*(.*?)\\s*(#.*)?");

    private final String file;
    private final List<ObjectText> objects;
    private final List<Beginning> beginnings = new ArrayList<>();

    /**
     * Where an object begins.
     *
     * @param line from 1
     * @param name the end of its name, as far as it is no action; empty where it is one to its end
     */
    private record Beginning(int line, String kind, String name) {}

    Template(String file, String text) {
        this.file = file;
        boolean plain = !text.contains("{{");
        objects = plain ? ObjectText.readAll(file, text.getBytes(StandardCharsets.UTF_8)) : List.of();
        if (!plain) {
            find(text.lines().toList());
        }
    }

    private void find(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            Matcher kind = KIND.matcher(lines.get(i));
            if (kind.matches()) {
                int first = i > 0 && lines.get(i - 1).startsWith("apiVersion:") ? i - 1 : i;
                beginnings.add(new Beginning(first + 1, kind.group(1), name(lines, i + 1)));
            }
        }
    }

    /** The first name below, up to the next document: that of the metadata, by the order in which objects are written. */
    private static String name(List<String> lines, int from) {
        for (int i = from; i < lines.size() && !lines.get(i).startsWith("---"); i++) {
            Matcher name = NAME.matcher(lines.get(i));
            if (name.matches()) {
                String text = name.group(1).replaceAll("^[\"']|[\"']$", "");
                return text.substring(text.lastIndexOf("}}") < 0 ? 0 : text.lastIndexOf("}}") + 2);
            }
        }
        return "";
    }

    Origin origin(ObjectText rendered) {
        List<ObjectText> same =
                objects.stream().filter(o -> o.kind().equals(rendered.kind())).toList();
        Optional<ObjectText> source = SourceObject.of(rendered, same);
        return source.<Origin>map(Origin.Like::new).orElseGet(() -> new Origin.At(file, line(rendered)));
    }

    /** 0 where it is in doubt. */
    private int line(ObjectText rendered) {
        List<Beginning> fitting =
                beginnings.stream().filter(b -> b.kind.equals(rendered.kind())).toList();
        if (fitting.size() > 1) {
            fitting = fitting.stream()
                    .filter(b -> !b.name.isEmpty() && rendered.name().endsWith(b.name))
                    .toList();
        }
        return fitting.size() == 1 ? fitting.getFirst().line : 0;
    }
}
