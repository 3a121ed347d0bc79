package io.sluice.analysis.recommend;

import io.sluice.analysis.decide.RecordedFlow;
import io.sluice.analysis.directory.Directory;
import io.sluice.policy.model.Namespace;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The ends of recorded flows among the pods of the manifests: by name, by workload, by labels, by address. A pod that
 * the manifests do not have is taken from the recording.
 */
final class Resolver {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final Pattern KEY =
            Pattern.compile("([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

    private final Collection<RecordedFlow> flows;
    private final Consumer<String> leave;
    private final Directory directory;

    /** @param leave told why a flow is left out */
    Resolver(Snapshot known, Collection<RecordedFlow> flows, Consumer<String> leave) {
        this.flows = flows;
        this.leave = leave;
        Directory listed = Directory.of(known);
        Map<String, Pod> met = new LinkedHashMap<>();
        for (RecordedFlow flow : flows) {
            for (RecordedFlow.Side side : List.of(flow.source(), flow.destination())) {
                if (!side.pod().isEmpty() && isNamed(side) && find(listed, side).isEmpty()) {
                    met.putIfAbsent(side.namespace() + "/" + side.pod(), met(side));
                }
            }
        }
        List<Pod> pods = new ArrayList<>(known.pods());
        pods.addAll(met.values());
        directory = Directory.of(Snapshot.of(
                List.<Namespace>copyOf(known.namespaces().values()),
                pods,
                known.nodes(),
                known.services(),
                known.policies()));
    }

    Snapshot snapshot() {
        return directory.snapshot();
    }

    SortedSet<Talk> talks() {
        SortedSet<Talk> talks = new TreeSet<>();
        for (RecordedFlow flow : flows) {
            Optional<Talker> from = talker(flow.source());
            Optional<Service> service = flow.destination().pod().isEmpty()
                    ? flow.destination().address().flatMap(directory::serviceAt)
                    : Optional.empty();
            Optional<Talker> to = talker(flow.destination());
            if (from.isEmpty() || to.isEmpty() && service.isEmpty()) {
                leave.accept("flows with an end that has neither a pod nor an address");
            } else if (service.isPresent()) {
                through(service.get(), from.get(), flow.protocol(), flow.port(), talks);
            } else if (!isItself(flow)) {
                talks.add(new Talk(from.get(), to.get(), flow.protocol(), flow.port()));
            }
        }
        return talks;
    }

    /** A flow recorded before the Service's address was replaced: policies see the pods behind it. */
    private void through(Service service, Talker from, Protocol protocol, int port, SortedSet<Talk> talks) {
        for (Pod backend : directory.backends(service)) {
            Directory.targetPort(service, protocol, port, backend)
                    .ifPresent(target ->
                            talks.add(new Talk(from, new Talker.Member(backend.workload()), protocol, target)));
        }
    }

    private static boolean isItself(RecordedFlow flow) {
        return !flow.source().pod().isEmpty()
                && flow.source().pod().equals(flow.destination().pod())
                && flow.source().namespace().equals(flow.destination().namespace());
    }

    private Optional<Talker> talker(RecordedFlow.Side side) {
        Optional<Pod> pod = side.pod().isEmpty()
                ? side.address().map(directory::party).flatMap(Resolver::podOf)
                : find(directory, side);
        return pod.isPresent() && !pod.get().hostNetwork()
                ? Optional.of(new Talker.Member(pod.get().workload()))
                : side.address().map(Talker.Address::new);
    }

    private static Optional<Pod> podOf(Party party) {
        return party instanceof Party.OfPod of ? Optional.of(of.pod()) : Optional.empty();
    }

    private static Optional<Pod> find(Directory directory, RecordedFlow.Side side) {
        Optional<Pod> byName = directory.pod(side.namespace() + "/" + side.pod());
        if (byName.isPresent()) {
            return byName;
        }
        List<Pod> ofWorkload = side.workloadName().isEmpty()
                ? List.of()
                : directory.podsOfWorkload(side.namespace() + "/" + side.workloadName());
        if (!ofWorkload.isEmpty()) {
            return Optional.of(ofWorkload.getFirst());
        }
        Map<String, String> labels = StableLabels.stable(side.labels());
        return labels.isEmpty()
                ? Optional.empty()
                : directory.snapshot().pods().stream()
                        .filter(pod -> pod.namespace().equals(side.namespace()))
                        .filter(pod -> pod.labels().entrySet().containsAll(labels.entrySet()))
                        .findFirst();
    }

    /** Whether the names are such as Kubernetes gives: a recording is no manifest, and nothing has checked it. */
    private static boolean isNamed(RecordedFlow.Side side) {
        return NAME.matcher(side.namespace()).matches()
                && NAME.matcher(side.pod()).matches()
                && (side.workloadName().isEmpty()
                        || NAME.matcher(side.workloadName()).matches());
    }

    private static Map<String, String> valid(Map<String, String> labels) {
        Map<String, String> valid = new TreeMap<>(labels);
        valid.entrySet()
                .removeIf(label -> !KEY.matcher(label.getKey()).matches()
                        || !VALUE.matcher(label.getValue()).matches());
        return valid;
    }

    private static Pod met(RecordedFlow.Side side) {
        boolean known = !side.workloadName().isEmpty();
        Workload workload = new Workload(
                known ? side.workloadKind() : "Pod", side.namespace(), known ? side.workloadName() : side.pod());
        return new Pod(
                side.namespace(),
                side.pod(),
                valid(side.labels()),
                side.address().map(List::<Ip>of).orElse(List.of()),
                "",
                false,
                List.of(),
                workload,
                SourcePosition.NONE);
    }
}
