package io.sluice.manifests;

import io.sluice.policy.net.Ip;
import java.util.List;

/** Addresses that an Endpoints or EndpointSlice object puts behind a Service. */
record ServiceEndpoints(String namespace, String service, List<Ip> addresses) {
    ServiceEndpoints {
        addresses = List.copyOf(addresses);
    }
}
