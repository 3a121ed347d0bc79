package io.sluice.bench;

import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.linux.NetworkNamespace;
import io.sluice.dataplane.nftables.NftablesDataplane;

/** The two ways in which Sluice enforces a table. */
enum Backend {
    NFTABLES("nftables");

    final String word;

    Backend(String word) {
        this.word = word;
    }

    Dataplane open(NetworkNamespace router) throws DataplaneException {
        return switch (this) {
            case NFTABLES -> NftablesDataplane.open(router, "sluice");
        };
    }
}
