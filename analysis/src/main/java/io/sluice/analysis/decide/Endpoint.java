package io.sluice.analysis.decide;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.table.VerdictTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody that a line names, looked up once.
 *
 * @param v4 by the first IPv4 address; null if it has none
 * @param v6 the same for IPv6
 * @param bare without an address; null if it has one
 * @param pod the pod that it is; null for an address
 * @param service where the name is a cluster IP; the ends are unset then
 * @param backends the pods behind it
 */
record Endpoint(
        String text,
        VerdictTable.@Nullable End v4,
        VerdictTable.@Nullable End v6,
        VerdictTable.@Nullable End bare,
        @Nullable Pod pod,
        @Nullable Service service,
        List<Endpoint> backends) {
    static Endpoint of(String address, VerdictTable.End end, boolean isV4) {
        return new Endpoint(address, isV4 ? end : null, isV4 ? null : end, null, null, null, List.of());
    }

    /** The end that can speak with the other one; null if they share no address family. */
    VerdictTable.@Nullable End facing(Endpoint other) {
        if (bare != null) {
            return bare;
        }
        if (other.bare != null) {
            return v4 != null ? v4 : v6;
        }
        return v4 != null && other.v4 != null ? v4 : other.v6 != null ? v6 : null;
    }
}
