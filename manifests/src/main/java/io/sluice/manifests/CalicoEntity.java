package io.sluice.manifests;

import io.sluice.policy.model.Selector;
import io.sluice.policy.net.Cidr;
import java.util.List;
import java.util.Optional;

/**
 * One end of a rule of Calico's, read and checked; whoever has none of the fields is meant by none of them.
 *
 * @param at the entity, or where it would stand
 * @param selector of endpoints and sets, as written
 * @param notSelector what the end must not be
 * @param namespaces as written; may be {@code global()}
 * @param accounts by name and label, asked of pods
 */
record CalicoEntity(
        Cursor at,
        List<Cidr> nets,
        List<Cidr> notNets,
        Optional<Selector> selector,
        Optional<Selector> notSelector,
        Optional<Selector> namespaces,
        Optional<Selector> accounts,
        Optional<CalicoEntity.ServiceName> service,
        List<CalicoPort> ports,
        List<CalicoPort> notPorts) {
    CalicoEntity {
        nets = List.copyOf(nets);
        notNets = List.copyOf(notNets);
        ports = List.copyOf(ports);
        notPorts = List.copyOf(notPorts);
    }

    /** @param namespace empty for that of the policy */
    record ServiceName(Cursor at, String namespace, String name) {}

    /** A field of it, as a place for what must be said. */
    Cursor field(String name) {
        return at.child(name).orElse(at);
    }
}
