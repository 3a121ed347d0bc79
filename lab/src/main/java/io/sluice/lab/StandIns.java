package io.sluice.lab;

import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which address of the lab's world answers for another one: one that lies in the same blocks, so that neither a policy
 * nor whoever named the blocks can tell the two apart.
 */
public final class StandIns {
    /** Which blocks an address lies in. */
    private record Place(boolean v4, List<Boolean> inside) {}

    private final List<Cidr> blocks;
    private final Map<Place, Ip> byPlace = new HashMap<>();
    private final List<Ip> world;

    /**
     * @param world the addresses that there are
     * @param named blocks that are told apart besides those of the policies
     */
    public StandIns(Snapshot placed, List<Ip> world, Collection<Cidr> named) {
        this.world = List.copyOf(world);
        List<Cidr> all = new ArrayList<>(World.named(placed));
        all.addAll(named);
        this.blocks = all.stream().distinct().collect(Collectors.toUnmodifiableList());
        world.forEach(ip -> byPlace.putIfAbsent(place(ip), ip));
    }

    /** The address itself where the world holds it; empty where it holds none like it. */
    public Optional<Ip> of(Ip ip) {
        return world.contains(ip) ? Optional.of(ip) : Optional.ofNullable(byPlace.get(place(ip)));
    }

    private Place place(Ip ip) {
        return new Place(ip.isV4(), blocks.stream().map(b -> b.contains(ip)).toList());
    }
}
