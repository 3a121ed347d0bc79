package io.sluice.analysis.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.Yaml;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {
    private static Manifests manifests(String container) {
        String text = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: caller, namespace: a}
                spec:
                  selector: {matchLabels: {app: caller}}
                  template:
                    metadata: {labels: {app: caller}}
                    spec: {containers: [{name: c, image: i, %s}]}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: a}
                data: {url: "tcp://db:5432/x", other: nothing}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: db, namespace: a}
                spec: {selector: {app: db}, ports: [{name: sql, port: 5432, targetPort: main}, {name: web, port: 80, targetPort: 8080}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: mail, namespace: b}
                spec: {selector: {app: mail}, ports: [{port: 25, targetPort: 2525}]}
                ---
                """.formatted(container) + Yaml.deployment("a", "db", 6000) + "---\n"
                + Yaml.deployment("b", "mail", 2525);
        Manifests manifests =
                ManifestReader.read(List.of("-"), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(manifests.diagnostics()).isEmpty();
        return manifests;
    }

    /** A value, and the ports of pods that it makes the caller reach; the Service's own ports never appear. */
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            db:5432                                   => db 6000
            db:80                                     => db 8080
            db                                        => db 6000,db 8080
            http://db                                 => db 8080
            http://db/path                            => db 8080
            https://db                                => db 6000,db 8080
            postgres://user:secret@db:5432/orders     => db 6000
            db.a                                      => db 6000,db 8080
            db.a.svc:5432                             => db 6000
            db.a.svc.cluster.local.:5432              => db 6000
            mail.b:25                                 => mail 2525
            mail.b.svc.cluster.local                  => mail 2525
            db-0.db.a.svc:5432                        => db 6000
            db:5432,mail.b:25                         => db 6000,mail 2525
            --target=db:5432                          => db 6000
            the db is slow                            =>
            mail:25                                   =>
            mydb:5432                                 =>
            db-x:5432                                 =>
            db.example.com:5432                       =>
            db:99                                     =>
            """)
    void namesOfServices(String value, String reached) {
        Observed observed = References.of(manifests("env: [{name: V, value: \"" + value + "\"}]"));
        assertThat(reached(observed)).isEqualTo(reached == null ? "" : reached);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            command: ["run", "--db=db:5432"]                                                      => db 6000
            args: ["db:5432"]                                                                     => db 6000
            env: [{name: V, valueFrom: {configMapKeyRef: {name: settings, key: url}}}]            => db 6000
            env: [{name: V, valueFrom: {configMapKeyRef: {name: settings, key: other}}}]          =>
            envFrom: [{configMapRef: {name: settings}}]                                           => db 6000
            envFrom: [{configMapRef: {name: absent}}]                                             =>
            """)
    void places(String container, String reached) {
        assertThat(reached(References.of(manifests(container)))).isEqualTo(reached == null ? "" : reached);
    }

    private static String reached(Observed observed) {
        return observed.talks().stream()
                .map(talk -> talk.to().toString().substring(2) + " " + talk.port())
                .collect(Collectors.joining(","));
    }

    /** A published shop: what its manifests say of each other is what its published policies allow. */
    @Test
    void onlineBoutique() {
        Manifests manifests = ManifestReader.read(
                List.of(Yaml.onlineBoutiqueFolder()
                        .resolve("kubernetes-manifests.yaml")
                        .toString()),
                InputStream.nullInputStream());
        Observed observed = References.of(manifests);
        Set<String> namespaces = new TreeSet<>(Set.of("default"));
        Drafting drafting = new Drafting(
                observed,
                namespaces,
                List.of(),
                new Blocks.Bound(32, 128),
                new WorkloadTexts(manifests.objects(), manifests.snapshot()).selectorKeys());
        Proof proof = Proof.of(observed, drafting.cluster().withPolicies(drafting.policies()), namespaces);
        assertThat(proof.holds()).isTrue();
        assertThat(proof.beyond()).isEmpty();
        assertThat(observed.talks().stream()
                        .filter(talk -> talk.from().toString().equals("default/checkoutservice"))
                        .map(talk -> talk.to() + ":" + talk.port()))
                .containsExactly(
                        "default/cartservice:7070",
                        "default/currencyservice:7000",
                        "default/emailservice:8080",
                        "default/paymentservice:50051",
                        "default/productcatalogservice:3550",
                        "default/shippingservice:50051");
        Map<Boolean, Long> outside = observed.talks().stream()
                .collect(Collectors.partitioningBy(
                        talk -> talk.from() instanceof Talker.Anywhere, Collectors.counting()));
        assertThat(outside).containsEntry(true, 1L);
    }
}
