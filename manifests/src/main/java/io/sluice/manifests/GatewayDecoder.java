package io.sluice.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gateways: which routes their listeners take. */
final class GatewayDecoder implements ObjectDecoder {
    private static final String GROUP = "gateway.networking.k8s.io";

    private static final List<String> FROM = List.of("All", "Selector", "Same", "None");

    /** A kind moves through the versions from release to release; its fields that matter here never changed. */
    static Set<String> inEveryVersion(String kind) {
        return Stream.of("v1", "v1beta1", "v1alpha3", "v1alpha2")
                .map(version -> GROUP + "/" + version + " " + kind)
                .collect(Collectors.toSet());
    }

    @Override
    public Set<String> kinds() {
        return inEveryVersion("Gateway");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        List<ReadGateway.Listener> listeners = new ArrayList<>();
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        for (Cursor item : spec.list("listeners")) {
            if (item.expectMapping()) {
                listeners.add(listener(item));
            }
        }
        cluster.note(new ReadGateway(object.namespace(), object.name(), listeners));
    }

    private static ReadGateway.Listener listener(Cursor item) {
        Optional<Cursor> allowed = item.mapping("allowedRoutes");
        Set<String> kinds = allowed.stream()
                .flatMap(a -> a.list("kinds").stream())
                .filter(kind -> kind.text("group").orElse(GROUP).equals(GROUP))
                .flatMap(kind -> kind.text("kind").stream())
                .collect(Collectors.toSet());
        boolean written = allowed.filter(a -> !a.list("kinds").isEmpty()).isPresent();
        return new ReadGateway.Listener(
                item.text("name").orElse(""),
                item.whole("port").orElse(0),
                written ? kinds : kindsOf(item.text("protocol").orElse("")),
                allowed.flatMap(a -> a.mapping("namespaces"))
                        .map(GatewayDecoder::namespaces)
                        .orElse(new ReadGateway.From.Same()));
    }

    /**
     * "If this field is not specified, the kinds of Routes are determined by the Listener protocol." A protocol that
     * somebody added takes what its implementation takes.
     */
    private static Set<String> kindsOf(String protocol) {
        return switch (protocol) {
            case "HTTP", "HTTPS" -> Set.of("HTTPRoute", "GRPCRoute");
            case "TLS" -> Set.of("TLSRoute", "TCPRoute");
            case "TCP" -> Set.of("TCPRoute");
            case "UDP" -> Set.of("UDPRoute");
            default -> Set.copyOf(RouteDecoder.KINDS);
        };
    }

    private static ReadGateway.From namespaces(Cursor namespaces) {
        Optional<Cursor> field = namespaces.child("from");
        String from = field.flatMap(Cursor::text).orElse("Same");
        return switch (from) {
            case "All" -> new ReadGateway.From.All();
            // "Only Routes in namespaces selected by the selector": without one, in none.
            case "Selector" ->
                namespaces
                        .child("selector")
                        .<ReadGateway.From>map(s -> new ReadGateway.From.Labelled(Labels.selector(s)))
                        .orElse(new ReadGateway.From.None());
            case "None" -> new ReadGateway.From.None();
            case "Same" -> new ReadGateway.From.Same();
            default -> {
                Invalid.notSupported(field.orElse(namespaces), from, FROM, Spelling.hint(from, FROM, ""));
                yield new ReadGateway.From.None();
            }
        };
    }
}
