package io.sluice.analysis.lint;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
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
    private final List<PodGroup> subjects;
    private final FutureTask<Reach> reach;
    private @Nullable List<PodSelection> selections;
    private @Nullable LabelUse labels;
    private final Map<Class<?>, Object> views = new HashMap<>();

    Cluster(Snapshot snapshot, Texts texts, LabelStandards standards) {
        this.snapshot = snapshot;
        this.texts = texts;
        this.standards = standards;
        snapshot.policies().stream()
                .filter(PolicyText::isKnown)
                .forEach(policy -> policies.add(new PolicyText(policy, texts.of(policy.position()))));
        pods = new PodIndex(
                snapshot.namespaces(),
                snapshot.pods().stream().filter(pod -> !pod.hostNetwork()).toList());
        hostPods = new PodIndex(
                snapshot.namespaces(),
                snapshot.pods().stream().filter(Pod::hostNetwork).toList());
        dns = new DnsServers(snapshot);
        List<Pod> assumed = AssumedPods.of(snapshot, texts);
        // Compiled beside the checks that do not need it.
        reach = new FutureTask<>(() -> new Reach(dns.with(snapshot, assumed)));
        Thread.ofPlatform().daemon().name("verdicts").start(reach);
        subjects = new ArrayList<>(pods.groups());
        assumed.forEach(
                pod -> subjects.add(new PodGroup(subjects.size(), pod.namespace(), pod.labels(), List.of(pod))));
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
    public PolicyText text(Policy policy) {
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

    /**
     * Who policies are applied to: the groups of {@link #pods} and, for namespaces of which only policies were read,
     * pods as those policies select them.
     */
    public List<PodGroup> subjects() {
        return subjects;
    }

    /** The pods that share their node's network. */
    public PodIndex hostPods() {
        return hostPods;
    }

    /** The engine's answers. */
    public Reach reach() {
        try {
            return reach.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the policies could not be compiled", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the policies were compiled", e);
        }
    }

    /** Which labels there are. */
    public LabelUse labels() {
        if (labels == null) {
            labels = new LabelUse(this);
        }
        return labels;
    }

    /** What several checks ask for, worked out for the first of them. */
    public <T> T once(Class<T> kind, Function<Cluster, T> view) {
        return kind.cast(views.computeIfAbsent(kind, _ -> view.apply(this)));
    }

    /** Whether the pod's own policies let it ask a DNS server over a protocol. */
    public boolean reachesDns(Pod pod, Protocol protocol) {
        return dns.isReachable(pod, protocol, reach(), pods);
    }
}
