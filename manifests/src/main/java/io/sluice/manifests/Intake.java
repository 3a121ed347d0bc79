package io.sluice.manifests;

import io.sluice.manifests.Value.Entry;
import io.sluice.manifests.Value.Mapping;
import io.sluice.manifests.Value.Scalar;
import io.sluice.policy.model.SourcePosition;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One cluster out of several sources: files, what other programs rendered, and the answers of an API server. Files and
 * rendered texts come first; what a server answers lies beneath them, as if they were applied to it.
 */
public final class Intake {
    /** What stands in for the name of a file where an object comes from an API server. */
    private static final String CLUSTER = "cluster:";

    private final Problems problems = Problems.start();
    private final ClusterBuilder cluster = new ClusterBuilder();
    private final ObjectReader objects = new ObjectReader(cluster);
    private final Set<SourcePosition> taken = new HashSet<>();

    /** Every kind that is read, as {@code apiVersion Kind}. */
    public static Set<String> kinds() {
        return Decoders.kinds();
    }

    /**
     * Reads files, folders (all .yaml, .yml and .json within, hidden ones aside) and {@code -}, the standard input.
     *
     * @param stdin read only if one of the paths is {@code -}
     * @param aside files and folders met in folders that are not to be read
     */
    public void paths(List<String> paths, InputStream stdin, Predicate<Path> aside) {
        try (ParallelReading reading = new ParallelReading(objects, problems)) {
            InputFiles.read(paths, stdin, aside, problems, reading::add);
            reading.finish();
        }
    }

    /**
     * Reads what another program wrote.
     *
     * @param name what to call the text in messages
     * @param firstLine the number of its first line, where it is a part of a longer one
     * @param namespace of the objects that name none; empty for the usual one
     * @param origins where an object of the text comes from
     */
    public void rendered(
            String name, int firstLine, String text, String namespace, Function<ObjectText, Origin> origins) {
        Problems here = problems.in(name);
        SourceText.decode(text.getBytes(StandardCharsets.UTF_8), here)
                .ifPresent(clean -> Documents.read("\n".repeat(firstLine - 1) + clean, here)
                        .forEach(document -> rendered(document, name, namespace, origins)));
    }

    private void rendered(Value document, String name, String namespace, Function<ObjectText, Origin> origins) {
        Value whole = namespace.isEmpty() ? document : inNamespace(document, namespace);
        switch (origins.apply(new ObjectText(name, whole))) {
            case Origin.Rendered _ -> read(whole, name);
            case Origin.At(String file, int line) -> {
                // Several objects may come from one place, such as a loop; each needs one of its own.
                int column = line == 0 ? 0 : 1;
                String free = file;
                for (int i = 2; !taken.add(new SourcePosition(free, line, column)); i++) {
                    column = line == 0 ? 0 : i;
                    free = line == 0 ? file + " (object " + i + ")" : file;
                }
                read(Resemblance.allAt(whole, new Place(line, column)), free);
            }
            case Origin.Like(ObjectText source) -> {
                Value placed = Resemblance.placed(whole, source.root());
                if (taken.add(source.at())) {
                    read(placed, source.file());
                } else {
                    read(whole, name);
                }
            }
        }
    }

    private void read(Value document, String file) {
        objects.read(document, true, problems.in(file));
    }

    private static Value inNamespace(Value document, String namespace) {
        if (!(document instanceof Mapping object)
                || !(object.get("metadata").orElse(null) instanceof Mapping metadata)
                || metadata.get("namespace").filter(n -> !isEmptyText(n)).isPresent()) {
            return document;
        }
        Place place = metadata.place();
        List<Entry> fields = new ArrayList<>(metadata.entries());
        fields.removeIf(entry -> entry.key().text().equals("namespace"));
        fields.add(new Entry(new Scalar(place, "namespace", true), new Scalar(place, namespace, false)));
        return new Mapping(
                object.place(),
                object.entries().stream()
                        .map(e ->
                                e.key().text().equals("metadata") ? new Entry(e.key(), new Mapping(place, fields)) : e)
                        .toList());
    }

    private static boolean isEmptyText(Value value) {
        return value instanceof Scalar scalar && scalar.text().isEmpty();
    }

    /**
     * Reads one answer of an API server to the question for all objects of a kind. An object that has been read already
     * stays as it is. Workloads come before what they own, so that what they make can go with them.
     *
     * @param apiVersion of the objects, which such an answer leaves out
     * @param kind the same
     * @throws IllegalArgumentException if it is no such answer
     */
    public void listed(String apiVersion, String kind, String json) {
        cluster.beginBeneath();
        List<Value> answers = new ArrayList<>();
        try {
            JsonReader.readUnplaced(json, answers);
        } catch (SyntaxException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        for (Value answer : answers) {
            Problems here = problems.in(CLUSTER + kind);
            for (Cursor item : Cursor.root(answer, here).list("items")) {
                String name = CLUSTER + kind + " " + Printable.of(named(new ObjectText("", item.value())));
                objects.listed(item.value(), apiVersion, kind, problems.in(name));
            }
        }
    }

    private static String named(ObjectText object) {
        return (object.namespace().isEmpty() ? "" : object.namespace() + "/") + object.name();
    }

    /** All that was read. */
    public Manifests manifests() {
        return cluster.build(problems);
    }
}
