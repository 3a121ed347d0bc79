package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.bpf.BpfMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pinned table the next program goes on with.
 *
 * @param pins empty if there is none that it could read
 * @param maps its maps by name
 */
record Adoption(Optional<Pins> pins, Map<String, BpfMap> maps) implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("addresses", "networks", "rows", "blocks", "config", "hits", "causes", "paces", "events");

    /** The newest table that is whole, of this layout and of these sizes. */
    static Adoption of(List<Pins> tables, EbpfOptions options) {
        for (Pins table : tables.reversed()) {
            Map<String, BpfMap> maps = table.isComplete() ? table.maps(NAMES) : Map.of();
            if (!maps.isEmpty() && fits(maps, options)) {
                return new Adoption(Optional.of(table), maps);
            }
            maps.values().forEach(BpfMap::close);
        }
        return new Adoption(Optional.empty(), Map.of());
    }

    private static boolean fits(Map<String, BpfMap> maps, EbpfOptions options) {
        BpfMap config = maps.get("config");
        boolean layout = config != null && new ConfigMap(config).read().layout() == Layout.VERSION;
        return layout
                && Program.sizes(options).entrySet().stream().allMatch(size -> {
                    BpfMap map = maps.get(size.getKey());
                    return map != null && map.maxEntries() == size.getValue();
                });
    }

    /** The program holds its own descriptors by now. */
    @Override
    public void close() {
        maps.values().forEach(BpfMap::close);
    }
}
