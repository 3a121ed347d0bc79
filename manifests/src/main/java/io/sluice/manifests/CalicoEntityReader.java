package io.sluice.manifests;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads {@code source} and {@code destination} of a rule, with the rules of Calico's CRDs. */
final class CalicoEntityReader {
    /** How many characters a selector may have. */
    static final int LONGEST = 1024;

    private static final int LONGEST_NAME = 253;

    private CalicoEntityReader() {}

    /** @param global whether the policy lies in no namespace */
    static CalicoEntity read(Cursor rule, String name, boolean global) {
        Cursor entity = rule.mapping(name).orElse(rule.missing(name));
        Optional<Selector> selector = selector(entity, "selector", LONGEST, false);
        Optional<Selector> notSelector = selector(entity, "notSelector", LONGEST, false);
        Optional<Selector> namespaces = selector(entity, "namespaceSelector", LONGEST, true);
        Optional<Selector> accounts = accounts(entity);
        Optional<CalicoEntity.ServiceName> service = service(entity, global);
        return new CalicoEntity(
                entity,
                CalicoNets.ofRule(entity, "nets"),
                CalicoNets.ofRule(entity, "notNets"),
                selector,
                notSelector,
                namespaces,
                accounts,
                service,
                CalicoPort.list(entity, "ports"),
                CalicoPort.list(entity, "notPorts"));
    }

    /**
     * A selector; empty where there is none, or an empty text.
     *
     * @param longest how many characters it may have
     * @param ofRuleNamespaces whether {@code global()} may stand there
     */
    static Optional<Selector> selector(Cursor parent, String name, int longest, boolean ofRuleNamespaces) {
        Optional<Cursor> field = parent.child(name);
        Optional<String> text = field.flatMap(Cursor::text);
        if (text.isEmpty() || text.get().isEmpty()) {
            return Optional.empty();
        }
        CrdRules.maxLength(field.get(), text.get(), longest);
        Optional<Selector> read = CalicoSelector.read(field.get());
        read.ifPresent(selector -> check(field.get(), selector, ofRuleNamespaces));
        return read;
    }

    private static void check(Cursor field, Selector selector, boolean ofRuleNamespaces) {
        if (CalicoKeys.asksFor(selector, "global()"::equals)) {
            if (!ofRuleNamespaces) {
                field.error(
                        "forbidden",
                        "Forbidden: global() can only be used in an EntityRule namespaceSelector",
                        "write it in the namespaceSelector of source or destination");
            } else if (!selector.equals(CalicoSelector.GLOBAL)) {
                field.error("forbidden", "Forbidden: global() cannot be combined with other selectors", "");
            }
        }
        if (!ofRuleNamespaces && CalicoKeys.asksFor(selector, key -> key.startsWith(CalicoKeys.OF_NAMESPACE))) {
            field.error(
                    "unsupported-selector",
                    "the labels of namespaces (" + CalicoKeys.OF_NAMESPACE + ") are not read among those of pods",
                    "write them, without " + CalicoKeys.OF_NAMESPACE + ", in the namespaceSelector");
        }
    }

    private static Optional<Selector> accounts(Cursor entity) {
        Optional<Cursor> match = entity.mapping("serviceAccounts");
        if (match.isEmpty()) {
            return Optional.empty();
        }
        List<Selector> parts = new ArrayList<>(2);
        selector(match.get(), "selector", Integer.MAX_VALUE, false)
                .map(CalicoKeys::ofAccounts)
                .ifPresent(parts::add);
        List<Cursor> items = match.get().list("names");
        CrdRules.distinct(items);
        Set<String> names = new TreeSet<>();
        items.forEach(item -> item.text().ifPresent(names::add));
        if (!names.isEmpty()) {
            parts.add(new Selector.In(Pod.ACCOUNT, names));
        }
        return switch (parts.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(parts.getFirst());
            default -> Optional.of(new Selector.All(parts));
        };
    }

    private static Optional<CalicoEntity.ServiceName> service(Cursor entity, boolean global) {
        Optional<Cursor> services = entity.mapping("services");
        if (services.isEmpty()) {
            return Optional.empty();
        }
        Cursor at = services.get();
        String name = name(at, "name");
        String namespace = name(at, "namespace");
        if (name.isEmpty()) {
            Invalid.required(at, "name", "services must specify a service name", "");
        }
        if (namespace.isEmpty() && global) {
            Invalid.required(at, "namespace", "must specify a namespace", "");
        }
        excluded(entity, "namespaceSelector", "cannot specify NamespaceSelector and Services on the same rule");
        excluded(entity, "serviceAccounts", "cannot specify ServiceAccounts and Services on the same rule");
        for (String field : List.of("selector", "notSelector")) {
            excluded(entity, field, "cannot specify Selector/NotSelector and Services on the same rule");
        }
        for (String field : List.of("nets", "notNets")) {
            excluded(entity, field, "cannot specify Nets/NotNets and Services on the same rule");
        }
        return name.isEmpty() ? Optional.empty() : Optional.of(new CalicoEntity.ServiceName(at, namespace, name));
    }

    private static String name(Cursor services, String field) {
        Function<Cursor, String> read = f -> {
            String text = f.text().orElse("");
            if (!text.isEmpty()) {
                CrdRules.maxLength(f, text, LONGEST_NAME);
                Invalid.text(f, text, NameRules.subdomain(text));
            }
            return text;
        };
        return services.child(field).map(read).orElse("");
    }

    private static void excluded(Cursor entity, String field, String reason) {
        entity.child(field).filter(CalicoEntityReader::saysSomething).ifPresent(f -> Invalid.forbidden(f, reason, ""));
    }

    /** Whether a field is more than an empty text or an empty list, which the CRDs' rules take for its absence. */
    static boolean saysSomething(Cursor field) {
        return switch (field.value()) {
            case Value.Scalar scalar -> !scalar.text().isEmpty();
            case Value.Sequence sequence -> !sequence.items().isEmpty();
            case Value.Mapping _ -> true;
        };
    }
}
