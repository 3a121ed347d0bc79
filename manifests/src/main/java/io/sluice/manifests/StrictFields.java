package io.sluice.manifests;

import io.sluice.manifests.Value.Entry;
import io.sluice.manifests.Value.Mapping;
import io.sluice.manifests.Value.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Unknown fields, and above all known ones in the wrong place: a line that is indented too little or too much turns a
 * policy into another one, and nothing else says so.
 */
final class StrictFields {
    private final Problems problems;
    private final List<Level> above = new ArrayList<>();
    private boolean misplaced;

    private record Level(FieldPath path, Shape shape) {}

    private StrictFields(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reports every unknown field.
     *
     * @return whether the structure can be trusted; if not, what else there is to say about the object would mislead
     */
    static boolean check(Cursor root, Shape shape) {
        StrictFields fields = new StrictFields(root.problems());
        fields.walk(root.value(), root.path(), shape);
        return !fields.misplaced;
    }

    private void walk(Value value, FieldPath path, Shape shape) {
        if (shape.isAny()) {
            return;
        }
        if (shape.list() && value instanceof Sequence sequence) {
            Shape item = new Shape(shape.fields(), false);
            for (int i = 0; i < sequence.items().size(); i++) {
                walk(sequence.items().get(i), path.item(i), item);
            }
        } else if (!shape.list() && value instanceof Mapping mapping) {
            unknown(mapping, path, shape);
            above.add(new Level(path, shape));
            for (Entry entry : mapping.entries()) {
                Shape field = shape.fields().get(entry.key().text());
                if (field != null) {
                    walk(entry.value(), path.child(entry.key().text()), field);
                }
            }
            above.removeLast();
        }
    }

    private void unknown(Mapping mapping, FieldPath path, Shape shape) {
        List<Entry> entries = mapping.entries();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (shape.has(entry.key().text())) {
                continue;
            }
            Optional<Entry> parent = emptyParent(entries, i, shape);
            if (parent.isEmpty()) {
                report(entry, path, shape);
                continue;
            }
            int last = i;
            Shape children = shape.fields().get(parent.get().key().text());
            while (last + 1 < entries.size()
                    && !shape.has(entries.get(last + 1).key().text())
                    && children != null
                    && children.has(entries.get(last + 1).key().text())) {
                last++;
            }
            beside(parent.get(), entries.subList(i, last + 1), path, children != null && children.list());
            i = last;
        }
    }

    /** The nearest field above the entry that has no value and to which the entry belongs. */
    private static Optional<Entry> emptyParent(List<Entry> entries, int index, Shape shape) {
        for (int i = index - 1; i >= 0; i--) {
            Entry candidate = entries.get(i);
            Shape children = shape.fields().get(candidate.key().text());
            if (children != null
                    && candidate.value().isNull()
                    && children.has(entries.get(index).key().text())) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private void beside(Entry parent, List<Entry> children, FieldPath path, boolean list) {
        misplaced = true;
        String name = parent.key().text();
        Place first = children.getFirst().key().place();
        int lastLine = lastLine(children.getLast().value());
        boolean atMargin = first.column() == 1;
        String lines = first.line() >= lastLine ? "line " + first.line() : "lines " + first.line() + "-" + lastLine;
        String where = path.toString().isEmpty() ? "" : " in " + path;
        if (list) {
            problems.error(
                    "misplaced-field",
                    first,
                    "the items of " + name + ":" + where + (atMargin ? " are at the margin" : " stand beside it")
                            + ", so " + name + " is empty",
                    "write \"- \" before " + children.getFirst().key().text() + " and indent " + lines + " below "
                            + name + ":");
            return;
        }
        problems.error(
                "misplaced-field",
                first,
                "the children of " + name + ":" + where + (atMargin ? " are at the margin" : " stand beside it")
                        + ", so " + name + " is empty",
                "indent " + lines + " by two spaces");
    }

    private void report(Entry entry, FieldPath path, Shape shape) {
        String name = entry.key().text();
        String field = Quote.shortened(path.child(name).toString());
        Place place = entry.key().place();
        for (int i = above.size() - 1; i >= 0; i--) {
            if (above.get(i).shape().has(name)) {
                misplaced(
                        place,
                        name,
                        above.get(i).path().toString(),
                        path,
                        "move it to the left, to stand beside "
                                + (i + 1 < above.size() ? above.get(i + 1).path() : path).lastName() + ":");
                return;
            }
        }
        Optional<String> below = shape.nearestWith(name);
        if (below.isPresent()) {
            String parent = path.toString().isEmpty() ? below.get() : path + "." + below.get();
            misplaced(place, name, parent, path, "indent it below " + lastStep(below.get()) + ":");
            return;
        }
        boolean otherDirection = (name.equals("to") && shape.has("from")) || (name.equals("from") && shape.has("to"));
        if (otherDirection) {
            String right = name.equals("to") ? "egress" : "ingress";
            misplaced(
                    place,
                    name,
                    "spec." + right + "[]",
                    path,
                    "write " + (name.equals("to") ? "from" : "to") + ", or move the rule below " + right + ":");
            return;
        }
        Optional<String> elsewhere =
                above.isEmpty() ? Optional.empty() : above.getFirst().shape().nearestWith(name);
        if (elsewhere.isPresent()) {
            misplaced(place, name, elsewhere.get(), path, "move it below " + lastStep(elsewhere.get()) + ":");
            return;
        }
        if (name.startsWith("-")) {
            problems.error("unknown-field", place, "unknown field " + field, "put a space after the dash");
            return;
        }
        Optional<String> near = Spelling.nearest(name, shape.fields().keySet());
        String hint;
        if (near.isPresent()) {
            hint = near.get().equalsIgnoreCase(name)
                    ? "field names are case-sensitive: write " + near.get()
                    : "did you mean " + near.get() + "?";
        } else if (shape.equals(Shape.SELECTOR) && entry.value() instanceof Value.Scalar) {
            hint = "labels go below matchLabels:";
        } else {
            hint = "known here: " + String.join(", ", shape.fields().keySet());
        }
        problems.error("unknown-field", place, "unknown field " + field, hint);
    }

    private void misplaced(Place place, String name, String rightPath, FieldPath wrongPath, String hint) {
        misplaced = true;
        String right = rightPath.isEmpty() ? "the object itself" : rightPath;
        String wrong = wrongPath.toString().isEmpty() ? "the object itself" : wrongPath.toString();
        problems.error("misplaced-field", place, name + " is a field of " + right + ", not of " + wrong, hint);
    }

    private static String lastStep(String path) {
        String last = path.substring(path.lastIndexOf('.') + 1);
        return last.endsWith("[]") ? last.substring(0, last.length() - 2) : last;
    }

    private static int lastLine(Value value) {
        return switch (value) {
            case Mapping m
            when !m.entries().isEmpty() ->
                Math.max(
                        m.entries().getLast().key().place().line(),
                        lastLine(m.entries().getLast().value()));
            case Sequence s when !s.items().isEmpty() -> lastLine(s.items().getLast());
            case Mapping _, Sequence _, Value.Scalar _ -> value.place().line();
        };
    }
}
