package io.sluice.bench;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What the questions are asked about: the files of a generated cluster, those of the same cluster with one policy
 * removed, and files of questions.
 *
 * @param name in the table
 * @param from a pod
 * @param to another one
 */
record Corpus(
        String name,
        Path now,
        Path before,
        Path policies,
        Path questions,
        Path oneQuestion,
        Ends ends,
        ManifestFolder.Size size) {
    static final int QUESTIONS = 2_000_000;

    private static final int[] PORTS = {53, 80, 443, 8000, 8001, 8002, 8080, 9090};

    /** Two pods to ask about. */
    record Ends(String from, String to) {}

    /** Writes the files. */
    static Corpus write(String name, Snapshot snapshot, Path folder) throws IOException {
        Path now = folder.resolve("now");
        Path before = folder.resolve("before");
        ManifestFolder.Size size = ManifestFolder.write(snapshot, before, Set.of());
        ManifestFolder.write(snapshot, now, Set.of(removed(snapshot)));
        Path policies = folder.resolve("policies");
        ManifestFolder.writePoliciesApart(snapshot, policies);
        List<Pod> pods = snapshot.pods();
        write(pods, folder.resolve("questions"), QUESTIONS);
        write(pods, folder.resolve("question"), 1);
        Ends ends = new Ends(pods.get(100).fullName(), pods.getLast().fullName());
        return new Corpus(
                name, now, before, policies, folder.resolve("questions"), folder.resolve("question"), ends, size);
    }

    /** The first policy of a namespace that allows something, in the middle of the list. */
    private static String removed(Snapshot snapshot) {
        List<Policy> policies = snapshot.policies();
        return policies.subList(policies.size() / 2, policies.size()).stream()
                .filter(p -> !p.id().namespace().isEmpty() && allows(p))
                .findFirst()
                .map(p -> p.id().namespace() + "/" + p.id().name())
                .orElseThrow();
    }

    private static boolean allows(Policy policy) {
        for (Section section : policy.sections()) {
            for (Rule rule : section.rules()) {
                if (!rule.peers().isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Between pods drawn at random, to the ports that rules speak of, the same ones every time. */
    private static void write(List<Pod> pods, Path file, int count) throws IOException {
        Random random = new Random(7);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                out.write("{\"from\":\"" + pods.get(random.nextInt(pods.size())).fullName());
                out.write("\",\"to\":\"" + pods.get(random.nextInt(pods.size())).fullName());
                out.write("\",\"protocol\":\"TCP\",\"port\":" + PORTS[random.nextInt(PORTS.length)] + "}\n");
            }
        }
    }
}
