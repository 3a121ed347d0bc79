package io.sluice.lab;

import java.util.ArrayList;
import java.util.List;

/** The background processes of a lab without enforcement. */
public final class HostMain {
    private HostMain() {}

    public static void main(String[] args) throws InterruptedException {
        if (args[0].equals("agent")) {
            LabAgent.open(NodeRuntime.NONE).awaitStop();
        } else if (args[0].equals("host")) {
            LabHost.open().awaitStop();
        } else {
            Lab.up(Placement.of(Clusters.uniform(Integer.parseInt(args[0])), 2), background(), Progress.SILENT);
        }
    }

    static LabParts background() {
        return new LabParts.Background(command("agent"), command("host"));
    }

    /** This program: a part of a lab, or, with a number of pods, one that brings a lab up. */
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HostMain.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }
}
