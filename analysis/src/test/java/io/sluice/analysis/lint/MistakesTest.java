package io.sluice.analysis.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rules in their context, each line with what is said of it. A rule is written short: subject, direction, peers, ports;
 * around it stand two namespaces, shop with web and api, ops with prometheus, closed by default and open to DNS.
 */
class MistakesTest {
    private static final String AROUND = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {team: storefront}}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: ops, labels: {team: platform}}
            ---
            """
            + workload("shop", "web", "http", 8080) + workload("shop", "api", "grpc", 9090)
            + workload("ops", "prometheus", "web", 9090) + closed("shop") + closed("ops");

    private static String workload(String namespace, String name, String port, int number) {
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %2$s, namespace: %1$s}
            spec:
              selector: {matchLabels: {app: %2$s}}
              template:
                metadata: {labels: {app: %2$s}}
                spec:
                  containers: [{name: c, image: x, ports: [{name: %3$s, containerPort: %4$d}]}]
            ---
            """.formatted(namespace, name, port, number);
    }

    private static String closed(String namespace) {
        return """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: closed, namespace: %s}
            spec:
              podSelector: {}
              policyTypes: [Ingress, Egress]
              egress:
                - to:
                    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}
                      podSelector: {matchLabels: {k8s-app: kube-dns}}
                  ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
            ---
            """.formatted(namespace);
    }

    private static String policy(String subject, String direction, String peers, String ports) {
        String items = ports.equals("-") ? "" : ", ports: [" + ports + "]";
        String list = direction.equals("ingress") ? "from" : "to";
        String rule = peers.equals("-")
                ? "{" + items.replaceFirst(", ", "") + "}"
                : "{" + list + ": [" + peers + "]" + items + "}";
        return """
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: under-test, namespace: shop}
            spec:
              podSelector: %s
              policyTypes: [%s]
              %s: [%s]
            """.formatted(subject, direction.equals("ingress") ? "Ingress" : "Egress", direction, rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // subject | direction | peers | ports | what is said of it, one-sided-allow aside
                "{matchLabels: {app: web}} | egress  | {podSelector: {matchLabels: {app: api}}}      | {port: 9090} |",
                "{matchLabels: {app: web}} | egress  | {podSelector: {matchLabels: {app: api}}}      | {port: grpc} |",
                "{matchLabels: {app: Web}} | egress  | {podSelector: {matchLabels: {app: api}}}      | {port: 9090} | misspelled-label",
                "{matchLabels: {App: web}} | egress  | {podSelector: {matchLabels: {app: api}}}      | {port: 9090} | misspelled-label",
                "{matchLabels: {app: wbe}} | egress  | {podSelector: {matchLabels: {app: api}}}      | {port: 9090} | policy-selects-nothing",
                "{matchLabels: {tier: x}}  | egress  | {podSelector: {matchLabels: {app: api}}}      | {port: 9090} | policy-selects-nothing",
                "{matchLabels: {app: web}} | egress  | {podSelector: {matchLabels: {app: db}}}       | {port: 9090} | peer-selects-nothing",
                "{matchLabels: {app: web}} | egress  | {podSelector: {matchLabels: {app: api}}}      | {port: 8080} | port-not-served",
                "{matchLabels: {app: web}} | egress  | {podSelector: {matchLabels: {app: api}}}      | {port: 9000, endPort: 9100} |",
                "{matchLabels: {app: web}} | egress  | {podSelector: {matchLabels: {app: api}}}      | {port: 9091, endPort: 9100} | port-not-served",
                "{matchLabels: {app: web}} | egress  | {podSelector: {matchLabels: {app: api}}}      | {port: 9090, protocol: UDP} | port-not-served",
                "{matchLabels: {app: web}} | egress  | {podSelector: {matchLabels: {app: api}}}      | {port: http} | named-port-unknown",
                "{matchLabels: {app: web}} | egress  | {podSelector: {}}                             | {port: http} |",
                "{matchLabels: {app: web}} | egress  | {ipBlock: {cidr: 203.0.113.0/24}}             | {port: 443}  |",
                "{matchLabels: {app: web}} | egress  | {ipBlock: {cidr: 203.0.113.0/24}}             | {port: http} | named-port-with-network",
                "{matchLabels: {app: web}} | egress  | {ipBlock: {cidr: 0.0.0.0/0}}                  | {port: 443}  | egress-to-world",
                "{matchLabels: {app: web}} | egress  | {ipBlock: {cidr: '::/0'}}                     | {port: 443}  | egress-to-world",
                "{matchLabels: {app: web}} | egress  | {ipBlock: {cidr: '::/0', except: ['fc00::/7']}} | {port: 443} |",
                "{matchLabels: {app: web}} | egress  | {ipBlock: {cidr: 0.0.0.0/0}}                  | {port: 53, protocol: UDP} |",
                "{matchLabels: {app: web}} | egress  | -                                             | {port: 443}  | egress-unlimited",
                "{matchLabels: {app: web}} | egress  | -                                             | -            | egress-unlimited",
                "{}                        | egress  | -                                             | -            | egress-unlimited",
                "{matchLabels: {app: web}} | ingress | {ipBlock: {cidr: 0.0.0.0/0}}                  | {port: http} | ingress-unlimited",
                "{matchLabels: {app: web}} | ingress | {ipBlock: {cidr: 0.0.0.0/0}}                  | -            | ingress-from-world",
                "{matchLabels: {app: web}} | ingress | {podSelector: {matchLabels: {app: prometheus}}} | {port: http} | peer-selects-nothing",
                "{matchLabels: {app: web}} | ingress | {namespaceSelector: {matchLabels: {team: platform}}, podSelector: {matchLabels: {app: prometheus}}} | {port: http} |",
                "{matchLabels: {app: web}} | ingress | {namespaceSelector: {matchLabels: {team: platform}}}, {podSelector: {matchLabels: {app: prometheus}}} | {port: http} | and-or-confusion",
                "{matchLabels: {app: web}} | ingress | {namespaceSelector: {matchLabels: {team: platform}}}, {podSelector: {matchLabels: {app: api}}} | {port: http} |",
                "{matchLabels: {app: web}} | ingress | {namespaceSelector: {matchLabels: {team: platform}}, podSelector: {matchLabels: {app: api}}} | {port: http} | and-or-confusion",
                "{matchLabels: {app: web}} | ingress | {namespaceSelector: {matchLabels: {team: plattform}}} | {port: http} | misspelled-label",
                "{matchLabels: {app: web}} | ingress | {namespaceSelector: {matchLabels: {name: ops}}} | {port: http} | namespace-label-unknown",
                "{matchLabels: {app: web}} | ingress | {namespaceSelector: {matchLabels: {stage: qa}}} | {port: http} | namespace-label-unknown",
                "{matchLabels: {app: web}} | ingress | {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}} | {port: http} |",
                "{matchLabels: {app: web}} | ingress | {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: opss}}} | {port: http} |",
                "{matchLabels: {app: web}} | ingress | {namespaceSelector: {}}                       | {port: http} | ingress-unlimited",
                "{matchLabels: {app: web}} | ingress | {namespaceSelector: {}, podSelector: {matchLabels: {app: grafana}}} | {port: http} |",
                "{matchLabels: {app: web}} | ingress | {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}} | {port: 53, protocol: UDP}, {port: 53} | dns-under-ingress",
                "{matchExpressions: [{key: app, operator: NotIn, values: [Api]}]} | egress | {podSelector: {matchLabels: {app: api}}} | {port: 9090} | misspelled-label",
            })
    void says(String line) {
        String[] cells = line.split("\\|", -1);
        String yaml = AROUND + policy(cells[0].strip(), cells[1].strip(), cells[2].strip(), cells[3].strip());
        List<String> said = new ArrayList<>(
                Lints.of(yaml).findings().stream().map(Finding::id).toList());
        said.remove("one-sided-allow");
        assertThat(String.join(" ", said)).isEqualTo(cells[4].strip());
    }
}
