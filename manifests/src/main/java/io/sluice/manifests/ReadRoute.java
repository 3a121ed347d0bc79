package io.sluice.manifests;

import io.sluice.policy.net.Protocol;
import java.util.List;

/** A route of the Gateway API as it was read, before it is known which Gateway takes it and what it may refer to. */
record ReadRoute(KubeObject object, List<Parent> parents, List<Target> targets) {
    /**
     * What a route wants to be attached to.
     *
     * @param section the listener's name; empty for all
     * @param port the listener's port; 0 for all
     */
    record Parent(String kind, String namespace, String name, String section, int port, Cursor at) {}

    /** @param port of the Service; 0 where none is written */
    record Target(String namespace, String service, int port, Cursor at) {}

    /** Of the connections that a Gateway opens for it. */
    Protocol protocol() {
        return object.kind().equals("UDPRoute") ? Protocol.UDP : Protocol.TCP;
    }
}
