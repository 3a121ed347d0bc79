package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.bpf.BpfMap;
import java.util.List;
import java.util.function.Function;

/** The maps of one table; all are pinned, so that a program of the next process uses the same. */
record Maps(
        AddressMap addresses,
        NetworkMap networks,
        RowMap rows,
        BlockMap blocks,
        ConfigMap config,
        HitsMap hits,
        BpfMap causes,
        Paces paces,
        BpfMap events) {
    static Maps of(Function<String, BpfMap> byName) {
        return new Maps(
                new AddressMap(byName.apply("addresses")),
                new NetworkMap(byName.apply("networks")),
                new RowMap(byName.apply("rows")),
                new BlockMap(byName.apply("blocks")),
                new ConfigMap(byName.apply("config")),
                new HitsMap(byName.apply("hits")),
                byName.apply("causes"),
                new Paces(byName.apply("paces")),
                byName.apply("events"));
    }

    List<BpfMap> all() {
        return List.of(
                addresses.map(),
                networks.map(),
                rows.map(),
                blocks.map(),
                config.map(),
                hits.map(),
                causes,
                paces.map(),
                events);
    }
}
