package io.sluice.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the manual pages, for the build. */
@Command(
        name = "man",
        addMethodSubcommands = false,
        hidden = true,
        description = "Write the manual pages into a folder.")
final class ManCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Parameters(paramLabel = "FOLDER")
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        for (CommandLine command : ManPage.commands(spec.root().commandLine())) {
            ManPage page = new ManPage(command);
            Files.writeString(folder.resolve(page.name() + ".1"), page.text());
        }
        return 0;
    }
}
