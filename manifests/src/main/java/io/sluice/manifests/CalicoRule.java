package io.sluice.manifests;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Application;
import io.sluice.policy.net.Protocol;
import java.util.Optional;

/**
 * A rule of Calico's, read and checked, before its ends are looked up.
 *
 * @param version 4, 6, or 0 for both
 * @param traffic what protocol, notProtocol, icmp and notICMP leave
 * @param protocol that of the ports
 */
record CalicoRule(
        Cursor at,
        Action action,
        int version,
        CalicoTraffic traffic,
        Optional<Protocol> protocol,
        CalicoEntity source,
        CalicoEntity destination,
        Optional<Application> application) {}
