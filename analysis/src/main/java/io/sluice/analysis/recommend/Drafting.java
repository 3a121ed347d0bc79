package io.sluice.analysis.recommend;

import io.sluice.policy.model.Action;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Subject;
import io.sluice.policy.model.Tier;
import io.sluice.policy.model.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes what is missing: a default deny and DNS for each namespace, and for each workload and direction the rules for
 * what was seen and is not allowed yet. What is missing is asked of the engine, so that policies that exist already
 * are left as they are, and a second run over the same input has nothing to add.
 */
public final class Drafting {
    private static final String KIND = "NetworkPolicy";

    private final Observed observed;
    private final Set<String> namespaces;
    private final Snapshot cluster;
    private final List<Policy> existing;
    private final PeerWriter peers;
    private final StableLabels labels;
    private final Set<PolicyId> taken = new HashSet<>();
    private final List<Draft> drafts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * @param namespaces for which policies are written
     * @param existing policies that stay
     * @param selectorKeys of {@link WorkloadTexts}
     */
    public Drafting(
            Observed observed,
            Set<String> namespaces,
            List<Policy> existing,
            Blocks.Bound bound,
            Map<Workload, Set<String>> selectorKeys) {
        this.observed = observed;
        this.namespaces = namespaces;
        this.existing = existing;
        this.cluster = Dns.with(observed.snapshot());
        this.labels = new StableLabels(cluster, selectorKeys);
        this.peers = new PeerWriter(labels, bound);
        existing.forEach(policy -> taken.add(policy.id()));
        namespaces.stream().sorted().forEach(this::defaultDeny);
        Allowance denied = new Allowance(cluster.withPolicies(policies()));
        namespaces.stream().sorted().forEach(namespace -> dns(namespace, denied));
        rules(new Allowance(cluster.withPolicies(policies())));
        drafts.sort(Comparator.comparing((Draft draft) -> draft.policy().id().namespace())
                .thenComparingInt(Drafting::rank)
                .thenComparing(draft -> draft.policy().id()));
    }

    /** Those for a whole namespace come first. */
    private static int rank(Draft draft) {
        return draft.policy().subject().pods().equals(Selector.ALL)
                ? (draft.policy().sections().size() == 2 ? 0 : 1)
                : 2;
    }

    /** The new and the changed policies: by namespace, then by name. */
    public List<Draft> drafts() {
        return drafts;
    }

    /** What could not be written, a line each. */
    public List<String> notes() {
        return notes;
    }

    /** The pods, the cluster's DNS among them. */
    public Snapshot cluster() {
        return cluster;
    }

    /** All policies as they would be: the existing ones, and the drafts in place of those that they change. */
    public List<Policy> policies() {
        Map<PolicyId, Policy> all = new LinkedHashMap<>();
        existing.forEach(policy -> all.put(policy.id(), policy));
        drafts.forEach(draft -> all.put(draft.policy().id(), draft.policy()));
        return List.copyOf(all.values());
    }

    private void defaultDeny(String namespace) {
        List<Pod> pods = cluster.pods().stream()
                .filter(pod -> pod.namespace().equals(namespace) && !pod.hostNetwork())
                .toList();
        boolean isolated = pods.stream()
                .allMatch(pod -> Stream.of(Direction.values())
                        .allMatch(direction -> existing.stream().anyMatch(policy -> isolates(policy, pod, direction))));
        if (!isolated) {
            drafts.add(new Draft(
                    policy(
                            free(namespace, "default-deny"),
                            Selector.ALL,
                            List.of(
                                    Section.ofNetworkPolicy(Direction.INGRESS, List.of()),
                                    Section.ofNetworkPolicy(Direction.EGRESS, List.of()))),
                    List.of("Nothing talks to anything in " + namespace + " unless a policy says so."),
                    Map.of()));
        }
    }

    private static boolean isolates(Policy policy, Pod pod, Direction direction) {
        return policy.tier().equals(Tier.NETWORK_POLICY)
                && policy.id().namespace().equals(pod.namespace())
                && policy.subject().pods().matches(pod.attributes())
                && policy.section(direction).filter(Section::isolates).isPresent();
    }

    private void dns(String namespace, Allowance denied) {
        if (cluster.pods().stream().filter(Dns::is).allMatch(Pod::hostNetwork)) {
            notes.add("the cluster's DNS shares the network of its nodes, which no pod selector selects: " + namespace
                    + " needs a rule for its address");
            return;
        }
        List<Talk> talks = Dns.talks(cluster, namespace);
        if (talks.stream().allMatch(talk -> denied.allows(talk, Direction.EGRESS))) {
            return;
        }
        drafts.add(new Draft(
                policy(
                        free(namespace, "allow-dns"),
                        Selector.ALL,
                        List.of(Section.ofNetworkPolicy(
                                Direction.EGRESS,
                                List.of(new Rule(
                                        "", Action.ALLOW, List.of(Dns.PEER), Dns.PORTS, SourcePosition.NONE))))),
                List.of("A default deny closes DNS too; answers that are too long for UDP come over TCP."),
                Map.of()));
    }

    private void rules(Allowance so) {
        SortedMap<Workload, Map<Direction, List<Talk>>> missing = new TreeMap<>();
        for (Talk talk : observed.talks()) {
            for (Direction direction : Direction.values()) {
                if (talk.subject(direction) instanceof Talker.Member(Workload workload)
                        && namespaces.contains(workload.namespace())
                        && !so.allows(talk, direction)) {
                    missing.computeIfAbsent(workload, _ -> new EnumMap<>(Direction.class))
                            .computeIfAbsent(direction, _ -> new ArrayList<>())
                            .add(talk);
                }
            }
        }
        missing.forEach(this::draft);
    }

    private void draft(Workload workload, Map<Direction, List<Talk>> missing) {
        Optional<StableLabels.Choice> choice = labels.of(workload);
        if (choice.isEmpty()) {
            notes.add(workload + " has no lasting label to select its pods by: give it one");
            return;
        }
        Map<Peer, String> said = new LinkedHashMap<>();
        Map<Direction, List<Rule>> rules = new EnumMap<>(Direction.class);
        missing.forEach((direction, talks) -> rules.put(direction, peers.rules(direction, talks, said, notes)));
        List<String> remarks = new ArrayList<>();
        remarks.add(workload + ": " + choice.get().reason() + ".");
        existing.stream()
                .filter(policy -> policy.id().equals(new PolicyId(KIND, workload.namespace(), workload.name())))
                .filter(policy -> policy.subject().pods().equals(choice.get().selector()))
                .findFirst()
                .ifPresent(policy -> remarks.add(
                        "Adds to " + policy.id() + " in " + policy.position().fileLine()
                                + ", which stays as it is: policies allow what any of them allows."));
        List<Section> sections = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            if (rules.containsKey(direction)) {
                sections.add(new Section(direction, true, rules.get(direction)));
            }
        }
        PolicyId id = free(workload.namespace(), workload.name());
        drafts.add(new Draft(policy(id, choice.get().selector(), sections), remarks, said));
    }

    private PolicyId free(String namespace, String name) {
        PolicyId id = new PolicyId(KIND, namespace, name);
        for (int i = 2; !taken.add(id); i++) {
            id = new PolicyId(KIND, namespace, name + "-" + i);
        }
        return id;
    }

    private static Policy policy(PolicyId id, Selector pods, List<Section> sections) {
        return Policy.network(
                id, SourcePosition.NONE, new Subject(new NamespaceMatch.Named(id.namespace()), pods), sections);
    }
}
