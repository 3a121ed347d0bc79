package io.sluice.manifests;

import io.sluice.policy.model.Service.Endpoint;
import java.util.List;

/** Where a Service leads if it has no selector, before it is known whether there is one. */
record ReadEndpoints(String namespace, String service, List<Endpoint> endpoints) {
    String serviceName() {
        return namespace + "/" + service;
    }
}
