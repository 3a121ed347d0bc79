package io.sluice.cli;

import java.util.List;
import picocli.CommandLine.Parameters;

/** The files and folders that a verb is given, beside {@link SourceOptions}. */
final class Paths {
    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Files, folders, kustomizations or Helm charts; - is stdin.")
    List<String> all = List.of();
}
