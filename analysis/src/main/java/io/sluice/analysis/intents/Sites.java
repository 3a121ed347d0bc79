package io.sluice.analysis.intents;

import io.sluice.analysis.directory.Directory;
import io.sluice.analysis.directory.Target;
import io.sluice.analysis.directory.Targets;
import io.sluice.manifests.Diagnostic;
import io.sluice.policy.model.AddressBook;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Ip;
import io.sluice.policy.table.VerdictTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Who stands behind the words of a file, in one cluster. */
final class Sites {
    private final VerdictTable table;
    private final Snapshot snapshot;
    private final Targets targets;
    private final AddressBook addresses;
    private final List<Party> outside = new ArrayList<>();
    private final List<Party> nodes = new ArrayList<>();
    private final Map<Who, List<Party>> known = new HashMap<>();

    Sites(VerdictTable table, IntentFile file) {
        this.table = table;
        this.snapshot = table.snapshot();
        this.targets = new Targets(Directory.of(snapshot), "default", Map.of());
        this.addresses = AddressBook.of(snapshot);
        Outside.of(snapshot, addresses, file.blocks()).forEach(ip -> outside.add(new Party.OfNetwork(ip)));
        for (Node node : snapshot.nodes()) {
            if (node.ips().isEmpty()) {
                nodes.add(new Party.OfNode(node, null));
            }
            node.ips().forEach(ip -> nodes.add(new Party.OfNode(node, ip)));
        }
    }

    /** What is wrong with the words: each must stand for somebody. */
    List<Diagnostic> problems(List<Who> words) {
        List<Diagnostic> problems = new ArrayList<>();
        for (Who who : words) {
            try {
                if (parties(who).isEmpty()) {
                    problem(problems, who, "nobody in these manifests is meant by " + text(who));
                }
            } catch (Targets.Unknown e) {
                problem(problems, who, String.valueOf(e.getMessage()));
            }
        }
        return problems.stream().distinct().toList();
    }

    private static void problem(List<Diagnostic> problems, Who who, String message) {
        problems.add(new Diagnostic("intent", Diagnostic.Severity.ERROR, who.position(), message, ""));
    }

    private static String text(Who who) {
        return switch (who) {
            case Who.Named(String name, var _) -> name;
            case Who.Labelled(var namespaces, var pods, var _) -> "pods " + pods + " in " + namespaces;
            case Who.AnyPod _ -> "any: there is no pod";
            case Who.World _ -> "world";
            case Who.Block(var cidr, var _) -> cidr.toString();
            case Who.Nodes(String name, var _) -> name.isEmpty() ? "node: there is no Node" : "node " + name;
        };
    }

    /** All parties that any of the words stands for, those that fare alike as one. */
    List<Site> of(List<Who> words) {
        return sites(partiesOf(words), _ -> "");
    }

    /**
     * Whoever there is: pods, nodes and the world.
     *
     * @param kind what tells two parties apart besides policies
     */
    List<Site> everybody(Function<Party, Object> kind) {
        List<Party> all = new ArrayList<>();
        snapshot.pods().forEach(pod -> all.addAll(parties(pod)));
        all.addAll(nodes);
        all.addAll(outside);
        return sites(all.stream().distinct().toList(), kind);
    }

    /** Every party by itself, for those of whom it matters which one they are. */
    List<Party> partiesOf(List<Who> words) {
        return words.stream().flatMap(who -> parties(who).stream()).distinct().toList();
    }

    private List<Party> parties(Who who) {
        List<Party> found = known.get(who);
        if (found == null) {
            found = find(who);
            known.put(who, found);
        }
        return found;
    }

    private List<Party> find(Who who) {
        return switch (who) {
            case Who.Named(String name, var _) -> named(name);
            case Who.Labelled(var namespaces, var labels, var _) ->
                snapshot.pods().stream()
                        .filter(pod ->
                                labels.matches(pod.attributes()) && namespaces.matches(snapshot.namespaceOf(pod)))
                        .flatMap(pod -> parties(pod).stream())
                        .toList();
            case Who.AnyPod _ ->
                snapshot.pods().stream().flatMap(pod -> parties(pod).stream()).toList();
            case Who.World _ -> outside;
            case Who.Block(var cidr, var _) -> {
                List<Party> inside = new ArrayList<>();
                snapshot.pods().forEach(pod -> inside.addAll(parties(pod)));
                inside.addAll(nodes);
                inside.addAll(outside);
                inside.removeIf(party -> party.address().filter(cidr::contains).isEmpty());
                yield inside;
            }
            case Who.Nodes(String name, var _) ->
                nodes.stream()
                        .filter(party -> name.isEmpty()
                                || party instanceof Party.OfNode of
                                        && of.node().name().equals(name))
                        .toList();
        };
    }

    private List<Party> named(String name) {
        return switch (targets.find(name)) {
            case Target.OfPod(Pod pod) -> parties(pod);
            case Target.OfWorkload(var _, List<Pod> pods) ->
                pods.stream().flatMap(pod -> parties(pod).stream()).toList();
            case Target.OfService(var _, List<Pod> backends) ->
                backends.stream().flatMap(pod -> parties(pod).stream()).toList();
            case Target.OfAddress(Ip ip) -> List.of(addresses.party(ip));
        };
    }

    private List<Party> parties(Pod pod) {
        if (!pod.ips().isEmpty()) {
            return pod.ips().stream().map(ip -> addresses.partyOf(pod, ip)).toList();
        }
        Party bare = addresses.partyOf(pod);
        if (bare instanceof Party.OfNode(Node node, var _) && !node.ips().isEmpty()) {
            return List.of(new Party.OfNode(node, node.ips().getFirst()));
        }
        return List.of(bare);
    }

    private record Kin(String name, int set, int identity, int family, String node, Object kind) {}

    private List<Site> sites(List<Party> parties, Function<Party, Object> kind) {
        Map<Kin, Site> sites = new LinkedHashMap<>();
        for (Party party : parties) {
            int set = party instanceof Party.OfPod of ? table.policySetOf(of.pod()) : VerdictTable.NOTHING_SELECTS;
            int family = party.address().map(ip -> ip.isV4() ? 4 : 6).orElse(0);
            Site site = new Site(name(party), party, party, set, table.identityOf(party), family, 1);
            sites.merge(
                    new Kin(site.name(), set, site.identity(), family, node(party), kind.apply(party)),
                    site,
                    (one, more) -> new Site(
                            one.name(), one.party(), more.party(), set, one.identity(), family, one.count() + 1));
        }
        return List.copyOf(sites.values());
    }

    /** A pod's own node is a special peer: pods of several nodes are kept apart where nodes are known. */
    private String node(Party party) {
        return nodes.isEmpty() ? "" : party instanceof Party.OfPod of ? of.pod().node() : "";
    }

    static String name(Party party) {
        return switch (party) {
            case Party.OfPod(Pod pod, var _) ->
                pod.workload().namespace() + "/" + pod.workload().name();
            case Party.OfNode(Node node, var _) -> "node/" + node.name();
            case Party.OfNetwork(Ip ip) -> ip + " (outside)";
        };
    }
}
