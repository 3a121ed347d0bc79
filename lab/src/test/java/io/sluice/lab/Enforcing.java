package io.sluice.lab;

import io.sluice.lab.net.Names;
import io.sluice.policy.model.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Hand-made rules in a node's namespace, in place of a data plane. */
final class Enforcing {
    private Enforcing() {}

    static void nft(Node node, String rules) {
        run(List.of("nsenter", "--net=/run/netns/" + Names.namespace(node), "nft", "-f", "-"), rules);
    }

    static String run(List<String> command, String input) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + out);
            }
            return out;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
