package io.sluice.policy.table;

import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/**
 * The pods with a network of their own, and the selectors that policies ask of them, found both ways: the pods of a
 * selector by bitmaps, the selectors of a pod by what they are filed under. Not thread-safe.
 */
final class Population {
    private static final RoaringBitmap NOBODY = new RoaringBitmap();

    private final Map<String, Space> spaces = new HashMap<>();
    private final Map<NamespaceMatch, Scope> scopes = new HashMap<>();
    private final LabelIndex labels = new LabelIndex();
    private final List<Pod> bySlot = new ArrayList<>();
    private final RoaringBitmap taken = new RoaringBitmap();
    private final IntBag free = new IntBag();

    /** A namespace with its pods and with the scopes that it is in. */
    private static final class Space {
        Namespace namespace;
        final RoaringBitmap pods = new RoaringBitmap();
        final List<Scope> scopes = new ArrayList<>();

        Space(Namespace namespace) {
            this.namespace = namespace;
        }
    }

    /** Adds a namespace, or gives it other labels. Returns the pods in it; not to be changed. */
    RoaringBitmap put(Namespace namespace) {
        Space space = spaces.computeIfAbsent(namespace.name(), _ -> new Space(namespace));
        space.namespace = namespace;
        space.scopes.forEach(scope -> scope.members.andNot(space.pods));
        space.scopes.clear();
        scopes.values().forEach(scope -> {
            if (scope.namespaces.matches(namespace)) {
                enter(space, scope);
            }
        });
        return space.pods;
    }

    /** @throws IllegalArgumentException if pods are in it */
    void removeNamespace(String name) {
        Space space = spaces.get(name);
        if (space != null && !space.pods.isEmpty()) {
            throw new IllegalArgumentException("namespace " + name + " is not empty");
        }
        spaces.remove(name);
    }

    private static void enter(Space space, Scope scope) {
        space.scopes.add(scope);
        scope.members.or(space.pods);
    }

    private Space space(String name) {
        Space space = spaces.get(name);
        if (space == null) {
            throw new IllegalArgumentException("no namespace " + name);
        }
        return space;
    }

    /** Adds a pod under a free number. */
    int add(Pod pod) {
        int slot = free.isEmpty() ? bySlot.size() : free.take();
        if (slot == bySlot.size()) {
            bySlot.add(pod);
        } else {
            bySlot.set(slot, pod);
        }
        taken.add(slot);
        Space space = space(pod.namespace());
        space.pods.add(slot);
        space.scopes.forEach(scope -> scope.members.add(slot));
        labels.add(slot, pod.attributes());
        return slot;
    }

    void remove(int slot) {
        Pod pod = bySlot.get(slot);
        labels.remove(slot, pod.attributes());
        Space space = space(pod.namespace());
        space.scopes.forEach(scope -> scope.members.remove(slot));
        space.pods.remove(slot);
        taken.remove(slot);
        free.add(slot);
    }

    /** Another state of the pod of a number, in the same namespace. */
    void replace(int slot, Pod pod) {
        Map<String, String> before = bySlot.get(slot).attributes();
        Map<String, String> after = pod.attributes();
        if (!before.equals(after)) {
            labels.remove(slot, before);
            labels.add(slot, after);
        }
        bySlot.set(slot, pod);
    }

    /** One more than the largest number. */
    int slots() {
        return bySlot.size();
    }

    void file(Scope.Use use, int number, NamespaceMatch namespaces, Selector pods) {
        labels.mention(
                pods,
                taker -> taken.forEach((org.roaringbitmap.IntConsumer)
                        slot -> taker.take(slot, bySlot.get(slot).attributes())));
        scopes.computeIfAbsent(namespaces, this::scope).file(use, number, pods, labels);
    }

    private Scope scope(NamespaceMatch match) {
        Scope scope = new Scope(match);
        for (Space space : candidates(match)) {
            if (match.matches(space.namespace)) {
                enter(space, scope);
            }
        }
        return scope;
    }

    private Collection<Space> candidates(NamespaceMatch match) {
        return switch (match) {
            case NamespaceMatch.Named(String name) ->
                spaces.containsKey(name) ? List.of(space(name)) : List.<Space>of();
            case NamespaceMatch.Labelled _ -> spaces.values();
        };
    }

    void unfile(Scope.Use use, int number, NamespaceMatch namespaces) {
        Scope scope = scopes.get(namespaces);
        if (scope != null) {
            scope.remove(use, number);
            if (scope.isIdle()) {
                scopes.remove(namespaces);
                for (Space space : candidates(namespaces)) {
                    space.scopes.remove(scope);
                }
            }
        }
    }

    /** The numbers of the pods that match a filed selector; not to be changed. */
    RoaringBitmap select(NamespaceMatch namespaces, Selector pods) {
        Scope scope = scopes.get(namespaces);
        return scope == null ? NOBODY : labels.select(pods, scope.members);
    }

    RoaringBitmap select(Subject subject) {
        return select(subject.namespaces(), subject.pods());
    }

    /** The numbers of the selectors that match a pod, ascending. */
    int[] matching(Scope.Use use, int slot) {
        Pod pod = bySlot.get(slot);
        Map<String, String> attributes = pod.attributes();
        IntBag found = new IntBag();
        for (Scope scope : space(pod.namespace()).scopes) {
            scope.match(use, attributes, found);
        }
        return found.sorted();
    }
}
