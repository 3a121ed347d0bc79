package io.sluice.bench;

import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.ebpf.EbpfDataplane;
import io.sluice.dataplane.ebpf.EbpfOptions;
import io.sluice.dataplane.linux.NetworkNamespace;
import io.sluice.dataplane.nftables.NftablesDataplane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The two ways in which Sluice enforces a table. */
enum Backend {
    EBPF("eBPF"),
    NFTABLES("nftables");

    private static final Path BPFFS = Path.of("/sys/fs/bpf");

    final String word;

    Backend(String word) {
        this.word = word;
    }

    /** Opens it in a router of {@link Topology}, whose name the pinned objects are kept under. */
    Dataplane open(NetworkNamespace router) throws DataplaneException {
        return switch (this) {
            case EBPF ->
                EbpfDataplane.open(router, BPFFS.resolve(router.handle().getFileName()), EbpfOptions.DEFAULT);
            case NFTABLES -> NftablesDataplane.open(router, "sluice");
        };
    }

    /** Removes what a killed run left pinned: it would keep that run's network namespaces alive. */
    static void removeLeftovers() throws IOException {
        if (!Files.isDirectory(BPFFS)) {
            return;
        }
        List<Path> left;
        try (Stream<Path> all = Files.list(BPFFS)) {
            left = all.filter(path -> Topology.isLeftover(path.getFileName().toString()))
                    .toList();
        }
        for (Path folder : left) {
            List<Path> inside;
            try (Stream<Path> all = Files.walk(folder)) {
                inside = all.sorted(java.util.Comparator.reverseOrder()).toList();
            }
            for (Path path : inside) {
                Files.delete(path);
            }
        }
    }
}
