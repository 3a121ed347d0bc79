package io.sluice.analysis.intents;

import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads whom an intent speaks of: a word, a mapping of labels, or a list of these. */
final class WhoReader {
    private static final Set<String> KEYS = Set.of("namespace", "namespaceLabels", "labels");

    private static final String FORMS =
            "write NAMESPACE/NAME of a pod or workload, any, world, node, an address, a CIDR, or {namespace, labels}";

    private final StrictText text;

    WhoReader(StrictText text) {
        this.text = text;
    }

    /** Whoever stands under a key; reported where it is missing or not understood. */
    List<Who> read(Object... path) {
        int items = text.size(path);
        if (items == 0) {
            return one(path).map(List::of).orElse(List.of());
        }
        List<Who> all = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            one(StrictText.with(path, i)).ifPresent(all::add);
        }
        return all;
    }

    private Optional<Who> one(Object... path) {
        SourcePosition at = text.at(path);
        if (!text.keys(path).isEmpty()) {
            return Optional.of(labelled(at, path));
        }
        String word = text.text(path).orElse("");
        Optional<Who> who = word(word, at);
        if (who.isEmpty()) {
            text.problem(path, word.isEmpty() ? "nobody is named" : "'" + word + "' names nobody", FORMS);
        }
        return who;
    }

    private static Optional<Who> word(String word, SourcePosition at) {
        return switch (word) {
            case "any" -> Optional.of(new Who.AnyPod(at));
            case "world" -> Optional.of(new Who.World(at));
            case "node" -> Optional.of(new Who.Nodes("", at));
            default -> {
                Optional<Cidr> block = Ip.tryParse(word).map(Cidr::of).or(() -> Cidr.tryParse(word));
                if (block.isPresent()) {
                    yield Optional.of(new Who.Block(block.get(), at));
                }
                if (word.startsWith("node/") && word.length() > 5) {
                    yield Optional.of(new Who.Nodes(word.substring(5), at));
                }
                int slash = word.indexOf('/');
                yield slash > 0 && slash < word.length() - 1 ? Optional.of(new Who.Named(word, at)) : Optional.empty();
            }
        };
    }

    private Who labelled(SourcePosition at, Object... path) {
        text.expect(KEYS, path);
        boolean byLabels = text.has(StrictText.with(path, "namespaceLabels"));
        Optional<String> namespace = text.text(StrictText.with(path, "namespace"));
        if (byLabels && namespace.isPresent()) {
            text.problem(
                    StrictText.with(path, "namespaceLabels"), "namespace and namespaceLabels together", "keep one");
        }
        NamespaceMatch namespaces = namespace
                .<NamespaceMatch>map(NamespaceMatch.Named::new)
                .orElseGet(() -> byLabels
                        ? new NamespaceMatch.Labelled(selector(StrictText.with(path, "namespaceLabels")))
                        : NamespaceMatch.EVERY);
        return new Who.Labelled(namespaces, selector(StrictText.with(path, "labels")), at);
    }

    /** Labels, each with its value or a list of alternatives. */
    private Selector selector(Object... path) {
        List<Selector> parts = new ArrayList<>();
        for (String key : text.keys(path)) {
            Object[] at = StrictText.with(path, key);
            List<String> values = text.size(at) > 0
                    ? text.texts(at)
                    : text.text(at).map(List::of).orElse(List.of());
            if (values.isEmpty()) {
                text.problem(at, "the label " + key + " has no value", "write a value or a list of values");
            }
            parts.add(new Selector.In(key, Set.copyOf(values)));
        }
        return parts.isEmpty() ? Selector.ALL : new Selector.All(parts);
    }
}
