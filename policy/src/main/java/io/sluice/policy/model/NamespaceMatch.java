package io.sluice.policy.model;

/** Which namespaces a peer or subject speaks of. */
public sealed interface NamespaceMatch {
    /** One namespace by name: the policy's own, for a peer without namespaceSelector. */
    record Named(String name) implements NamespaceMatch {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Namespaces by label; {@link Selector#ALL} is every namespace. */
    record Labelled(Selector selector) implements NamespaceMatch {
        @Override
        public String toString() {
            return "namespaces " + selector;
        }
    }

    NamespaceMatch EVERY = new Labelled(Selector.ALL);

    default boolean matches(Namespace namespace) {
        return switch (this) {
            case Named(String name) -> namespace.name().equals(name);
            case Labelled(Selector selector) -> selector.matches(namespace.labels());
        };
    }
}
