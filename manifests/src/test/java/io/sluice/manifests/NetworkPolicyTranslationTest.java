package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import io.sluice.policy.net.TrafficRange;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a spec becomes in the model: the traps of the NetworkPolicy API, one line each. */
class NetworkPolicyTranslationTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            nothing at all isolates for ingress           | {}                                                | ingress[]
            trap 3: null podSelector is every pod         | podSelector:                                      | ingress[]
            trap 4: ingress empty                         | ingress: []                                       | ingress[]
            trap 4: ingress absent, type Ingress          | policyTypes: [Ingress]                            | ingress[]
            trap 5: from empty, ports empty               | ingress: [{from: [], ports: []}]                  | ingress[* on *]
            trap 5: from null, ports absent               | ingress: [{from: }]                               | ingress[* on *]
            an empty rule allows all                      | ingress: [{}]                                     | ingress[* on *]
            a null rule is an empty rule                  | ingress: [null]                                   | ingress[* on *]
            trap 6: egress empty is ingress only          | egress: []                                        | ingress[]
            trap 6: an egress rule adds Egress            | egress: [{}]                                      | ingress[] egress[* on *]
            trap 6: policyTypes empty is as absent        | {policyTypes: [], egress: [{}]}                   | ingress[] egress[* on *]
            trap 6: Egress alone                          | policyTypes: [Egress]                             | egress[]
            trap 7: rules outside policyTypes             | {policyTypes: [Egress], ingress: [{}]}            | egress[]
            trap 7: egress rules with type Ingress        | {policyTypes: [Ingress], egress: [{}]}            | ingress[]
            a type twice counts once                      | policyTypes: [Ingress, Ingress]                   | ingress[]
            trap 8: podSelector alone, own namespace      | ingress: [{from: [{podSelector: {}}]}]            | ingress[here/{} on *]
            namespaceSelector alone, all pods             | ingress: [{from: [{namespaceSelector: {}}]}]      | ingress[namespaces {}/{} on *]
            trap 9: both in one item                      | ingress: [{from: [{namespaceSelector: {matchLabels: {a: b}}, podSelector: {matchLabels: {c: d}}}]}] | ingress[namespaces a=b/c=d on *]
            trap 9: two items                             | ingress: [{from: [{namespaceSelector: {matchLabels: {a: b}}}, {podSelector: {matchLabels: {c: d}}}]}] | ingress[namespaces a=b/{} or here/c=d on *]
            trap 2: the empty value is a value            | ingress: [{from: [{podSelector: {matchLabels: {k: ""}}}]}] | ingress[here/k= on *]
            trap 1: NotIn                                 | ingress: [{from: [{podSelector: {matchExpressions: [{key: k, operator: NotIn, values: [a, b]}]}}]}] | ingress[here/k notin (a,b) on *]
            trap 1: DoesNotExist                          | ingress: [{from: [{podSelector: {matchExpressions: [{key: k, operator: DoesNotExist}]}}]}] | ingress[here/!k on *]
            In and Exists                                 | ingress: [{from: [{podSelector: {matchExpressions: [{key: k, operator: In, values: [b, a]}, {key: l, operator: Exists}]}}]}] | ingress[here/k in (a,b),l on *]
            trap 10: protocol omitted is TCP              | ingress: [{ports: [{port: 80}]}]                  | ingress[* on TCP 80]
            trap 10: an empty port item is all of TCP     | ingress: [{ports: [{}]}]                          | ingress[* on TCP 0-65535]
            trap 11: protocol without port                | ingress: [{ports: [{protocol: UDP}]}]             | ingress[* on UDP 0-65535]
            trap 12: named port with protocol             | ingress: [{ports: [{port: dns, protocol: UDP}]}]  | ingress[* on UDP dns]
            trap 12: named port, protocol omitted         | egress: [{ports: [{port: http}]}]                 | ingress[] egress[* on TCP http]
            trap 14: endPort equal to port                | ingress: [{ports: [{port: 80, endPort: 80}]}]     | ingress[* on TCP 80]
            trap 15: endPort                              | ingress: [{ports: [{port: 80, endPort: 90}]}]     | ingress[* on TCP 80-90]
            trap 23: SCTP                                 | ingress: [{ports: [{protocol: SCTP, port: 7}]}]   | ingress[* on SCTP 7]
            trap 16: except in its block                  | egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}, {ipBlock: {cidr: 10.1.0.0/16}}]}] | ingress[] egress[10.0.0.0/8 but 10.1.0.0/16 or 10.1.0.0/16 on *]
            trap 18: both families                        | egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: "::/0"}}]}] | ingress[] egress[0.0.0.0/0 or ::/0 on *]
            IPv4 in IPv6 form                             | egress: [{to: [{ipBlock: {cidr: "::ffff:10.0.0.0/104"}}]}] | ingress[] egress[10.0.0.0/8 on *]
            shorter than the mark of IPv4                 | egress: [{to: [{ipBlock: {cidr: "::ffff:10.0.0.0/64"}}]}] | ingress[] egress[::/64 on *]
            leading zeros are decimal                     | egress: [{to: [{ipBlock: {cidr: 010.00.0.0/08}}]}] | ingress[] egress[10.0.0.0/8 on *]
            """)
    void becomes(String name, String spec, String model) {
        Manifests read = Reading.of("""
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: x, namespace: here}
                """ + (spec.startsWith("{") ? "spec: " + spec : "spec:\n  " + spec) + "\n");
        assertThat(read.diagnostics()).as(name).noneMatch(Diagnostic::isError);
        assertThat(shown(read.snapshot().policies().getFirst())).isEqualTo(model);
    }

    private static String shown(Policy policy) {
        return policy.sections().stream()
                .map(NetworkPolicyTranslationTest::shown)
                .collect(Collectors.joining(" "));
    }

    private static String shown(Section section) {
        assertThat(section.isolates()).isTrue();
        return section.direction()
                + section.rules().stream()
                        .map(NetworkPolicyTranslationTest::shown)
                        .toList()
                        .toString();
    }

    private static String shown(Rule rule) {
        return join(rule.peers().stream()
                        .map(NetworkPolicyTranslationTest::shown)
                        .toList()) + " on "
                + join(rule.ports().stream()
                        .map(NetworkPolicyTranslationTest::shown)
                        .toList());
    }

    private static String join(List<String> parts) {
        return String.join(" or ", parts);
    }

    private static String shown(Peer peer) {
        return switch (peer) {
            case Peer.Everything _ -> "*";
            case Peer.Pods(NamespaceMatch namespaces, Selector pods) -> namespaces + "/" + pods;
            case Peer.Network network ->
                network.cidr()
                        + (network.except().isEmpty()
                                ? ""
                                : " but "
                                        + network.except().stream()
                                                .map(Object::toString)
                                                .collect(Collectors.joining(",")));
            default -> throw new AssertionError("no peer of a NetworkPolicy: " + peer);
        };
    }

    private static String shown(PortMatch port) {
        return switch (port) {
            case PortMatch.Range(TrafficRange range) when range.equals(TrafficRange.ALL) -> "*";
            case PortMatch.Range(TrafficRange range) -> {
                int first = range.first() & 0xffff;
                int last = range.last() & 0xffff;
                yield new io.sluice.policy.net.Protocol(range.first() >>> 16) + " "
                        + (first == last ? "" + first : first + "-" + last);
            }
            case PortMatch.Named named -> named.protocol() + " " + named.name();
        };
    }
}
