package io.sluice.cli;

import io.sluice.lab.Lab;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what the lab's nodes have seen. */
@Command(
        name = "flows",
        description = {
            "What the lab's nodes have seen since it came up, oldest first: a flow a line in Hubble's JSON form, as",
            "'sluice generate --flows' and 'sluice decide --connections' read it."
        },
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        footer = {
            "",
            "Example:",
            "  sluice lab flows > seen.jsonl",
        })
final class LabFlowsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (Lab.current().isEmpty()) {
            throw new Refusal("There is no lab. Bring one up: sluice lab up PATH");
        }
        Lab.awaitFlows();
        Path log = Lab.flowLog();
        OutputStream out = Inputs.stdout();
        for (Path file : List.of(log.resolveSibling(log.getFileName() + ".1"), log)) {
            if (Files.exists(file)) {
                Files.copy(file, out);
            }
        }
        out.flush();
        return 0;
    }
}
