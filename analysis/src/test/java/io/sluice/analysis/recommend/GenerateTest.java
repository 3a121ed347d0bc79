package io.sluice.analysis.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.Yaml;
import io.sluice.analysis.diff.ConnectivityDiff;
import io.sluice.analysis.diff.Difference;
import io.sluice.analysis.intents.Shop;
import io.sluice.analysis.reach.Ends;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Snapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GenerateTest {
    private static final Blocks.Bound SINGLE = new Blocks.Bound(32, 128);
    private static final Set<String> SHOP = Set.of("shop", "data", "ops");

    private static List<Policy> read(String yaml) {
        Manifests manifests =
                ManifestReader.read(List.of("-"), new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        assertThat(manifests.diagnostics()).isEmpty();
        return manifests.snapshot().policies();
    }

    private static Drafting drafting(Observed observed, Set<String> namespaces, List<Policy> existing) {
        return new Drafting(observed, namespaces, existing, SINGLE, Map.of());
    }

    /** What may happen in the shop is recorded; the policies made of it allow that between pods, and nothing else. */
    @Test
    void theShopGeneratedFromItsOwnTrafficIsTheShop() throws IOException {
        Snapshot shop = Dns.with(Shop.read().snapshot());
        Observed observed = Recording.observed(shop, Recording.everythingAllowed(shop));
        Drafting drafting = drafting(observed, SHOP, List.of());
        assertThat(drafting.notes()).isEmpty();
        List<Policy> generated = read(PolicyYaml.of(drafting.drafts()));
        assertThat(generated).hasSize(3 + 3 + 13);
        Snapshot result = drafting.cluster().withPolicies(generated);

        List<Difference> differences = ConnectivityDiff.of(shop, result, Ends.Level.PODS);
        assertThat(differences)
                .filteredOn(d ->
                        !d.from().name().contains("External") && !d.to().name().contains("External"))
                .isEmpty();
        assertThat(differences).allMatch(d -> d.gained().isEmpty());

        Proof proof = Proof.of(observed, result, SHOP);
        assertThat(proof.holds()).isTrue();
        assertThat(proof.beyond()).isEmpty();
        assertThat(proof.seen()).isEqualTo(observed.talks().size()).isGreaterThan(40);
    }

    @Test
    void theOrderOfTheRecordingDoesNotMatter() throws IOException {
        Snapshot shop = Shop.read().snapshot();
        List<String> lines = new ArrayList<>(Recording.everythingAllowed(shop));
        String first = PolicyYaml.of(
                drafting(Recording.observed(shop, lines), SHOP, List.of()).drafts());
        Collections.shuffle(lines, new Random(7));
        lines.addAll(lines.subList(0, 10));
        assertThat(PolicyYaml.of(drafting(Recording.observed(shop, lines), SHOP, List.of())
                        .drafts()))
                .isEqualTo(first);
    }

    @Test
    void aSecondRunHasNothingToAdd() throws IOException {
        Snapshot shop = Shop.read().snapshot();
        List<String> lines = Recording.everythingAllowed(shop);
        Observed observed = Recording.observed(shop, lines);
        List<Policy> first =
                read(PolicyYaml.of(drafting(observed, SHOP, List.of()).drafts()));
        assertThat(drafting(observed, SHOP, first).drafts()).isEmpty();
        // Nor have the policies that people wrote anything missing.
        assertThat(drafting(observed, SHOP, shop.policies()).drafts()).isEmpty();
    }

    /** Policies that exist are left alone; what they lack stands beside them. */
    @Test
    void whatIsMissingIsAddedToWhatExists() throws IOException {
        Snapshot pods = Yaml.snapshot(
                Yaml.deployment("a", "web", 8080), Yaml.deployment("a", "db", 5432), Yaml.deployment("b", "cron", 1));
        List<Policy> existing = read(Yaml.policy("a", "default-deny", "podSelector: {}\npolicyTypes: [Ingress]\n")
                + "---\n"
                + Yaml.policy("a", "db", """
                        podSelector: {matchLabels: {app: db}}
                        policyTypes: [Ingress]
                        ingress:
                          - from: [{podSelector: {matchExpressions: [{key: app, operator: In, values: [web, api]}]}}]
                            ports: [{port: 5432}]
                        """));
        List<String> lines = List.of(flow("a", "web-1", "a", "db-1", 5432), flow("b", "cron-1", "a", "db-1", 5432));
        Observed observed = Recording.observed(pods, lines);
        String yaml = PolicyYaml.of(drafting(observed, Set.of("a"), existing).drafts());
        assertThat(yaml).isEqualTo("""
                        # Nothing talks to anything in a unless a policy says so.
                        apiVersion: networking.k8s.io/v1
                        kind: NetworkPolicy
                        metadata:
                          name: default-deny-2
                          namespace: a
                        spec:
                          podSelector: {}
                          policyTypes: [Ingress, Egress]
                        ---
                        # A default deny closes DNS too; answers that are too long for UDP come over TCP.
                        apiVersion: networking.k8s.io/v1
                        kind: NetworkPolicy
                        metadata:
                          name: allow-dns
                          namespace: a
                        spec:
                          podSelector: {}
                          policyTypes: [Egress]
                          egress:
                            - to:
                                - namespaceSelector:
                                    matchLabels:
                                      kubernetes.io/metadata.name: kube-system
                                  podSelector:
                                    matchLabels:
                                      k8s-app: kube-dns
                              ports:
                                - protocol: UDP
                                  port: 53
                                - protocol: TCP
                                  port: 53
                        ---
                        # a/db[Deployment]: app alone selects the pods of Deployment db and no others of the namespace.
                        # Adds to NetworkPolicy a/db in <stdin>:8, which stays as it is: policies allow what any of them allows.
                        apiVersion: networking.k8s.io/v1
                        kind: NetworkPolicy
                        metadata:
                          name: db-2
                          namespace: a
                        spec:
                          podSelector:
                            matchLabels:
                              app: db
                          policyTypes: [Ingress]
                          ingress:
                            - from:
                                # b/cron
                                - namespaceSelector:
                                    matchLabels:
                                      kubernetes.io/metadata.name: b
                                  podSelector:
                                    matchLabels:
                                      app: cron
                              ports:
                                - protocol: TCP
                                  port: 5432
                        ---
                        # a/web[Deployment]: app alone selects the pods of Deployment web and no others of the namespace.
                        apiVersion: networking.k8s.io/v1
                        kind: NetworkPolicy
                        metadata:
                          name: web
                          namespace: a
                        spec:
                          podSelector:
                            matchLabels:
                              app: web
                          policyTypes: [Egress]
                          egress:
                            - to:
                                # a/db
                                - podSelector:
                                    matchLabels:
                                      app: db
                              ports:
                                - protocol: TCP
                                  port: 5432
                        """);
    }

    /** One rule at a time is taken out of the policies of the shop: what comes back is that rule, and then nothing. */
    @Test
    void whatWasTakenOutComesBackAndNothingElse() throws IOException {
        Snapshot shop = Dns.with(Shop.read().snapshot());
        Observed observed = Recording.observed(shop, Recording.everythingAllowed(shop));
        int taken = 0;
        for (Policy policy : shop.policies()) {
            for (Section section : policy.sections()) {
                for (Rule rule : section.rules()) {
                    taken++;
                    List<Policy> left = shop.policies().stream()
                            .map(p -> p == policy ? without(policy, section, rule) : p)
                            .toList();
                    Drafting drafting = drafting(observed, SHOP, left);
                    List<Policy> added = read(PolicyYaml.of(drafting.drafts()));
                    assertThat(added).as("without %s %s", policy.id(), rule).isNotEmpty();
                    assertThat(added).allSatisfy(draft -> {
                        assertThat(draft.sections())
                                .extracting(Section::direction)
                                .containsOnly(section.direction());
                        assertThat(shop.pods())
                                .filteredOn(pod -> selects(draft, pod))
                                .allMatch(pod -> selects(policy, pod));
                    });
                    List<Policy> all = new ArrayList<>(left);
                    all.addAll(added);
                    Snapshot result = drafting.cluster().withPolicies(all);
                    assertThat(Proof.of(observed, result, SHOP).holds()).isTrue();
                    assertThat(ConnectivityDiff.of(shop, result, Ends.Level.PODS))
                            .allMatch(difference -> difference.gained().isEmpty());
                    assertThat(drafting(observed, SHOP, all).drafts()).isEmpty();
                }
            }
        }
        assertThat(taken).isEqualTo(33 - 6);
    }

    private static boolean selects(Policy policy, Pod pod) {
        return policy.id().namespace().equals(pod.namespace())
                && policy.subject().pods().matches(pod.labels());
    }

    private static Policy without(Policy policy, Section section, Rule rule) {
        return new Policy(
                policy.id(),
                policy.position(),
                policy.tier(),
                policy.priority(),
                policy.combining(),
                policy.subject(),
                policy.sections().stream()
                        .map(s -> s == section
                                ? new Section(
                                        s.direction(),
                                        s.isolates(),
                                        s.spares(),
                                        s.rules().stream()
                                                .filter(r -> r != rule)
                                                .toList())
                                : s)
                        .toList());
    }

    /** A block around addresses seen holds more than these, and the proof says how many. */
    @Test
    void addressesTakenTogetherAreCounted() throws IOException {
        Snapshot pods = Yaml.snapshot(Yaml.deployment("a", "web", 8080));
        List<String> lines = List.of(
                outward("a", "web-1", "192.0.2.4", 443),
                outward("a", "web-1", "192.0.2.7", 443),
                outward("a", "web-1", "198.51.100.1", 443));
        Observed observed = Recording.observed(pods, lines);
        Drafting drafting = new Drafting(observed, Set.of("a"), List.of(), new Blocks.Bound(24, 64), Map.of());
        String yaml = PolicyYaml.of(drafting.drafts());
        assertThat(yaml)
                .contains("# 2 addresses seen, taken together within a /24")
                .contains("cidr: 192.0.2.4/30")
                .contains("cidr: 198.51.100.1/32");
        Proof proof = Proof.of(observed, drafting.cluster().withPolicies(read(yaml)), Set.of("a"));
        assertThat(proof.holds()).isTrue();
        assertThat(proof.more(true)).isEqualTo(2);
        assertThat(proof.more(false)).isZero();
        assertThat(proof.dns()).isEqualTo(1);
    }

    @Test
    void theProofSaysWhatIsNotAllowed() throws IOException {
        Snapshot pods = Yaml.snapshot(Yaml.deployment("a", "web", 8080), Yaml.deployment("a", "db", 5432));
        Observed observed = Recording.observed(pods, List.of(flow("a", "web-1", "a", "db-1", 5432)));
        Snapshot closed =
                pods.withPolicies(read(Yaml.policy("a", "deny", "podSelector: {}\npolicyTypes: [Ingress]\n")));
        Proof proof = Proof.of(observed, closed, Set.of("a"));
        assertThat(proof.refused())
                .singleElement()
                .satisfies(refused -> assertThat(refused.talk()).hasToString("a/web => a/db : TCP 5432"));
    }

    static String flow(String namespace, String pod, String toNamespace, String toPod, int port) {
        return """
                {"verdict":"FORWARDED","is_reply":false,"l4":{"TCP":{"source_port":40000,"destination_port":%d}},\
                "source":{"namespace":"%s","pod_name":"%s"},"destination":{"namespace":"%s","pod_name":"%s"}}""".formatted(port, namespace, pod, toNamespace, toPod);
    }

    private static String outward(String namespace, String pod, String to, int port) {
        return """
                {"verdict":"FORWARDED","is_reply":false,"l4":{"TCP":{"source_port":40000,"destination_port":%d}},\
                "IP":{"destination":"%s"},"source":{"namespace":"%s","pod_name":"%s"},"destination":{"labels":["reserved:world"]}}""".formatted(port, to, namespace, pod);
    }
}
