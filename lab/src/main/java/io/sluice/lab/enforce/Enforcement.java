package io.sluice.lab.enforce;

import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.ebpf.EbpfDataplane;
import io.sluice.dataplane.ebpf.EbpfOptions;
import io.sluice.dataplane.ebpf.EbpfSupport;
import io.sluice.dataplane.nftables.NftablesDataplane;
import io.sluice.lab.NodeRuntime;
import io.sluice.policy.model.Change;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.table.LiveTable;
import io.sluice.policy.table.VerdictTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens the enforcement of each node, with one verdict table and one flow log for all of them.
 */
public final class Enforcement implements NodeRuntime.Factory {
    private static final String TABLE = "sluice";
    private static final System.Logger LOG = System.getLogger(Enforcement.class.getName());

    private final EnforceOptions options;
    private final List<Cidr> podRanges;
    private final FlowLog log;
    private @Nullable LiveTable live;
    private @Nullable Snapshot latest;

    /**
     * @param podRanges the prefixes that only pods of the lab hold
     * @param flowLog where the flows are written
     */
    public Enforcement(EnforceOptions options, List<Cidr> podRanges, Path flowLog) throws IOException {
        this.options = options;
        this.podRanges = List.copyOf(podRanges);
        this.log = new FlowLog(flowLog);
    }

    @Override
    public NodeRuntime open(NodeRuntime.NodeSite site) throws DataplaneException {
        return new NodeEnforcement(site.node(), podRanges, options.mode(), dataplane(site), this::table, log);
    }

    private Dataplane dataplane(NodeRuntime.NodeSite site) throws DataplaneException {
        return switch (options.backend()) {
            case EBPF -> EbpfDataplane.open(site.namespace(), site.pins(), EbpfOptions.DEFAULT);
            case NFTABLES -> NftablesDataplane.open(site.namespace(), TABLE);
            case AUTO -> best(site);
        };
    }

    private Dataplane best(NodeRuntime.NodeSite site) throws DataplaneException {
        Optional<String> missing = EbpfSupport.missing();
        if (missing.isEmpty()) {
            return EbpfDataplane.open(site.namespace(), site.pins(), EbpfOptions.DEFAULT);
        }
        LOG.log(System.Logger.Level.WARNING, "nftables instead of eBPF on " + site.node() + ": " + missing.get());
        return NftablesDataplane.open(site.namespace(), TABLE);
    }

    /** The compiled policies, once for all nodes; another state of the cluster costs what has changed. */
    private synchronized VerdictTable table(Snapshot placed) {
        LiveTable known = live;
        if (known == null) {
            known = LiveTable.of(placed);
            live = known;
        } else if (latest != placed) {
            known.apply(Change.between(known.table().snapshot(), placed));
        }
        latest = placed;
        return known.table();
    }
}
