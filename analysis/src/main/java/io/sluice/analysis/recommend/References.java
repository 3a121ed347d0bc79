package io.sluice.analysis.recommend;

import io.sluice.analysis.directory.Directory;
import io.sluice.manifests.Manifests;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Service;
import io.sluice.policy.model.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who talks to whom by what manifests say: names of Services in environments, commands, arguments and ConfigMaps, as
 * {@code service}, {@code service.namespace} or {@code service.namespace.svc…}, with the port where it is given.
 *
 * <p>A bare name counts only as a whole value, before a port, or after a scheme: {@code catalog} inside of a sentence
 * is a word. Services of type NodePort and LoadBalancer are meant to be reached from anywhere.
 */
public final class References {
    private static final String LABEL = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";

    private static final Pattern HOST = Pattern.compile(
            "(?<![A-Za-z0-9._-])(" + LABEL + ")((?:\\." + LABEL + ")*)\\.?(?::([0-9]{1,5}))?(?![A-Za-z0-9_-])");

    private final Directory directory;
    private final WorkloadTexts texts;
    private final Map<String, Map<String, String>> configMaps;
    private final Set<Workload> ofHosts = new HashSet<>();
    private final SortedSet<Talk> talks = new TreeSet<>();
    private final Set<String> notes = new LinkedHashSet<>();

    private References(Manifests manifests) {
        directory = Directory.of(manifests.snapshot());
        texts = new WorkloadTexts(manifests.objects(), manifests.snapshot());
        configMaps = texts.configMaps();
        manifests.snapshot().pods().stream().filter(Pod::hostNetwork).forEach(pod -> ofHosts.add(pod.workload()));
    }

    public static Observed of(Manifests manifests) {
        References references = new References(manifests);
        references.texts.podSpecs().forEach(references::read);
        manifests.snapshot().services().forEach(references::exposed);
        if (references.talks.isEmpty()) {
            references.notes.add("these manifests do not name each other's Services anywhere");
        }
        return new Observed(manifests.snapshot(), references.talks, List.copyOf(references.notes));
    }

    private void exposed(Service service) {
        if (service.type().equals("NodePort") || service.type().equals("LoadBalancer")) {
            for (Service.ServicePort port : service.ports()) {
                reach(new Talker.Anywhere(), service, port);
            }
        }
    }

    private void read(WorkloadTexts.PodSpec spec) {
        for (String containers : List.of("containers", "initContainers")) {
            for (int i = 0; i < spec.text().size(spec.at(containers)); i++) {
                for (String value : values(spec, containers, i)) {
                    scan(value, spec.workload());
                }
            }
        }
        for (int i = 0; i < spec.text().size(spec.at("volumes")); i++) {
            configMap(spec, spec.at("volumes", i, "configMap", "name"))
                    .values()
                    .forEach(value -> scan(value, spec.workload()));
        }
    }

    private List<String> values(WorkloadTexts.PodSpec spec, String containers, int i) {
        List<String> values = new ArrayList<>();
        values.addAll(spec.text().texts(spec.at(containers, i, "command")));
        values.addAll(spec.text().texts(spec.at(containers, i, "args")));
        for (int j = 0; j < spec.text().size(spec.at(containers, i, "env")); j++) {
            spec.text().text(spec.at(containers, i, "env", j, "value")).ifPresent(values::add);
            Map<String, String> map =
                    configMap(spec, spec.at(containers, i, "env", j, "valueFrom", "configMapKeyRef", "name"));
            spec.text()
                    .text(spec.at(containers, i, "env", j, "valueFrom", "configMapKeyRef", "key"))
                    .flatMap(key -> Optional.ofNullable(map.get(key)))
                    .ifPresent(values::add);
        }
        for (int j = 0; j < spec.text().size(spec.at(containers, i, "envFrom")); j++) {
            values.addAll(configMap(spec, spec.at(containers, i, "envFrom", j, "configMapRef", "name"))
                    .values());
        }
        return values;
    }

    private Map<String, String> configMap(WorkloadTexts.PodSpec spec, Object[] nameAt) {
        return spec.text()
                .text(nameAt)
                .flatMap(name ->
                        Optional.ofNullable(configMaps.get(spec.workload().namespace() + "/" + name)))
                .orElse(Map.of());
    }

    private void scan(String value, Workload from) {
        Matcher matcher = HOST.matcher(value);
        while (matcher.find()) {
            String before = value.substring(0, matcher.start());
            Optional<Service> service = matcher.group(2).isEmpty()
                    ? bare(matcher, before, value, from.namespace())
                    : dotted(matcher.group(1), matcher.group(2).substring(1).split("\\."), from.namespace());
            if (service.isPresent()) {
                refer(from, service.get(), matcher.group(3), before);
            }
        }
    }

    private Optional<Service> bare(Matcher matcher, String before, String value, String namespace) {
        boolean meant = matcher.group(3) != null
                || before.endsWith("://")
                || before.contains("://") && before.endsWith("@")
                || value.strip().equals(matcher.group());
        return meant ? directory.service(namespace + "/" + matcher.group(1)) : Optional.empty();
    }

    /** {@code service.namespace}, {@code service.namespace.svc…}, or the same after the name of one pod. */
    private Optional<Service> dotted(String name, String[] rest, String namespace) {
        Optional<Service> service = directory.service(rest[0] + "/" + name);
        if (service.isPresent() && (rest.length == 1 || rest[1].equals("svc"))) {
            return service;
        }
        if (rest.length >= 2 && (rest.length == 2 || rest[2].equals("svc"))) {
            return directory.service(rest[1] + "/" + rest[0]);
        }
        return rest.length == 1
                ? directory.service(namespace + "/" + rest[0]).filter(Service::headless)
                : Optional.empty();
    }

    private void refer(Workload from, Service service, @Nullable String port, String before) {
        List<Service.ServicePort> wanted = service.ports();
        if (port != null) {
            int number = Integer.parseInt(port);
            wanted = service.ports().stream().filter(p -> p.port() == number).toList();
            if (wanted.isEmpty()) {
                notes.add(from + " names port " + port + " of Service " + service.namespace() + "/" + service.name()
                        + ", which has no such port");
            }
        } else {
            int number = before.endsWith("http://") ? 80 : before.endsWith("https://") ? 443 : 0;
            List<Service.ServicePort> usual =
                    service.ports().stream().filter(p -> p.port() == number).toList();
            wanted = usual.isEmpty() ? wanted : usual;
        }
        if (ofHosts.contains(from)) {
            notes.add(
                    from + " shares the network of its node, which no pod selector selects: what it calls needs a rule"
                            + " for its address");
            return;
        }
        wanted.forEach(p -> reach(new Talker.Member(from), service, p));
    }

    private void reach(Talker from, Service service, Service.ServicePort port) {
        List<Pod> backends = directory.backends(service);
        if (backends.isEmpty()) {
            notes.add("Service " + service.namespace() + "/" + service.name() + " selects no pod of these manifests");
        }
        for (Pod backend : backends) {
            Talker to = new Talker.Member(backend.workload());
            boolean alone = from.equals(to) && backends.size() == 1;
            if (!alone && !backend.hostNetwork()) {
                Directory.targetPort(service, port.protocol(), port.port(), backend)
                        .ifPresent(target -> talks.add(new Talk(from, to, port.protocol(), target)));
            }
        }
    }
}
