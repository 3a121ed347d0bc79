package io.sluice.dataplane.nftables;

import io.sluice.dataplane.Dataplane;
import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.KernelEvent;
import io.sluice.dataplane.NodeTable;
import io.sluice.dataplane.linux.Errno;
import io.sluice.dataplane.linux.LinuxException;
import io.sluice.dataplane.linux.NetworkNamespace;
import io.sluice.dataplane.nftables.RulesetBuilder.Built;
import io.sluice.policy.decide.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Enforces a node table with one nftables table in family inet. One thread may apply while another polls;
 * close only after the last poll has returned.
 *
 * <p>Needs root (CAP_NET_ADMIN, and CAP_SYS_ADMIN to enter another namespace), the program nft, and a kernel with
 * nf_tables, conntrack and nfnetlink_log.
 */
public final class NftablesDataplane implements Dataplane {
    private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    private static final int RECEIVE_BYTES = 8 << 20;

    private final NftOptions options;
    private final Nft nft;
    private final NflogSocket log;
    private KernelObjects kernel;
    private final String epoch;
    private volatile InForce inForce = new InForce(Map.of(), List.of());

    /** What the process knows of the tables that packets may have been judged by. */
    private record InForce(Map<String, Cause> causes, List<TableView> tables) {
        InForce {
            causes = Map.copyOf(causes);
            tables = List.copyOf(tables);
        }

        InForce then(Built built, TableView view) {
            Map<String, Cause> all = new HashMap<>(causes);
            all.putAll(built.causes());
            return new InForce(all, tables.isEmpty() ? List.of(view) : List.of(view, tables.getFirst()));
        }
    }

    private NftablesDataplane(NftOptions options, Nft nft, NflogSocket log, KernelObjects kernel) {
        this.options = options;
        this.nft = nft;
        this.log = log;
        this.kernel = kernel;
        this.epoch = Long.toHexString(Instant.now().toEpochMilli());
    }

    /**
     * Prepares enforcement in a namespace. A table of this name that an earlier process left stays in force until the
     * first {@link #apply} takes its place; its counters go on.
     *
     * @throws DataplaneException if nft, the kernel or the rights are missing; nothing was changed then
     */
    public static NftablesDataplane open(NetworkNamespace netns, String tableName) throws DataplaneException {
        return open(netns, tableName, "nft", RECEIVE_BYTES);
    }

    static NftablesDataplane open(NetworkNamespace netns, String tableName, String binary, int receiveBytes)
            throws DataplaneException {
        if (!TABLE_NAME.matcher(tableName).matches()) {
            throw new DataplaneException(
                    "\"" + tableName + "\" is no name for an nftables table: letters, digits and _, "
                            + "a letter first, at most 64; nothing was changed");
        }
        NftOptions options = NftOptions.forTable(tableName);
        Nft nft = new Nft(netns, binary);
        KernelObjects kernel = KernelObjects.read(nft, tableName);
        return new NftablesDataplane(options, nft, join(netns, options, receiveBytes), kernel);
    }

