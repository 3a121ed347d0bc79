package io.sluice.analysis.intents;

import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A file of intents.
 *
 * @param assumed pods that are there in the cluster although the manifests do not contain them, such as its DNS
 */
public record IntentFile(String file, List<Pod> assumed, List<Intent> intents) {
    public IntentFile {
        assumed = List.copyOf(assumed);
        intents = List.copyOf(intents);
    }

    /** A snapshot with the assumed pods, those left out that it has a pod for already, by namespace and labels. */
    public Snapshot complete(Snapshot snapshot) {
        List<Pod> pods = new ArrayList<>(snapshot.pods());
        for (Pod pod : assumed) {
            boolean there = snapshot.pods().stream()
                    .anyMatch(p -> p.isSame(pod)
                            || p.namespace().equals(pod.namespace())
                                    && p.labels()
                                            .entrySet()
                                            .containsAll(pod.labels().entrySet()));
            if (!there) {
                pods.add(pod);
            }
        }
        return Snapshot.of(
                List.<Namespace>copyOf(snapshot.namespaces().values()),
                pods,
                snapshot.nodes(),
                snapshot.services(),
                snapshot.policies());
    }

    /** Every block that the intents name. */
    public Set<Cidr> blocks() {
        Set<Cidr> blocks = new LinkedHashSet<>();
        everybody().forEach(who -> {
            if (who instanceof Who.Block block) {
                blocks.add(block.cidr());
            }
        });
        return blocks;
    }

    /** Whoever is named anywhere. */
    List<Who> everybody() {
        List<Who> all = new ArrayList<>();
        for (Intent intent : intents) {
            switch (intent.claim()) {
                case Intent.Claim.Between between -> {
                    all.addAll(between.from());
                    all.addAll(between.to());
                }
                case Intent.Claim.Limit limit -> {
                    all.addAll(limit.subject());
                    limit.entries().forEach(entry -> all.addAll(entry.peers()));
                }
            }
        }
        return all;
    }
}
