package io.sluice.cli;

import io.sluice.dataplane.NodeTable;
import io.sluice.lab.enforce.EnforceOptions;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every verb that brings a lab up. */
final class LabOptions {
    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "0",
            description = "How many nodes there are at least (default: those of the manifests, else 2).")
    int nodes;

    @Option(
            names = "--dataplane",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, ebpf or nftables (default: auto, which is eBPF where the kernel can).")
    EnforceOptions.Backend dataplane = EnforceOptions.Backend.AUTO;

    @Option(
            names = "--established",
            paramLabel = "WHAT",
            defaultValue = "rejudge",
            description = "rejudge: a revoked permission cuts open connections; keep: it does not (default: rejudge).")
    Established established = Established.REJUDGE;

    @Option(names = "--audit", description = "Judge and report, drop nothing.")
    boolean audit;

    @Option(names = "--no-policies", description = "Leave the policies of the manifests out.")
    boolean withoutPolicies;

    /** What happens to open connections when policies change. */
    enum Established {
        REJUDGE,
        KEEP
    }

    EnforceOptions enforcement() {
        return new EnforceOptions(dataplane, new NodeTable.Mode(!audit, established == Established.REJUDGE, true));
    }

    /** The same as words, for the process that enforces. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                "--dataplane",
                dataplane.toString(),
                "--established",
                established.name().toLowerCase()));
        if (audit) {
            words.add("--audit");
        }
        return words;
    }
}
