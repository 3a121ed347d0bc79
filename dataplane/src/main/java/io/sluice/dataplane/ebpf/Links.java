package io.sluice.dataplane.ebpf;

import io.sluice.dataplane.DataplaneException;
import io.sluice.dataplane.bpf.BpfLink;
import io.sluice.dataplane.bpf.BpfLink.Family;
import io.sluice.dataplane.bpf.BpfLink.Hook;
import io.sluice.dataplane.linux.NetworkNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The four attachments of a program: two hooks, two families. */
record Links(List<BpfLink> links) implements AutoCloseable {
    static final List<String> NAMES = List.of(
            name(Hook.FORWARD, Family.IPV4),
            name(Hook.FORWARD, Family.IPV6),
            name(Hook.LOCAL_IN, Family.IPV4),
            name(Hook.LOCAL_IN, Family.IPV6));

    /** After mangle (-150), before the filter tables (0); the spare ones are for a successor beside this one. */
    private static final int FIRST_PRIORITY = -128;

    private static final int LAST_PRIORITY = -112;

    private static String name(Hook hook, Family family) {
        return "link_" + hook.name().toLowerCase(Locale.ROOT) + "_"
                + family.name().toLowerCase(Locale.ROOT);
    }

    /** Attaches in the namespace; what was attached before still is. */
    static Links attach(Program program, NetworkNamespace namespace) throws DataplaneException {
        List<BpfLink> links = new ArrayList<>();
        try {
            return namespace.call(() -> {
                for (Hook hook : List.of(Hook.FORWARD, Hook.LOCAL_IN)) {
                    for (Family family : Family.values()) {
                        links.add(BpfLink.netfilter(
                                hook == Hook.FORWARD ? program.forward() : program.localIn(),
                                family,
                                hook,
                                FIRST_PRIORITY,
                                LAST_PRIORITY));
                    }
                }
                return new Links(List.copyOf(links));
            });
        } catch (Exception e) {
            links.forEach(BpfLink::close);
            throw new DataplaneException(
                    "The eBPF program cannot be attached in " + namespace.handle() + ": " + e.getMessage()
                            + ". What was attached before still is. It needs Linux 6.4 or newer with"
                            + " CONFIG_NETFILTER_BPF_LINK and nf_defrag_ipv4, nf_defrag_ipv6, and root or CAP_BPF with"
                            + " CAP_NET_ADMIN (CAP_SYS_ADMIN to enter another namespace).",
                    e);
        }
    }

    void pin(Pins pins) {
        for (int i = 0; i < links.size(); i++) {
            pins.replace(NAMES.get(i), links.get(i));
        }
    }

    @Override
    public void close() {
        links.forEach(BpfLink::close);
    }
}
