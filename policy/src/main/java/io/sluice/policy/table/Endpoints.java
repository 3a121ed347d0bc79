package io.sluice.policy.table;

import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.Cidr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;

/**
 * The pods with their classes, identities and policy sets. An identity is a class of pods by their labels, crossed with
 * a class of addresses by the blocks that hold them, crossed with what port names mean there. Not thread-safe.
 */
final class Endpoints {
    private final RuleBook rules;
    private final Population population;
    private final FeatureSets sets;
    private final PolicySets policySets;
    private final IdentityRegistry registry;
    private final LiveIdentities.Editor live;
    private final Pods.Editor pods = new Pods.Editor();
    private final List<@Nullable PodEntry> bySlot = new ArrayList<>();
    private final Addresses addresses = new Addresses();
    private final Map<String, RoaringBitmap> byPortName = new HashMap<>();
    private NamedPorts egressNames = new NamedPorts(List.of());

    /** Pods whose labels are new. */
    private RoaringBitmap fresh = new RoaringBitmap();

    /** Pods of which something else is new. */
    private RoaringBitmap touched = new RoaringBitmap();

    Endpoints(
            RuleBook rules,
            Population population,
            FeatureSets sets,
            PolicySets policySets,
            IdentityRegistry registry,
            LiveIdentities.Editor live) {
        this.rules = rules;
        this.population = population;
        this.sets = sets;
        this.policySets = policySets;
        this.registry = registry;
        this.live = live;
    }

    @Nullable
    PodEntry get(String namespace, String name) {
        return pods.get(namespace, name);
    }

    /** Adds a pod on its node's network. */
    void addGuest(Pod pod, long order) {
        pods.put(PodEntry.of(PodEntry.NO_SLOT, pod, order));
    }

    void removeGuest(PodEntry entry) {
        pods.remove(entry);
    }

    void add(Pod pod, long order) {
        int slot = population.add(pod);
        PodEntry entry = PodEntry.of(slot, pod, order);
        while (bySlot.size() <= slot) {
            bySlot.add(null);
        }
        bySlot.set(slot, entry);
        pods.put(entry);
        addresses.add(slot, pod);
        for (ContainerPort port : pod.ports()) {
            byPortName.computeIfAbsent(port.name(), _ -> new RoaringBitmap()).add(slot);
        }
        fresh.add(slot);
    }

    void remove(PodEntry entry) {
        int slot = entry.slot();
        // What the entry has so far is released, whatever the pod should have got meanwhile.
        release(entry);
        population.remove(slot);
        addresses.remove(slot, entry.pod());
        removePorts(entry);
        pods.remove(entry);
        bySlot.set(slot, null);
        fresh.remove(slot);
        touched.remove(slot);
    }

    private void removePorts(PodEntry entry) {
        for (ContainerPort port : entry.pod().ports()) {
            byPortName.computeIfPresent(port.name(), (_, slots) -> {
                slots.remove(entry.slot());
                return slots.isEmpty() ? null : slots;
            });
        }
    }

    private void release(PodEntry entry) {
        for (int identity : entry.identities()) {
            live.release(identity);
        }
        if (entry.isKnown()) {
            policySets.release(entry.policySet());
        }
    }

    /** Another state of a pod that stays in its namespace and on a network of its own. */
    void replace(PodEntry before, Pod pod) {
        int slot = before.slot();
        Pod old = before.pod();
        if (!old.labels().equals(pod.labels()) || !old.account().equals(pod.account())) {
            fresh.add(slot);
        }
        population.replace(slot, pod);
        if (!old.ips().equals(pod.ips())) {
            addresses.remove(slot, old);
            addresses.add(slot, pod);
        }
        if (!old.ports().equals(pod.ports())) {
            removePorts(before);
            for (ContainerPort port : pod.ports()) {
                byPortName
                        .computeIfAbsent(port.name(), _ -> new RoaringBitmap())
                        .add(slot);
            }
        }
        touched.add(slot);
        PodEntry now = before.with(pod);
        bySlot.set(slot, now);
        pods.put(now);
    }

    /** The labels of the namespace of these pods are new. */
    void relabelled(RoaringBitmap members) {
        fresh.or(members);
    }

