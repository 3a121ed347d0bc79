package io.sluice.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the verbs that read files once, so that a start-up cache can be made of the classes they load. */
@Command(
        name = "train",
        addMethodSubcommands = false,
        hidden = true,
        description = "Run every reading verb once, for the start-up cache.")
final class TrainCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SHOP", description = "The example that every verb is run on.")
    String path = "";

    @Parameters(
            index = "1..*",
            paramLabel = "PATH",
            description = "Further manifests, of whatever kinds users have; read once each.")
    List<String> others = List.of();

    @Override
    public Integer call() {
        Main.run("--help");
        Main.run("lint", "--list");
        Main.run("lint", path);
        Main.run("lint", path, "-o", "json");
        Main.run("lint", path, "-o", "sarif");
        Main.run("connectivity", path);
        Main.run("connectivity", path, "-o", "json");
        Main.run("connectivity", path, "--exposure");
        Main.run("explain", path, "--from", "shop/web", "--to", "data/orders-db", "--port", "5432");
        Main.run("explain", path, "--from", "shop/web", "--to", "data/orders-db", "--port", "5433", "-o", "json");
        Main.run("check", path);
        Main.run("check", "equal", path, path);
        Main.run("diff", path, path + "/manifests");
        Main.run("diff", path, path + "/manifests", "-o", "md");
        Main.run("test", path, "--tests", path + "/intents.yaml");
        Main.run("generate", path, "--static");
        decide();
        for (String other : others) {
            Main.run("lint", other);
            Main.run("connectivity", other);
        }
        Main.run("lint", "/nowhere");
        return 0;
    }

    private void decide() {
        InputStream stdin = System.in;
        String question = "{\"from\":\"shop/web\",\"to\":\"data/orders-db\",\"protocol\":\"TCP\",\"port\":5432}\n";
        System.setIn(new ByteArrayInputStream(question.getBytes(StandardCharsets.UTF_8)));
        try {
            Main.run("decide", path, "--connections", "-");
        } finally {
            System.setIn(stdin);
        }
    }
}
