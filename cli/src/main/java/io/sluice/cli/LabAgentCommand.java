package io.sluice.cli;

import io.sluice.lab.Lab;
import io.sluice.lab.LabAgent;
import io.sluice.lab.LabException;
import io.sluice.lab.Placement;
import io.sluice.lab.enforce.Enforcement;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The background process of a lab that enforces; started by {@code lab up}. */
@Command(
        name = "agent",
        addMethodSubcommands = false,
        hidden = true,
        description = "The background process of a lab that enforces.")
final class LabAgentCommand implements Callable<Integer> {
    @Mixin
    LabOptions options = new LabOptions();

    @Override
    public Integer call() throws Exception {
        Enforcement enforcement = new Enforcement(options.enforcement(), Placement.podRanges(), Lab.flowLog());
        try (LabAgent agent = LabAgent.open(enforcement)) {
            agent.awaitStop();
        } catch (LabException e) {
            throw new Refusal(e.getMessage(), e);
        }
        return 0;
    }
}
