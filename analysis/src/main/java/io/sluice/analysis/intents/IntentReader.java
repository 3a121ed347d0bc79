package io.sluice.analysis.intents;

import io.sluice.analysis.traffic.Traffic;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.ContainerPort;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Verdict;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a file of intents:
 *
 * <pre>
 *   assume:                               # pods that are in the cluster and not in the manifests
 *     - pod: kube-system/kube-dns
 *       labels: {k8s-app: kube-dns}
 *   tests:
 *     - name: the front end reaches the catalog
 *       from: shop/web
 *       to: shop/catalog
 *       ports: [TCP 8080]                 # all traffic where there are none
 *       expect: allow
 *       why: pages list products
 *     - name: the database has one client
 *       to: data/orders-db                # or from: for what somebody may reach
 *       only:                             # these, and nothing else; atMost: where these need not be allowed
 *         - from: {namespace: shop, labels: {app: [checkout, accounts]}}
 *           ports: [TCP 5432]
 * </pre>
 */
public final class IntentReader {
    private static final Set<String> TOP = Set.of("assume", "tests");
    private static final Set<String> ASSUMED = Set.of("pod", "labels", "ports");
    private static final Set<String> TEST = Set.of("name", "from", "to", "ports", "expect", "why", "only", "atMost");

    private final StrictText text;
    private final WhoReader whos;
    private final Set<String> names = new HashSet<>();

    private IntentReader(StrictText text) {
        this.text = text;
        this.whos = new WhoReader(text);
    }

    /** @param problems where to put what is not understood; the file is to be used only if there is none */
    public static IntentFile read(ObjectText object, List<Diagnostic> problems) {
        return new IntentReader(new StrictText(object, problems)).read();
    }

    private IntentFile read() {
        text.expect(TOP);
        List<Pod> assumed = new ArrayList<>();
        for (int i = 0; i < text.size("assume"); i++) {
            assumed(i).ifPresent(assumed::add);
        }
        List<Intent> intents = new ArrayList<>();
        for (int i = 0; i < text.size("tests"); i++) {
            intent(i).ifPresent(intents::add);
        }
        if (text.size("tests") == 0) {
            text.problem(new Object[] {"tests"}, "there are no tests", "write them as a list below tests:");
        }
        return new IntentFile(text.file(), assumed, intents);
    }

    private Optional<Pod> assumed(int item) {
        text.expect(ASSUMED, "assume", item);
        String name = text.text("assume", item, "pod").orElse("");
        int slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1) {
            text.problem(new Object[] {"assume", item, "pod"}, "an assumed pod needs a name", "pod: NAMESPACE/NAME");
            return Optional.empty();
        }
        Map<String, String> labels = new HashMap<>();
        for (String key : text.keys("assume", item, "labels")) {
            labels.put(key, text.text("assume", item, "labels", key).orElse(""));
        }
        List<ContainerPort> ports = new ArrayList<>();
        if (text.has("assume", item, "ports")) {
            for (TrafficRange range : traffic("assume", item, "ports").ranges()) {
                ports.add(new ContainerPort("", new Protocol(range.first() >>> 16), range.first() & 0xffff));
            }
        }
        String namespace = name.substring(0, slash);
        String own = name.substring(slash + 1);
        return Optional.of(new Pod(
                namespace,
                own,
                labels,
                List.of(),
                "",
                false,
                ports,
                new Workload("Pod", namespace, own),
                text.at("assume", item)));
    }

    private Optional<Intent> intent(int item) {
        Object[] path = {"tests", item};
        text.expect(TEST, path);
        String name = text.text("tests", item, "name").orElse("");
        if (name.isEmpty()) {
            text.problem(path, "a test needs a name", "");
        } else if (!names.add(name)) {
            text.problem(
                    new Object[] {"tests", item, "name"},
                    "a second test with the name '" + name + "'",
                    "names tell the tests apart in reports");
        }
        boolean limit = text.has("tests", item, "only") || text.has("tests", item, "atMost");
        Optional<Intent.Claim> claim = limit ? limit(path) : between(path);
        return claim.map(c -> new Intent(name, text.text("tests", item, "why").orElse(""), c, text.at(path)));
    }

    private Optional<Intent.Claim> between(Object... path) {
        String expected = text.text(StrictText.with(path, "expect")).orElse("");
        if (!expected.equals("allow") && !expected.equals("deny")) {
            text.problem(
                    StrictText.with(path, "expect"),
                    expected.isEmpty() ? "a test needs expect, or only" : "'" + expected + "' is no expectation",
                    "expect: allow, or expect: deny");
            return Optional.empty();
        }
        List<Who> from = whos.read(StrictText.with(path, "from"));
        List<Who> to = whos.read(StrictText.with(path, "to"));
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Intent.Claim.Between(
                from,
                to,
                traffic(StrictText.with(path, "ports")),
                expected.equals("allow") ? Verdict.ALLOW : Verdict.DENY));
    }

    private Optional<Intent.Claim> limit(Object... path) {
        boolean needed = text.has(StrictText.with(path, "only"));
        String key = needed ? "only" : "atMost";
        Object[] entries = StrictText.with(path, key);
        boolean ingress = text.has(StrictText.with(path, "to"));
        if (ingress == text.has(StrictText.with(path, "from"))) {
            text.problem(
                    path,
                    key + " goes with either to, or from",
                    "to: whom only these may reach; from: who may reach only these");
            return Optional.empty();
        }
        for (String other : List.of("expect", "ports", needed ? "atMost" : "only")) {
            if (text.has(StrictText.with(path, other))) {
                text.problem(StrictText.with(path, other), other + " has no meaning beside " + key, "");
            }
        }
        if (text.size(entries) == 0 && !text.texts(entries).isEmpty()
                || !text.keys(entries).isEmpty()) {
            text.problem(entries, key + " is a list", "put a dash before each entry; [] for nobody at all");
        }
        String peer = ingress ? "from" : "to";
        List<Intent.Permitted> permitted = new ArrayList<>();
        for (int i = 0; i < text.size(entries); i++) {
            Object[] entry = StrictText.with(entries, i);
            text.expect(Set.of(peer, "ports"), entry);
            permitted.add(new Intent.Permitted(
                    whos.read(StrictText.with(entry, peer)), traffic(StrictText.with(entry, "ports"))));
        }
        List<Who> subject = whos.read(StrictText.with(path, ingress ? "to" : "from"));
        return subject.isEmpty()
                ? Optional.empty()
                : Optional.of(new Intent.Claim.Limit(
                        ingress ? Direction.INGRESS : Direction.EGRESS, subject, permitted, needed));
    }

    /** All traffic where the key is not written. */
    private Traffic traffic(Object... path) {
        if (!text.has(path)) {
            return Traffic.ALL;
        }
        int items = text.size(path);
        Traffic all = items == 0 ? one(path) : Traffic.NONE;
        for (int i = 0; i < items; i++) {
            all = all.or(one(StrictText.with(path, i)));
        }
        return all;
    }

    private Traffic one(Object... path) {
        String written = text.text(path).orElse("");
        boolean bare = !written.isEmpty() && Character.isDigit(written.charAt(0));
        Optional<Traffic> traffic = Traffic.parse(bare ? "TCP " + written : written);
        if (traffic.isEmpty()) {
            text.problem(
                    path,
                    written.isEmpty() ? "no ports" : "'" + written + "' is no traffic",
                    "such as TCP 80, UDP 53, TCP 8000-8080, ICMP; leave ports out for everything");
        }
        return traffic.orElse(Traffic.NONE);
    }
}