    RoaringBitmap fresh() {
        return fresh;
    }

    /** Looks at the pods again that have an address in a block. */
    void touch(Cidr block) {
        addresses.addHolders(block, touched);
    }

    /** Reads anew what port names of egress rules mean, where these are others than before. */
    void readNames() {
        List<PortMatch.Named> changed = rules.egressNames.changed();
        if (!changed.isEmpty()) {
            egressNames = new NamedPorts(rules.egressNames.inUse());
            changed.forEach(name -> {
                RoaringBitmap holders = byPortName.get(name.name());
                if (holders != null) {
                    touched.or(holders);
                }
            });
        }
        rules.egressNames.settle();
    }

    /**
     * Gives every pod that changed, or that changed policies reach, what it has now.
     *
     * @param changedSubjects the numbers of the subjects whose policies changed
     */
    void settle(Reclassing peers, Reclassing subjects, Set<Integer> changedSubjects, NetworkIndex networks) {
        Map<Integer, PolicySets.Selected> before = policySets.forget(changedSubjects);
        RoaringBitmap renumbered = RoaringBitmap.or(fresh, touched, peers.touched());
        RoaringBitmap reselected = RoaringBitmap.or(fresh, touched, subjects.touched());
        reselected.or(moved(subjects, changedSubjects, before));
        RoaringBitmap.or(renumbered, reselected).forEach((IntConsumer) slot -> {
            PodEntry entry = bySlot.get(slot);
            if (entry != null) {
                int ofPeers = peers.classOf(slot, entry.peers());
                int ofSubjects = subjects.classOf(slot, entry.selection());
                boolean selectsAgain = reselected.contains(slot);
                PodEntry numbered = renumbered.contains(slot) ? numbered(entry.withPeers(ofPeers), networks) : entry;
                PodEntry now = selectsAgain
                        ? numbered.selectedBy(ofSubjects, policySets.acquire(ofSubjects, entry.pod()))
                        : numbered;
                // Only now, so that what is had before and after is never given up in between.
                if (selectsAgain && entry.isKnown()) {
                    policySets.release(entry.policySet());
                }
                exchange(entry.identities(), now.identities());
                bySlot.set(slot, now);
                pods.put(now);
            }
        });
        before.keySet().forEach(policySets::compileAgain);
        fresh = new RoaringBitmap();
        touched = new RoaringBitmap();
    }

    /** The pods of some subjects that are no longer in the policy set that they were in. */
    private RoaringBitmap moved(
            Reclassing subjects, Set<Integer> changedSubjects, Map<Integer, PolicySets.Selected> before) {
        RoaringBitmap moved = new RoaringBitmap();
        Map<Integer, Boolean> stays = new HashMap<>();
        for (int subject : changedSubjects) {
            if (rules.subjects.uses(subject) > 0) {
                population.select(rules.subjects.thing(subject)).forEach((IntConsumer) slot -> {
                    PodEntry entry = bySlot.get(slot);
                    if (entry != null
                            && !stays.computeIfAbsent(subjects.classOf(slot, entry.selection()), c -> {
                                PolicySets.Selected known = before.get(c);
                                return known != null && policySets.selected(c).keepsSetsOf(known);
                            })) {
                        moved.add(slot);
                    }
                });
            }
        }
        return moved;
    }

    private PodEntry numbered(PodEntry entry, NetworkIndex networks) {
        Pod pod = entry.pod();
        int meaning = registry.meaning(egressNames.on(pod));
        int[] identities = new int[Math.max(1, pod.ips().size())];
        for (int i = 0; i < identities.length; i++) {
            int network = pod.ips().isEmpty()
                    ? FeatureSets.NONE
                    : networks.classOf(pod.ips().get(i));
            identities[i] = registry.number(
                    new IdentityRegistry.Key(Signature.Holder.POD, entry.peers(), meaning, network),
                    sets.of(entry.peers()),
                    sets.of(network));
        }
        return entry.with(meaning, identities);
    }

    private void exchange(int[] before, int[] now) {
        if (now != before) {
            for (int identity : now) {
                live.acquire(identity);
            }
            for (int identity : before) {
                live.release(identity);
            }
        }
    }

    Pods publish() {
        return pods.publish();
    }
}
