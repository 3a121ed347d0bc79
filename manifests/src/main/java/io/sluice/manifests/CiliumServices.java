package io.sluice.manifests;

import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Service;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * {@code toServices}: what is behind a Service. One with a selector stands for its pods; one without for the addresses
 * of its endpoints, which match outside the cluster only, like other addresses. Without a namespace Services of every
 * namespace are meant (serviceRefMatches, serviceSelectorMatches).
 */
final class CiliumServices {
    private CiliumServices() {}

    static List<Peer> read(Cursor field, CiliumScope scope) {
        List<Peer> peers = new ArrayList<>();
        for (Cursor item : field.items()) {
            if (!item.expectMapping()) {
                continue;
            }
            Optional<Cursor> byName = item.mapping("k8sService");
            Optional<Cursor> byLabel = item.mapping("k8sServiceSelector");
            if (byName.isEmpty() && byLabel.isEmpty()) {
                Invalid.required(item, "", "", "k8sService or k8sServiceSelector");
            }
            byLabel.ifPresent(s -> peers.addAll(selected(s, scope)));
            // The selector is asked first; the name only where there is none.
            if (byLabel.isEmpty()) {
                byName.ifPresent(s -> peers.addAll(named(s, scope)));
            }
        }
        return peers;
    }

    private static List<Peer> named(Cursor field, CiliumScope scope) {
        String name =
                CrdRules.required(field, "serviceName").flatMap(Cursor::text).orElse("");
        if (name.isEmpty()) {
            return List.of();
        }
        String namespace = field.text("namespace").orElse("");
        String shown = "there is no Service " + (namespace.isEmpty() ? "" : namespace + "/") + Quote.shortened(name);
        return behind(field, scope, namespace, s -> s.name().equals(name), shown);
    }

    private static List<Peer> selected(Cursor field, CiliumScope scope) {
        Selector selector =
                CrdRules.required(field, "selector").map(Labels::selector).orElse(new Selector.Any(List.of()));
        return behind(
                field,
                scope,
                field.text("namespace").orElse(""),
                s -> selector.matches(scope.references().labels(s)),
                "no Service has these labels");
    }

    private static List<Peer> behind(
            Cursor field, CiliumScope scope, String namespace, Predicate<Service> meant, String none) {
        List<Service> services = scope.references().services().stream()
                .filter(s -> namespace.isEmpty() || s.namespace().equals(namespace))
                .filter(meant)
                .toList();
        if (services.isEmpty()) {
            scope.warn(field, "cilium-missing-reference", none + "; the rule matches nothing by it", "");
        }
        List<Peer> peers = new ArrayList<>();
        for (Service service : services) {
            if (service.selector().isEmpty()) {
                peers.addAll(addresses(field, service, scope));
            } else {
                peers.add(new Peer.Pods(
                        new NamespaceMatch.Named(service.namespace()), Selector.labels(service.selector())));
            }
        }
        return peers;
    }

    private static List<Peer> addresses(Cursor field, Service service, CiliumScope scope) {
        List<Peer> peers = scope.references().endpoints(service.namespace(), service.name()).stream()
                .<Peer>map(ip -> CiliumCidrs.peer(Cidr.of(ip), List.of()))
                .toList();
        if (peers.isEmpty()) {
            scope.warn(
                    field,
                    "cilium-unknown-peer",
                    "the addresses behind Service " + service.namespace() + "/" + service.name()
                            + " are not known here; "
                            + (scope.denies() ? "the rule denies every outside address" : "it matches nobody"),
                    "add its EndpointSlice");
            return scope.denies() ? List.of(CiliumReserved.WORLD) : List.of();
        }
        return peers;
    }
}
