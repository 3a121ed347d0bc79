package io.sluice.manifests;

import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Selector;
import java.util.List;
import java.util.Set;

/** A Gateway, as far as it decides which routes are attached to it. */
record ReadGateway(String namespace, String name, List<Listener> listeners) {
    /** @param kinds of routes that it takes */
    record Listener(String name, int port, Set<String> kinds, From from) {}

    /** The namespaces whose routes are taken. */
    sealed interface From {
        record All() implements From {}

        record Same() implements From {}

        record None() implements From {}

        record Labelled(Selector selector) implements From {}
    }

    /**
     * Whether some listener takes a route. Hostnames are left out: which of them a listener and a route have in common
     * changes what is asked for, not who asks.
     *
     * @param namespace of the route
     */
    boolean takes(ReadRoute route, ReadRoute.Parent parent, Namespace namespace) {
        return listeners.stream()
                .anyMatch(listener ->
                        (parent.section().isEmpty() || parent.section().equals(listener.name))
                                && (parent.port() == 0 || parent.port() == listener.port)
                                && listener.kinds.contains(route.object().kind())
                                && isFrom(listener.from, namespace));
    }

    private boolean isFrom(From from, Namespace other) {
        return switch (from) {
            case From.All _ -> true;
            case From.Same _ -> other.name().equals(namespace);
            case From.None _ -> false;
            case From.Labelled(Selector selector) -> selector.matches(other.labels());
        };
    }
}