    private static NflogSocket join(NetworkNamespace netns, NftOptions options, int receiveBytes)
            throws DataplaneException {
        try {
            return netns.call(() -> NflogSocket.open(options.logGroup(), receiveBytes));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataplaneException("interrupted; nothing was changed", e);
        } catch (LinuxException e) {
            // The kernel answers EPERM where another socket reads the group; rights were enough to list rules.
            String hint = switch (e.errno()) {
                case Errno.EPERM, Errno.EBUSY, Errno.EEXIST ->
                    "another process enforces table " + options.table() + " here; end it first";
                default -> "the kernel needs nfnetlink_log (CONFIG_NETFILTER_NETLINK_LOG)";
            };
            throw new DataplaneException(
                    "the kernel's log cannot be read (" + e.getMessage() + "): " + hint
                            + "; what is in the kernel stays in force",
                    e);
        } catch (Exception e) {
            throw new DataplaneException("the kernel's log cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return "nftables";
    }

    @Override
    public Applied apply(NodeTable table) throws DataplaneException {
        long start = System.nanoTime();
        Built built;
        try {
            built = RulesetBuilder.build(table, options, epoch);
        } catch (IllegalArgumentException e) {
            throw new DataplaneException(
                    "the table contradicts itself: " + e.getMessage() + "; the rules that were in force still are", e);
        }
        InForce before = inForce;
        // Ahead of the transaction: events of the new rules may come before nft has ended.
        inForce = before.then(built, new TableView(table));
        try {
            Set<String> present = put(built.ruleset());
            return cost(table, built.ruleset(), present, System.nanoTime() - start);
        } catch (DataplaneException e) {
            inForce = before;
            throw e;
        }
    }

    /** @return what was there already */
    private Set<String> put(Ruleset ruleset) throws DataplaneException {
        try {
            return writeAndSwitch(ruleset);
        } catch (DataplaneException e) {
            KernelObjects found = KernelObjects.read(nft, options.table());
            if (found.names().equals(kernel.names())) {
                throw e;
            }
            // Somebody else changed our table, `nft flush ruleset` for one: begin from what is there.
            kernel = found;
            return writeAndSwitch(ruleset);
        }
    }

    private Set<String> writeAndSwitch(Ruleset ruleset) throws DataplaneException {
        Set<String> present = kernel.names();
        nft.transaction(Transaction.write(options, ruleset, present, kernel.garbage(ruleset)));
        kernel.written(ruleset);
        nft.transaction(Transaction.putInForce(options.table(), ruleset));
        kernel.inForce(ruleset);
        return present;
    }

    private static Applied cost(NodeTable table, Ruleset ruleset, Set<String> present, long nanos) {
        boolean addressesChanged = !present.contains(ruleset.forward()) || !present.contains(ruleset.input());
        long rows = ruleset.chains().keySet().stream()
                .filter(name -> name.startsWith(Ruleset.ROW) && !present.contains(name))
                .count();
        return new Applied(addressesChanged ? table.addresses().size() : 0, (int) rows, (int) ruleset.rows(), nanos);
    }

    @Override
    public int poll(Consumer<KernelEvent> sink, int timeoutMillis) {
        if (!log.awaitReadable(timeoutMillis)) {
            return 0;
        }
        InForce now = inForce;
        EventReader reader = new EventReader(now.causes(), now.tables());
        List<KernelEvent> events = new ArrayList<>();
        log.drain(
                line -> reader.read(line).ifPresent(events::add),
                lost -> events.add(new KernelEvent.Lost(Instant.now(), lost)));
        events.forEach(sink);
        return events.size();
    }

    @Override
    public Map<Cause, Hits> hits() {
        Map<String, Cause> causes = inForce.causes();
        Map<Cause, Hits> out = new HashMap<>();
        try {
            Matcher counter = KernelObjects.counters(nft, options.table());
            while (counter.find()) {
                String name = counter.group(1);
                Cause cause = causes.get(name.substring(name.indexOf('_') + 1));
                if (cause != null) {
                    Hits hits = new Hits(Long.parseLong(counter.group(2)), Long.parseLong(counter.group(3)));
                    out.merge(cause, hits, (a, b) -> new Hits(a.packets() + b.packets(), a.bytes() + b.bytes()));
                }
            }
        } catch (DataplaneException e) {
            throw new IllegalStateException("the counters cannot be read: " + e.getMessage(), e);
        }
        return out;
    }

    @Override
    public void close() {
        log.close();
    }

    @Override
    public void remove() {
        try {
            nft.transaction(Transaction.remove(options.table()));
        } catch (DataplaneException e) {
            throw new IllegalStateException("the table cannot be removed: " + e.getMessage(), e);
        }
        kernel.forget();
        inForce = new InForce(Map.of(), List.of());
    }
}
