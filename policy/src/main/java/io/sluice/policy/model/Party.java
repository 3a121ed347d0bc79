package io.sluice.policy.model;

import io.sluice.policy.net.Ip;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One end of a connection: who holds the address. */
public sealed interface Party {
    /** The address used, where it is known. */
    Optional<Ip> address();

    /**
     * A pod with its own network.
     *
     * @param ip the one of its addresses that the connection uses; null while the pod has none
     */
    record OfPod(Pod pod, @Nullable Ip ip) implements Party {
        @Override
        public Optional<Ip> address() {
            return Optional.ofNullable(ip);
        }
    }

    /**
     * A node, or a host-network pod on it, which cannot be told apart.
     *
     * @param ip the address used; null where it is not known
     */
    record OfNode(Node node, @Nullable Ip ip) implements Party {
        @Override
        public Optional<Ip> address() {
            return Optional.ofNullable(ip);
        }
    }

    /** An address that neither a pod nor a node holds. */
    record OfNetwork(Ip ip) implements Party {
        @Override
        public Optional<Ip> address() {
            return Optional.of(ip);
        }
    }
}
