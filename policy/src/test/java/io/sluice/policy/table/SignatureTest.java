package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Peer;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Selector;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.Signature.Holder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final Peer WORLD = new Peer.World();
    private static final Peer NODES = new Peer.Nodes(Selector.ALL);
    private static final Map<PortMatch.Named, Set<TrafficRange>> NAMES =
            Map.of(new PortMatch.Named("http", Protocol.TCP), Set.of(TrafficRange.ports(Protocol.TCP, 80, 80)));

    private static Signature of(Holder holder, Map<PortMatch.Named, Set<TrafficRange>> names, Peer... peers) {
        return new Signature(
                holder,
                List.of(peers),
                List.of(peers).stream().mapToInt(Peer::hashCode).sum(),
                names);
    }

    @Test
    void theOrderOfThePeersDoesNotCount() {
        Signature signature = of(Holder.POD, Map.of(), WORLD, NODES);
        assertThat(signature.holder()).isEqualTo(Holder.POD);
        assertThat(signature)
                .isEqualTo(of(Holder.POD, Map.of(), NODES, WORLD))
                .hasSameHashCodeAs(of(Holder.POD, Map.of(), NODES, WORLD));
    }

    /** Also where the hashes are the same by chance. */
    @Test
    void everythingElseCounts() {
        Signature signature = new Signature(Holder.POD, List.of(WORLD, NODES), 1, Map.of());
        assertThat(signature)
                .isNotEqualTo(new Signature(Holder.POD, List.of(WORLD), 1, Map.of()))
                .isNotEqualTo(new Signature(Holder.POD, List.of(WORLD, Peer.EVERYTHING), 1, Map.of()))
                .isNotEqualTo(new Signature(Holder.NODE, List.of(WORLD, NODES), 1, Map.of()))
                .isNotEqualTo(new Signature(Holder.POD, List.of(WORLD, NODES), 1, NAMES))
                .isNotEqualTo("something else");
    }

    @Test
    void isReadAloud() {
        assertThat(of(Holder.NODE, Map.of(), WORLD)).hasToString("NODE [World[]]");
        assertThat(of(Holder.POD, NAMES)).hasToString("POD [] " + NAMES);
    }
}
