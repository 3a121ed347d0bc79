package io.sluice.manifests;

import io.sluice.manifests.Value.Entry;
import io.sluice.manifests.Value.Mapping;
import io.sluice.manifests.Value.Scalar;
import io.sluice.manifests.Value.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * YAML events to values. Bounded where the text can be small and its meaning large: depth, and what aliases add up to
 * (the "billion laughs").
 */
final class YamlReader {
    /** Deeper than any object of the API is (a CustomResourceDefinition's schema reaches about 50). */
    static final int DEEPEST = 200;

    /** The values that the aliases of one document may stand for, together. */
    static final int MOST_ALIASED = 100_000;

    /** The largest window of the scanner, 2^24 characters: it slides, and a slide copies the whole of it. */
    private static final int LARGEST_WINDOW = 24;

    /**
     * By the logarithm of the window. A window as large as the text keeps the scanner from copying at every step inside
     * a long scalar, which takes quadratic time; one as small as the text makes short documents cheap.
     */
    private static final LoadSettings[] SETTINGS = new LoadSettings[LARGEST_WINDOW + 1];

    static {
        for (int i = 0; i <= LARGEST_WINDOW; i++) {
            SETTINGS[i] = LoadSettings.builder()
                    .setUseMarks(true)
                    .setParseComments(false)
                    .setBufferSize(1 << i)
                    .setCodePointLimit(Integer.MAX_VALUE)
                    .build();
        }
    }

    private final ParserImpl events;
    private final int firstLine;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int aliased;
    private int size;

    /** @param size how many values it holds, itself among them */
    private record Anchored(Optional<Value> value, int size) {}

    private YamlReader(String text, int firstLine) {
        int window = Math.min(LARGEST_WINDOW, Integer.SIZE - Integer.numberOfLeadingZeros(text.length()));
        LoadSettings settings = SETTINGS[window];
        this.events = new ParserImpl(settings, new StreamReader(settings, text));
        this.firstLine = firstLine;
    }

    /**
     * Adds the documents of a text; an empty document is none.
     *
     * @param firstLine the line of the file on which the text begins
     * @throws SyntaxException if it is no YAML
     */
    static void readAll(String text, int firstLine, List<Value> into) {
        YamlReader reader = new YamlReader(text, firstLine);
        try {
            reader.documents(into);
        } catch (YamlEngineException e) {
            throw YamlErrors.translate(e, text, firstLine);
        } catch (SyntaxException e) {
            throw YamlErrors.template(text, firstLine, e.place().line()).orElse(e);
        }
    }

    private void documents(List<Value> into) {
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
                case DocumentStart -> {
                    anchors.clear();
                    aliased = 0;
                    Value root = value(events.next(), 0);
                    if (!root.isNull()) {
                        into.add(root);
                    }
                }
                case Alias, Scalar, SequenceStart, SequenceEnd, MappingStart, MappingEnd ->
                    throw new IllegalStateException("an event outside a document: " + event);
            }
        }
    }

    private Value value(Event event, int depth) {
        Place place = place(event);
        if (depth > DEEPEST) {
            throw new SyntaxException(
                    "too-deep", place, "the document is nested more than " + DEEPEST + " levels deep", "");
        }
        int before = size++;
        if (event instanceof AliasEvent alias) {
            return resolve(alias, place);
        }
        Optional<String> anchor = ((NodeEvent) event).getAnchor().map(Anchor::getValue);
        anchor.ifPresent(name -> anchors.put(name, new Anchored(Optional.empty(), 0)));
        Value value = switch (event) {
            case ScalarEvent scalar -> scalar(scalar, place);
            case SequenceStartEvent _ -> sequence(place, depth);
            case MappingStartEvent _ -> mapping(place, depth);
            default -> throw new IllegalStateException("no value begins with " + event);
        };
        anchor.ifPresent(name -> anchors.put(name, new Anchored(Optional.of(value), size - before)));
        return value;
    }

    private static Scalar scalar(ScalarEvent event, Place place) {
        String tag = event.getTag().orElse("");
        boolean plain = tag.isEmpty()
                ? event.isPlain()
                : tag.equals("tag:yaml.org,2002:int")
                        || tag.equals("tag:yaml.org,2002:float")
                        || tag.equals("tag:yaml.org,2002:bool")
                        || tag.equals("tag:yaml.org,2002:null");
        return new Scalar(place, event.getValue(), plain, writing(event));
    }

    private static Writing writing(ScalarEvent event) {
        Mark start = event.getStartMark().orElseThrow();
        Mark end = event.getEndMark().orElseThrow();
        boolean oneLine = start.getLine() == end.getLine();
        // An anchor or a tag stands where the text would begin.
        boolean bare = event.getAnchor().isEmpty() && event.getTag().isEmpty();
        return switch (event.getScalarStyle()) {
            case PLAIN, JSON_SCALAR_STYLE -> oneLine && bare ? Writing.AS_IT_IS : Writing.ELSEWHERE;
            case SINGLE_QUOTED -> oneLine && bare ? Writing.SINGLE_QUOTED : Writing.ELSEWHERE;
            case DOUBLE_QUOTED ->
                oneLine && bare
                        ? Writing.doubleQuoted(event.getValue(), end.getColumn() - start.getColumn())
                        : Writing.ELSEWHERE;
            case LITERAL -> new Writing.Block(indent(event.getValue(), start));
            case FOLDED -> Writing.ELSEWHERE;
        };
    }

    /** How far the lines of a literal block are indented: what stands before its first line with something on it. */
    private static int indent(String text, Mark start) {
        int[] buffer = start.getBuffer();
        int at = start.getPointer();
        while (at < buffer.length && buffer[at] != '\n') {
            at++;
        }
        int spaces = 0;
        for (at++; at < buffer.length && (buffer[at] == ' ' || buffer[at] == '\r' || buffer[at] == '\n'); at++) {
            spaces = buffer[at] == '\n' ? 0 : spaces + 1;
        }
        String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
        return Math.max(0, spaces - (first.length() - first.stripLeading().length()));
    }

    private Sequence sequence(Place place, int depth) {
        List<Value> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(value(next, depth + 1));
        }
        return new Sequence(place, items);
    }

    private Mapping mapping(Place place, int depth) {
        Entries entries = new Entries();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            Value key = value(next, depth + 1);
            if (!(key instanceof Scalar name)) {
                throw new SyntaxException(
                        "bad-key",
                        key.place(),
                        "a key must be text, found " + key.described(),
                        "if it is meant as text, put it in quotes");
            }
            entries.add(new Entry(name, value(events.next(), depth + 1)));
        }
        return new Mapping(place, entries.list());
    }

    private Value resolve(AliasEvent alias, Place place) {
        String name = alias.getAlias().getValue();
        Anchored target = anchors.get(name);
        if (target == null) {
            throw new SyntaxException(
                    "unknown-alias", place, "the alias *" + name + " stands for no anchor &" + name + " above it", "");
        }
        if (target.value().isEmpty()) {
            throw new SyntaxException("unknown-alias", place, "the anchor &" + name + " contains itself", "");
        }
        aliased += target.size();
        size += target.size();
        if (aliased > MOST_ALIASED) {
            throw new SyntaxException(
                    "too-many-aliases",
                    place,
                    "the aliases of the document stand for more than " + MOST_ALIASED + " values",
                    "write them out");
        }
        return target.value().get().at(place);
    }

    private Place place(Event event) {
        Mark mark = event.getStartMark().orElseThrow();
        return new Place(mark.getLine() + firstLine, mark.getColumn() + 1);
    }
}
