package io.sluice.manifests;

import io.sluice.manifests.Value.Entry;
import io.sluice.manifests.Value.Mapping;
import io.sluice.manifests.Value.Scalar;
import io.sluice.manifests.Value.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rendered value with the places of the text it was made of. What the source has under the same key stands there; what
 * it has not (a label that was added, a list that a patch put in) stands where the nearest thing around it does. Items of
 * lists of one length are taken in order; in others only those that are the same.
 */
final class Resemblance {
    private Resemblance() {}

    static Value placed(Value rendered, Value source) {
        return switch (rendered) {
            case Scalar scalar -> scalar.at(source.place());
            case Mapping mapping when source instanceof Mapping like -> mapping(mapping, like);
            case Sequence sequence when source instanceof Sequence like -> sequence(sequence, like);
            case Mapping _, Sequence _ -> allAt(rendered, source.place());
        };
    }

    private static Mapping mapping(Mapping rendered, Mapping source) {
        List<Entry> entries = new ArrayList<>(rendered.entries().size());
        for (Entry entry : rendered.entries()) {
            Optional<Entry> like = source.entry(entry.key().text());
            entries.add(like.map(l -> new Entry(entry.key().at(l.key().place()), placed(entry.value(), l.value())))
                    .orElseGet(() -> new Entry(entry.key().at(source.place()), allAt(entry.value(), source.place()))));
        }
        return new Mapping(source.place(), entries);
    }

    private static Sequence sequence(Sequence rendered, Sequence source) {
        boolean inOrder = rendered.items().size() == source.items().size();
        List<Value> items = new ArrayList<>(rendered.items().size());
        for (int i = 0; i < rendered.items().size(); i++) {
            Value item = rendered.items().get(i);
            Optional<Value> like = inOrder ? Optional.of(source.items().get(i)) : same(item, source);
            items.add(like.map(l -> placed(item, l)).orElseGet(() -> allAt(item, source.place())));
        }
        return new Sequence(source.place(), items);
    }

    private static Optional<Value> same(Value item, Sequence source) {
        return source.items().stream().filter(other -> saysTheSame(item, other)).findFirst();
    }

    private static boolean saysTheSame(Value one, Value other) {
        return switch (one) {
            case Scalar scalar -> other instanceof Scalar o && o.text().equals(scalar.text());
            case Mapping mapping ->
                other instanceof Mapping o
                        && o.entries().size() == mapping.entries().size()
                        && mapping.entries().stream()
                                .allMatch(e -> o.entry(e.key().text())
                                        .filter(like -> saysTheSame(e.value(), like.value()))
                                        .isPresent());
            case Sequence sequence ->
                other instanceof Sequence o
                        && o.items().size() == sequence.items().size()
                        && java.util.stream.IntStream.range(0, o.items().size())
                                .allMatch(i -> saysTheSame(
                                        sequence.items().get(i), o.items().get(i)));
        };
    }

    /** The value with everything in it at one place. */
    static Value allAt(Value value, Place place) {
        return switch (value) {
            case Scalar scalar -> scalar.at(place);
            case Mapping mapping ->
                new Mapping(
                        place,
                        mapping.entries().stream()
                                .map(e -> new Entry(e.key().at(place), allAt(e.value(), place)))
                                .toList());
            case Sequence sequence ->
                new Sequence(
                        place,
                        sequence.items().stream()
                                .map(item -> allAt(item, place))
                                .toList());
        };
    }
}
