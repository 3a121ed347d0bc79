package io.sluice.manifests;

import io.sluice.manifests.CalicoReferences.CalicoSet;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * projectcalico.org/v3 HostEndpoint. The interfaces of nodes are no subjects here; but selectors of rules find them by
 * their labels: "Calico converts the selector into a set of IP addresses. For host endpoints, the ExpectedIPs field is
 * used for that purpose."
 */
final class CalicoHostEndpointDecoder implements ObjectDecoder {
    private static final Pattern INTERFACE = Pattern.compile("\\*|[a-zA-Z0-9_.-]{1,15}");

    @Override
    public Set<String> kinds() {
        return CalicoKinds.of("HostEndpoint");
    }

    @Override
    public boolean namespaced() {
        return false;
    }

    @Override
    public Shape shape() {
        return CalicoShapes.HOST_ENDPOINT;
    }

    @Override
    public void decode(KubeObject object, ClusterBuilder cluster) {
        Metadata.check(object.metadata());
        Cursor spec = object.root().mapping("spec").orElse(object.root().missing("spec"));
        if (spec.text("node").orElse("").isEmpty()) {
            Invalid.required(spec, "node", "node must be specified", "");
        }
        Optional<String> name = spec.text("interfaceName").filter(text -> !text.isEmpty());
        name.filter(text -> !INTERFACE.matcher(text).matches())
                .ifPresent(text -> Invalid.text(
                        spec.child("interfaceName").orElse(spec), text, "must be * or the name of an interface", ""));
        List<Cursor> items = spec.list("expectedIPs");
        CrdRules.distinct(items);
        if (name.isEmpty() && items.isEmpty()) {
            Invalid.required(
                    spec, "interfaceName", "at least one of interfaceName or expectedIPs must be specified", "");
        }
        List<Cidr> addresses = items.stream()
                .map(PodReader::ip)
                .flatMap(Optional::stream)
                .map(Cidr::of)
                .toList();
        ports(spec);
        List<Cursor> profileItems = spec.list("profiles");
        CrdRules.distinct(profileItems);
        List<String> profiles = new ArrayList<>();
        profileItems.forEach(item -> item.text().ifPresent(profiles::add));
        cluster.note(new CalicoSet("", Labels.read(object.metadata(), "labels"), addresses, profiles));
    }

    private static void ports(Cursor spec) {
        for (Cursor item : spec.list("ports")) {
            if (!item.expectMapping()) {
                continue;
            }
            CrdRules.required(item, "name")
                    .ifPresent(f -> f.text().ifPresent(text -> Invalid.text(f, text, NameRules.portName(text))));
            CrdRules.required(item, "port").ifPresent(f -> CrdRules.between(f, 1, CalicoPort.LAST));
            CrdRules.required(item, "protocol")
                    .ifPresent(f -> CalicoProtocol.read(f)
                            .filter(p -> !p.hasPorts())
                            .ifPresent(p -> Invalid.forbidden(f, "EndpointPort protocol does not support ports.", "")));
        }
    }
}
