package io.sluice.cli;

import io.sluice.lab.LabException;
import io.sluice.lab.LabHost;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The background process of a lab that answers on the pods' ports; started by {@code lab up}. */
@Command(
        name = "host",
        addMethodSubcommands = false,
        hidden = true,
        description = "The background process of a lab that answers on the pods' ports.")
final class LabHostCommand implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
        try (LabHost host = LabHost.open()) {
            host.awaitStop();
        } catch (LabException e) {
            throw new Refusal(e.getMessage(), e);
        }
        return 0;
    }
}
