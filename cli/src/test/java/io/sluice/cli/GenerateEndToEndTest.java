package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From the calls of an application to policies that let these through and nothing else, on the real kernel. */
class GenerateEndToEndTest {
    private static final String SHOP = "../examples/shop/";
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir
    Path folder;

    @BeforeEach
    void needsRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "the lab needs root");
    }

    @AfterEach
    void down() throws Exception {
        Sluice.run("lab", "down");
    }

    @Test
    void whatWasRecordedIsAllowedAndTheRestIsNot() throws Exception {
        good("lab", "up", SHOP + "manifests");
        good("lab", "probe", "--connections", SHOP + "calls.jsonl", "--expect", "allow");
        Path seen = Files.writeString(folder.resolve("seen.jsonl"), good("lab", "flows"));
        Path policies = Files.writeString(
                folder.resolve("policies.yaml"), good("generate", SHOP + "manifests", "--flows", seen.toString()));

        good("lab", "apply", SHOP + "manifests", policies.toString());

        assertThat(good("lab", "probe", "--connections", SHOP + "calls.jsonl", "--expect", "allow"))
                .contains("34 connections made: 34 allowed, 0 refused, 0 mismatches");
        assertThat(good("lab", "verify")).contains(" 0 mismatches");
        // Beside the calls only DNS is open, which every namespace with a default deny needs.
        assertThat(openBetweenPods())
                .isEqualTo(between(
                        good("generate", SHOP + "manifests", "--flows", seen.toString(), "--output", "connections")));

        // What other people's policies lack is added to them, and nothing is left to add.
        assertThat(good("generate", SHOP + "manifests", "--flows", seen.toString(), "--existing", policies.toString()))
                .isEmpty();
        assertThat(good("generate", SHOP + "manifests", "--flows", seen.toString(), "--existing", SHOP + "policies"))
                .isEmpty();
    }

    /** A connection that no rule allows is not allowed because somebody expects it. */
    @Test
    void refusedCallsAreToldWithTheirReasons() throws Exception {
        good("lab", "up", SHOP + "manifests", SHOP + "policies");
        Path calls = Files.writeString(folder.resolve("calls.jsonl"), """
                {"from":"shop/web","to":"shop/cart","port":80}
                {"from":"shop/web","to":"data/cart-cache","protocol":"TCP","port":6379}
                {"from":"198.18.7.9","to":"ops/gateway","port":8080}
                """);

        Sluice.Run asThePoliciesSay = Sluice.run("lab", "probe", "-c", calls.toString());
        assertThat(asThePoliciesSay.status()).as(asThePoliciesSay.err()).isZero();
        assertThat(asThePoliciesSay.out())
                .contains("allow  shop/web-1 -> service shop/cart", "deny   world 198.18.7.9 -> ops/gateway-1")
                .endsWith("3 connections made: 1 allowed, 2 refused, 0 mismatches\n");

        Sluice.Run expected = Sluice.run("lab", "probe", "-c", calls.toString(), "--expect", "allow");
        assertThat(expected.status()).isEqualTo(1);
        assertThat(expected.out())
                .contains("egress: deny, no rule of shop/allow-dns")
                .endsWith("1 allowed, 2 refused, 0 mismatches, 2 not as --expect says\n");

        Files.writeString(calls, "{\"from\":\"shop/web\",\"to\":\"shop/card\",\"port\":80}\n");
        Sluice.Run wrong = Sluice.run("lab", "probe", "-c", calls.toString());
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("calls.jsonl:1: error: The lab has no pod, workload, service or node named");
    }

    private static String good(String... arguments) throws Exception {
        Sluice.Run run = Sluice.run(arguments);
        assertThat(run.status()).as(run.err() + run.out()).isZero();
        return run.out();
    }

    /** What comes through between workloads, as {@code from to port/protocol}. */
    private static Set<String> openBetweenPods() throws Exception {
        JsonNode probes = MAPPER.readTree(good("lab", "verify", "--pods-only", "-o", "json"))
                .get("probes");
        return StreamSupport.stream(probes.spliterator(), false)
                .filter(probe -> probe.get("observed").asString().equals("allow"))
                .map(GenerateEndToEndTest::text)
                .filter(open -> !open.contains("kube-dns"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> between(String lines) {
        return lines.lines()
                .map(MAPPER::readTree)
                .map(GenerateEndToEndTest::text)
                .filter(call -> !call.contains("kube-dns") && call.matches("[a-z]\\S*/\\S* [a-z]\\S*/.*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A replica's number tells no workloads apart. */
    private static String text(JsonNode call) {
        return call.get("from").asString().replaceFirst("-\\d$", "") + " "
                + call.get("to").asString().replaceFirst("-\\d$", "") + " " + call.get("port") + "/"
                + call.get("protocol").asString();
    }
}
