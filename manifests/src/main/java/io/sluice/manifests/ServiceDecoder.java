package io.sluice.manifests;

import io.sluice.manifests.Value.Scalar;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Service.Exposure;
import io.sluice.policy.model.Service.ServicePort;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Services: what leads from their addresses to pods. */
final class ServiceDecoder implements ObjectDecoder {
    private static final List<String> TYPES = List.of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName");

    private static final List<String> POLICIES = List.of("Cluster", "Local");

    @Override
    public Set<String> kinds() {
        return Set.of("v1 Service");
    }

    @Override
    public boolean namespaced() {
        return true;
    }

    @Override
    public List<String> wrongWithName(String name) {
        return NameRules.label(name);
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        String type = spec.text("type").orElse("ClusterIP");
        if (!TYPES.contains(type)) {
            Invalid.notSupported(spec.child("type").orElse(spec), type, TYPES, Spelling.hint(type, TYPES, ""));
        }
        List<Cursor> addresses = new ArrayList<>(spec.list("clusterIPs"));
        if (addresses.isEmpty()) {
            spec.child("clusterIP").ifPresent(addresses::add);
        }
        boolean headless = addresses.stream().anyMatch(ServiceDecoder::isNone);
        List<Ip> ips = addresses.stream()
                .filter(a -> !isNone(a))
                .map(PodReader::ip)
                .flatMap(Optional::stream)
                .toList();
        List<ServicePort> ports = new ArrayList<>();
        for (Cursor item : spec.list("ports")) {
            if (item.expectMapping()) {
                port(item).ifPresent(ports::add);
            }
        }
        Map<String, String> selector = Labels.read(spec, "selector");
        cluster.note(new ServiceLabels(object.namespace(), object.name(), Labels.read(object.metadata(), "labels")));
        cluster.add(new Service(
                object.namespace(),
                object.name(),
                type,
                selector,
                headless,
                ips,
                ports,
                object.position(),
                exposure(spec, type),
                List.of()));
    }

    /** A load balancer leads to node ports, so all that is open to the outside is open in one of two ways. */
    private static Exposure exposure(Cursor spec, String type) {
        List<Cidr> admitted = new ArrayList<>();
        for (Cursor item : spec.list("loadBalancerSourceRanges")) {
            item.text()
                    .flatMap(text -> LooseCidr.read(item, text.strip()))
                    .map(LooseCidr::cidr)
                    .ifPresent(admitted::add);
        }
        boolean balanced = type.equals("LoadBalancer");
        boolean external = spec.list("externalIPs").stream()
                .map(PodReader::ip)
                .flatMap(Optional::stream)
                .findAny()
                .isPresent();
        Optional<Cursor> policy = spec.child("externalTrafficPolicy");
        Optional<String> written = policy.flatMap(Cursor::text);
        if (written.isPresent() && !POLICIES.contains(written.get())) {
            Invalid.notSupported(policy.get(), written.get(), POLICIES, Spelling.hint(written.get(), POLICIES, ""));
        }
        return balanced || type.equals("NodePort") || external && !type.equals("ExternalName")
                ? new Exposure.Open(written.filter("Local"::equals).isPresent(), balanced ? admitted : List.of())
                : new Exposure.Closed();
    }

    private static boolean isNone(Cursor address) {
        return address.value() instanceof Scalar scalar && scalar.text().equals("None");
    }

    private static Optional<ServicePort> port(Cursor item) {
        Optional<Cursor> field = item.child("port");
        if (field.isEmpty()) {
            Invalid.required(item, "port", "", "");
            return Optional.empty();
        }
        Optional<Integer> port = field.get().whole();
        if (port.isEmpty()) {
            return Optional.empty();
        }
        Invalid.number(field.get(), port.get(), NameRules.portNumber(port.get()));
        Optional<Cursor> target = item.child("targetPort");
        String targetName = "";
        int targetPort = port.get();
        if (target.isPresent()) {
            boolean number = target.get().value() instanceof Scalar scalar && scalar.type() != ScalarType.STRING;
            if (number) {
                targetPort = target.get().whole().orElse(0);
                // 0 is how clients that know no absence write "the same port".
                targetPort = targetPort == 0 ? port.get() : targetPort;
            } else {
                targetName = target.get().text().orElse("");
                targetPort = 0;
            }
        }
        return Optional.of(new ServicePort(
                item.text("name").orElse(""),
                PodReader.protocol(item),
                port.get(),
                targetName,
                targetPort,
                item.text("appProtocol").orElse("")));
    }
}
