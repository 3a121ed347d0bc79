package io.sluice.dataplane.testnet;

import io.sluice.dataplane.linux.NetworkNamespace;
import org.junit.jupiter.api.Assumptions;

/** What tests of the kernel need; without it they are skipped with one line that says so. */
public final class Root {
    private Root() {}

    public static void required() {
        boolean root = System.getProperty("user.name").equals("root");
        Assumptions.assumeTrue(root, "skipped: tests of the kernel need root");
        try {
            NetworkNamespace.OWN.call(() -> 0);
        } catch (Exception e) {
            Assumptions.abort("skipped: network namespaces cannot be entered here: " + e.getMessage());
        }
    }
}
