package io.sluice.analysis.decide;

import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody that a line names, looked up once.
 *
 * @param v4 the party by its first IPv4 address; null if it has none
 * @param v6 the same for IPv6
 * @param bare the party without an address; null if it has one
 * @param pod the pod that it is; null for an address
 * @param service where the name is a cluster IP; the parties are unset then
 * @param backends the pods behind it
 */
record Endpoint(
        String text,
        @Nullable Party v4,
        @Nullable Party v6,
        @Nullable Party bare,
        @Nullable Pod pod,
        @Nullable Service service,
        List<Endpoint> backends) {
    static Endpoint of(String address, Party party, boolean isV4) {
        return new Endpoint(address, isV4 ? party : null, isV4 ? null : party, null, null, null, List.of());
    }

    /** The party that can speak with the other end; null if they share no address family. */
    @Nullable
    Party facing(Endpoint other) {
        if (bare != null) {
            return bare;
        }
        if (other.bare != null) {
            return v4 != null ? v4 : v6;
        }
        return v4 != null && other.v4 != null ? v4 : other.v6 != null ? v6 : null;
    }
}
