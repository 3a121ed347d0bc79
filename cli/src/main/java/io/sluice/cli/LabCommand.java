package io.sluice.cli;

import picocli.CommandLine.Command;

/** A cluster on this machine. */
@Command(name = "lab", description = "A cluster of network namespaces on this machine, with real connections.")
final class LabCommand {}
