package io.sluice.lab;

/** The background process of a lab without enforcement. */
public final class HostMain {
    private HostMain() {}

    public static void main(String[] args) throws InterruptedException {
        LabHost.open(NodeRuntime.NONE).awaitStop();
    }

    static HostMode background() {
        return new HostMode.Background(java.util.List.of(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HostMain.class.getName()));
    }
}
