package io.sluice.manifests;

import io.sluice.manifests.ReadPod.Owner;
import io.sluice.manifests.ReadPod.PodShape;
import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.ServiceAccount;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The parts that Pods and pod templates share. */
final class PodReader {
    private PodReader() {}

    /**
     * The labels, network and ports of a pod.
     *
     * @param metadata of the pod or template
     * @param spec of the pod or template
     */
    static PodShape shape(Cursor metadata, Cursor spec) {
        List<ContainerPort> ports = new ArrayList<>();
        for (Cursor container : spec.list("containers")) {
            ports(container, ports);
        }
        for (Cursor container : spec.list("initContainers")) {
            // A sidecar: it runs beside the containers, so its ports are as good as theirs (Kubernetes 1.29).
            if (container.text("restartPolicy").filter("Always"::equals).isPresent()) {
                ports(container, ports);
            }
        }
        // serviceAccount is the older name of serviceAccountName; the API server keeps both alike.
        String account = spec.text("serviceAccountName")
                .or(() -> spec.text("serviceAccount"))
                .filter(name -> !name.isEmpty())
                .orElse(ServiceAccount.DEFAULT.name());
        return new PodShape(
                Labels.read(metadata, "labels"), spec.flag("hostNetwork").orElse(false), ports, account);
    }

    private static void ports(Cursor container, List<ContainerPort> into) {
        if (!container.expectMapping()) {
            return;
        }
        for (Cursor item : container.list("ports")) {
            Optional<Cursor> field = item.child("containerPort");
            Optional<Integer> port = field.flatMap(Cursor::whole);
            if (field.isEmpty()) {
                if (item.expectMapping()) {
                    Invalid.required(item, "containerPort", "", "");
                }
                continue;
            }
            port.ifPresent(p -> Invalid.number(field.get(), p, NameRules.portNumber(p)));
            Optional<Cursor> name = item.child("name");
            Optional<String> nameText = name.flatMap(Cursor::text);
            nameText.ifPresent(n -> Invalid.text(name.get(), n, NameRules.portName(n)));
            into.add(new ContainerPort(nameText.orElse(""), protocol(item), port.orElse(0)));
        }
    }

    /** TCP, UDP or SCTP; TCP where none is given. */
    static Protocol protocol(Cursor item) {
        Optional<Cursor> field = item.child("protocol");
        Optional<String> text = field.flatMap(Cursor::text);
        if (text.isPresent() && !NetworkPolicyPort.PROTOCOLS.contains(text.get())) {
            Invalid.notSupported(
                    field.get(),
                    text.get(),
                    NetworkPolicyPort.PROTOCOLS,
                    Spelling.hint(text.get(), NetworkPolicyPort.PROTOCOLS, ""));
        }
        return text.flatMap(Protocol::named).orElse(Protocol.TCP);
    }

    /** The controlling owner, or the first one. */
    static Optional<Owner> owner(Cursor metadata) {
        Optional<Owner> first = Optional.empty();
        for (Cursor item : metadata.list("ownerReferences")) {
            Owner owner =
                    new Owner(item.text("kind").orElse(""), item.text("name").orElse(""));
            if (item.flag("controller").orElse(false)) {
                return Optional.of(owner);
            }
            first = first.or(() -> Optional.of(owner));
        }
        return first;
    }

    /** The addresses of {@code podIPs}, or of {@code podIP}. */
    static List<Ip> ips(Cursor status) {
        List<Ip> ips = new ArrayList<>();
        for (Cursor item : status.list("podIPs")) {
            item.child("ip").flatMap(PodReader::ip).ifPresent(ips::add);
        }
        if (ips.isEmpty()) {
            status.child("podIP").flatMap(PodReader::ip).ifPresent(ips::add);
        }
        return ips;
    }

    /** An address; reported where it is none. */
    static Optional<Ip> ip(Cursor field) {
        Optional<String> text = field.text().filter(t -> !t.isEmpty());
        Optional<Ip> ip = text.flatMap(Ip::tryParse);
        if (text.isPresent() && ip.isEmpty()) {
            Invalid.text(field, text.get(), List.of("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
        }
        return ip;
    }
}
