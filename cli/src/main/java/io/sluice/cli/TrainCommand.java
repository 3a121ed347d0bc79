package io.sluice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the verbs that read files once, so that a start-up cache can be made of the classes they load. */
@Command(name = "train", hidden = true, description = "Run every reading verb once, for the start-up cache.")
final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATH")
    String path = "";

    @Override
    public Integer call() {
        Main.run("--help");
        Main.run("lint", path);
        Main.run("lint", path, "-o", "json");
        Main.run("connectivity", path);
        Main.run("connectivity", path, "-o", "json");
        Main.run("explain", path, "--from", "shop/web", "--to", "data/orders-db", "--port", "5432");
        Main.run("check", path);
        Main.run("diff", path, path);
        Main.run("lint", "/nowhere");
        return 0;
    }
}
