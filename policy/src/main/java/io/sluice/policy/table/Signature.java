package io.sluice.policy.table;

import io.sluice.policy.model.Peer;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.TrafficRange;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that the policies can know of an address: which of their peers it is, and what their port names mean there. Equal
 * from table to table for equal meaning.
 */
public final class Signature {
    /** Who holds an address. */
    public enum Holder {
        NETWORK,
        POD,
        NODE
    }

    private final Holder holder;
    private final List<Peer> peers;
    private final Map<PortMatch.Named, Set<TrafficRange>> names;
    private final int hash;

    /** @param peersHash the sum of the hashes of the peers, which the caller knows already */
    Signature(Holder holder, List<Peer> peers, int peersHash, Map<PortMatch.Named, Set<TrafficRange>> names) {
        this.holder = holder;
        this.peers = List.copyOf(peers);
        this.names = Map.copyOf(names);
        this.hash = 31 * (31 * holder.name().hashCode() + peersHash) + this.names.hashCode();
    }

    public Holder holder() {
        return holder;
    }

    /** The distinct peers of all rules that match, in no particular order; without those that match everything. */
    public List<Peer> peers() {
        return peers;
    }

    /** The traffic that the names of egress rules mean there; without the names that mean nothing. */
    public Map<PortMatch.Named, Set<TrafficRange>> names() {
        return names;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Signature that
                        && hash == that.hash
                        && holder == that.holder
                        && peers.size() == that.peers.size()
                        && names.equals(that.names)
                        && (peers.equals(that.peers) || new HashSet<>(peers).equals(new HashSet<>(that.peers)));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return holder + " " + peers + (names.isEmpty() ? "" : " " + names);
    }
}
