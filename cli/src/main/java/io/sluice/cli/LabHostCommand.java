package io.sluice.cli;

import io.sluice.lab.Lab;
import io.sluice.lab.LabHost;
import io.sluice.lab.Placement;
import io.sluice.lab.enforce.Enforcement;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The background process of a lab; started by {@code lab up}. */
@Command(name = "host", hidden = true, description = "The background process of a lab.")
final class LabHostCommand implements Callable<Integer> {
    @Mixin
    LabOptions options = new LabOptions();

    @Override
    public Integer call() throws Exception {
        Enforcement enforcement =
                new Enforcement(options.enforcement(), Placement.podRanges(), Lab.flowLog());
        try (LabHost host = LabHost.open(enforcement)) {
            host.awaitStop();
        }
        return 0;
    }
}
