package io.sluice.cli;

import picocli.CommandLine.Command;

/** A cluster on this machine. */
@Command(
        name = "lab",
        description = "A cluster of network namespaces on this machine, with real connections and real enforcement.",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LabUpCommand.class,
            LabApplyCommand.class,
            LabVerifyCommand.class,
            LabProbeCommand.class,
            LabFlowsCommand.class,
            LabStatusCommand.class,
            LabDownCommand.class,
            LabAgentCommand.class,
            LabHostCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  sluice lab verify examples/shop                    all of it, once; exit status 1 on a mismatch",
            "  sluice lab verify examples/shop --no-policies      the same cluster, wide open",
            "  sluice lab up examples/shop --nodes 2 --watch      keep it; edited policies are enforced at once",
            "  sluice lab probe shop/web data/orders-db:5432      one connection, and why",
            "  sluice lab flows > seen.jsonl                      what its nodes saw, for sluice generate",
            "",
            "The lab needs root. It changes nothing of the host's own network and takes everything away again."
        })
final class LabCommand {}
