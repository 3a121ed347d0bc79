package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.net.TrafficRange;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kinds of policy.networking.k8s.io become in the model. */
class TierTranslationTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            a direction without rules is not touched  | ingress: []                                                        |
            all of a namespace                        | ingress: [{name: a, action: Accept, from: [{namespaces: {}}]}]     | ingress[a ALLOW namespaces {}/{} on *]
            every namespace where none is selected    | ingress: [{action: Deny, from: [{pods: {podSelector: {}}}]}]       | ingress[ DENY namespaces {}/{} on *]
            pods in namespaces                        | egress: [{action: Pass, to: [{pods: {namespaceSelector: {matchLabels: {a: b}}, podSelector: {matchLabels: {c: d}}}}]}] | egress[ PASS namespaces a=b/c=d on *]
            networks are alternatives                 | egress: [{action: Deny, to: [{networks: [10.0.0.0/8, "fd00::/8"]}, {nodes: {}}]}] | egress[ DENY 10.0.0.0/8 or fd00::/8 or nodes {} on *]
            trap 30: protocols omitted is all traffic | egress: [{action: Deny, to: [{namespaces: {}}]}]                   | egress[ DENY namespaces {}/{} on *]
            protocols                                 | egress: [{action: Deny, to: [{nodes: {}}], protocols: [{tcp: {destinationPort: {number: 80}}}, {udp: {destinationPort: {range: {start: 5, end: 6}}}}]}] | egress[ DENY nodes {} on TCP 80-80 or UDP 5-6]
            a named port has no protocol              | egress: [{action: Deny, to: [{namespaces: {}}], protocols: [{destinationNamedPort: web}]}] | egress[ DENY namespaces {}/{} on any web]
            trap 31: the order of the rules           | ingress: [{name: b, action: Deny, from: [{namespaces: {}}]}, {name: a, action: Accept, from: [{namespaces: {}}]}] | ingress[b DENY namespaces {}/{} on *, a ALLOW namespaces {}/{} on *]
            trap 29: unknown peer, Accept             | egress: [{action: Accept, to: [{namespaces: {}}, {}]}]             | egress[ ALLOW nothing on *]
            trap 29: unknown peer, Deny               | egress: [{action: Deny, to: [{}], protocols: [{tcp: {destinationPort: {number: 80}}}]}] | egress[ DENY * on *]
            trap 29: unknown peer, Pass               | egress: [{action: Pass, to: [{}]}]                                 | egress[ DENY * on *]
            domain names are kept                     | egress: [{action: Accept, to: [{domainNames: [a.b]}, {nodes: {}}]}] | egress[ ALLOW domain a.b or nodes {} on *]
            domain names in a denying rule            | egress: [{action: Deny, to: [{domainNames: [a.b]}]}]               | egress[ DENY * on *]
            """)
    void clusterNetworkPolicy(String name, String rules, String model) {
        Manifests read = Reading.of("""
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: x}
                spec:
                  tier: Baseline
                  priority: 7
                  subject: {pods: {namespaceSelector: {matchLabels: {team: red}}, podSelector: {}}}
                  %s
                """.formatted(rules));
        Policy policy = read.snapshot().policies().getFirst();
        assertThat(policy.id()).hasToString("ClusterNetworkPolicy x");
        assertThat(policy.tier().name()).isEqualTo("Baseline");
        assertThat(policy.priority()).isEqualTo(7);
        assertThat(policy.subject().namespaces()).hasToString("namespaces team=red");
        assertThat(shown(policy)).as(name).isEqualTo(model == null ? "" : model);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            AdminNetworkPolicy         | x       | priority: 3,  | Allow | ingress[ ALLOW namespaces {}/{} on TCP 80-80 or UDP 53-53 or TCP 5-5 or any web]
            BaselineAdminNetworkPolicy | default |               | Deny  | ingress[ DENY namespaces {}/{} on TCP 80-80 or UDP 53-53 or TCP 5-5 or any web]
            """)
    void firstVersion(String kind, String name, String priority, String action, String model) {
        Manifests read = Reading.of("""
                apiVersion: policy.networking.k8s.io/v1alpha1
                kind: %s
                metadata: {name: %s}
                spec: {%s subject: {namespaces: {}}, ingress: [{action: %s, from: [{namespaces: {}}], ports: [
                  {portNumber: {port: 80}}, {portNumber: {port: 53, protocol: UDP}}, {portRange: {start: 5, end: 5}},
                  {namedPort: web}]}]}
                """.formatted(kind, name, priority == null ? "" : priority, action));
        assertThat(read.diagnostics()).isEmpty();
        Policy policy = read.snapshot().policies().getFirst();
        assertThat(policy.tier().name()).isEqualTo(kind.startsWith("Base") ? "Baseline" : "Admin");
        assertThat(shown(policy)).isEqualTo(model);
    }

    private static String shown(Policy policy) {
        return policy.sections().stream().map(TierTranslationTest::shown).collect(Collectors.joining(" "));
    }

    private static String shown(Section section) {
        assertThat(section.isolates()).isFalse();
        return section.direction()
                + section.rules().stream()
                        .map(TierTranslationTest::shown)
                        .toList()
                        .toString();
    }

    private static String shown(Rule rule) {
        String peers = rule.peers().stream().map(TierTranslationTest::shown).collect(Collectors.joining(" or "));
        String ports = rule.ports().stream().map(TierTranslationTest::shown).collect(Collectors.joining(" or "));
        return rule.name() + " " + rule.action() + " " + (peers.isEmpty() ? "nothing" : peers) + " on " + ports;
    }

    private static String shown(Peer peer) {
        return switch (peer) {
            case Peer.Everything _ -> "*";
            case Peer.Pods pods -> pods.namespaces() + "/" + pods.pods();
            case Peer.Network network -> network.cidr().toString();
            case Peer.Nodes nodes -> "nodes " + nodes.nodes();
            case Peer.Domain domain -> "domain " + domain.pattern();
            default -> throw new AssertionError("no peer of these kinds: " + peer);
        };
    }

    private static String shown(PortMatch port) {
        return switch (port) {
            case PortMatch.Range range when range.range().equals(TrafficRange.ALL) -> "*";
            case PortMatch.Range range ->
                new io.sluice.policy.net.Protocol(range.range().first() >>> 16) + " "
                        + (range.range().first() & 0xffff) + "-"
                        + (range.range().last() & 0xffff);
            case PortMatch.Named named -> (named.protocol() == null ? "any" : named.protocol()) + " " + named.name();
        };
    }
}
