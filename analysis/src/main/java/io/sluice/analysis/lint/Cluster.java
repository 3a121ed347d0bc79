package io.sluice.analysis.lint;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was read, and what is asked of it again and again. Not thread-safe.
 *
 * <p>What was read is not all there is: a namespace or a pod that is not here may well exist. Checks speak only of what
 * the text and the pods at hand can prove.
 */
public final class Cluster {
    private final Snapshot snapshot;
    private final Texts texts;
    private final LabelStandards standards;
    private final List<PolicyText> policies = new ArrayList<>();
    private final PodIndex pods;
    private final PodIndex hostPods;
    private final DnsServers dns;
    private @Nullable Reach reach;
    private @Nullable List<PodSelection> selections;
    private @Nullable LabelUse labels;

    Cluster(Snapshot snapshot, Texts texts, LabelStandards standards) {
        this.snapshot = snapshot;
        this.texts = texts;
        this.standards = standards;
        snapshot.policies().forEach(policy -> policies.add(new PolicyText(policy, texts.of(policy.position()))));
        pods = new PodIndex(
                snapshot.namespaces(),
                snapshot.pods().stream().filter(pod -> !pod.hostNetwork()).toList());
        hostPods = new PodIndex(
                snapshot.namespaces(),
                snapshot.pods().stream().filter(Pod::hostNetwork).toList());
        dns = new DnsServers(snapshot);
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    public Texts texts() {
        return texts;
    }

    public LabelStandards standards() {
        return standards;
    }

    public List<PolicyText> policies() {
        return policies;
    }

    /** The text of a policy of this cluster. */
    public PolicyText text(io.sluice.policy.model.Policy policy) {
        return new PolicyText(policy, texts.of(policy.position()));
    }

    /** Every place where a policy selects pods. */
    public List<PodSelection> selections() {
        if (selections == null) {
            List<PodSelection> all = new ArrayList<>();
            policies.forEach(policy -> all.addAll(PodSelection.of(policy)));
            selections = all;
        }
        return selections;
    }

    /** The pods with a network of their own: those that policies are about. */
    public PodIndex pods() {
        return pods;
    }

    /** The pods that share their node's network. */
    public PodIndex hostPods() {
        return hostPods;
    }

    /** The engine's answers. */
    public Reach reach() {
        if (reach == null) {
            reach = new Reach(dns.with(snapshot));
        }
        return reach;
    }

    public LabelUse labels() {
        if (labels == null) {
            labels = new LabelUse(this);
        }
        return labels;
    }

    /** Whether the pod's own policies let it ask a DNS server over a protocol. */
    public boolean reachesDns(Pod pod, Protocol protocol) {
        return dns.isReachable(pod, protocol, reach(), pods);
    }
}
