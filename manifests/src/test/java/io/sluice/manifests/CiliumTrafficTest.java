package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Application;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which traffic Cilium's rules speak of, and what they demand beyond it. */
class CiliumTrafficTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            trap 10: no protocol is any with ports | toPorts: [{ports: [{port: "80"}]}]                                | shop/web > shop/api TCP/80, shop/web > shop/api UDP/80, shop/web > shop/api SCTP/80 | shop/web > shop/api TCP/81, shop/web > shop/api ICMP/8, shop/web > shop/api 47/0
            ANY is the same                        | toPorts: [{ports: [{port: "80", protocol: ANY}]}]                 | shop/web > shop/api UDP/80                                | shop/web > shop/api ICMP/0
            one protocol                           | toPorts: [{ports: [{port: "80", protocol: UDP}]}]                 | shop/web > shop/api UDP/80                                | shop/web > shop/api TCP/80
            port 0 is every port of the protocol   | toPorts: [{ports: [{port: "0", protocol: SCTP}]}]                 | shop/web > shop/api SCTP/9, shop/web > shop/api SCTP/0    | shop/web > shop/api TCP/9
            port 0 without protocol                | toPorts: [{ports: [{port: "0"}]}]                                 | shop/web > shop/api TCP/9, shop/web > shop/api UDP/65535  | shop/web > shop/api ICMP/8
            trap 15: endPort is the last port      | toPorts: [{ports: [{port: "80", endPort: 90, protocol: TCP}]}]    | shop/web > shop/api TCP/80, shop/web > shop/api TCP/90    | shop/web > shop/api TCP/79, shop/web > shop/api TCP/91
            trap 14: a range of one port           | toPorts: [{ports: [{port: "80", endPort: 80, protocol: TCP}]}]    | shop/web > shop/api TCP/80                                | shop/web > shop/api TCP/81
            endPort 0 is none                      | toPorts: [{ports: [{port: "80", endPort: 0, protocol: TCP}]}]     | shop/web > shop/api TCP/80                                | shop/web > shop/api TCP/81
            trap 12: a name is of the destination  | toPorts: [{ports: [{port: http}]}]                                | shop/web > shop/api TCP/8080                              | shop/web > shop/db TCP/8080, shop/web > shop/api UDP/8080, shop/web > 192.0.2.1 TCP/8080
            a name in any case                     | toPorts: [{ports: [{port: HTTP, protocol: TCP}]}]                 | shop/web > shop/api TCP/8080                              | shop/web > shop/api TCP/80
            trap 13: a name of no port             | toPorts: [{ports: [{port: nope}]}]                                |                                                           | shop/web > shop/api TCP/8080
            a name with another protocol           | toPorts: [{ports: [{port: http, protocol: UDP}]}]                 |                                                           | shop/web > shop/api TCP/8080, shop/web > shop/api UDP/8080
            protocols without ports                | toPorts: [{ports: [{protocol: GRE}, {port: "0", protocol: VRRP}, {protocol: IGMP}, {protocol: IPIP}, {protocol: IPV6}, {protocol: ESP}, {protocol: AH}]}] | shop/web > shop/api 47/0, shop/web > shop/api 112/0, shop/web > shop/api 2/0, shop/web > shop/api 4/0, shop/web > shop/api 41/0, shop/web > shop/api 50/0, shop/web > shop/api 51/0 | shop/web > shop/api TCP/1, shop/web > shop/api 89/0
            several items                          | toPorts: [{ports: [{port: "80"}, {port: "81"}]}, {ports: [{port: "82"}]}] | shop/web > shop/api TCP/81, shop/web > shop/api TCP/82 | shop/web > shop/api TCP/83
            ports with a peer                      | toEndpoints: [{matchLabels: {app: db}}], toPorts: [{ports: [{port: "80"}]}] | shop/web > shop/db TCP/80                       | shop/web > shop/api TCP/80, shop/web > shop/db TCP/81
            a peer without ports is all traffic    | toEndpoints: [{matchLabels: {app: db}}]                           | shop/web > shop/db ICMP/8, shop/web > shop/db 47/0        | shop/web > shop/api TCP/80
            an empty list of ports is none given   | toEndpoints: [{matchLabels: {app: db}}], toPorts: []              | shop/web > shop/db ICMP/8, shop/web > shop/db TCP/1       | shop/web > shop/api TCP/80
            an item without ports is no traffic    | toEndpoints: [{matchLabels: {app: db}}], toPorts: [{}]            |                                                           | shop/web > shop/db TCP/1
            ICMP by number                         | icmps: [{fields: [{type: 8}]}]                                    | shop/web > shop/api ICMP/8, shop/web > 192.0.2.1 ICMP/8   | shop/web > shop/api ICMP/0, shop/web > shop/api TCP/8
            ICMP by name                           | icmps: [{fields: [{type: EchoRequest}, {type: TimeExceeded, family: IPv4}]}] | shop/web > shop/api ICMP/8, shop/web > shop/api ICMP/11 | shop/web > shop/api ICMPv6/128
            ICMPv6                                 | icmps: [{fields: [{type: EchoRequest, family: IPv6}]}, {fields: [{type: "136", family: IPv6}]}] | shop/web > shop/api ICMPv6/128, shop/web > shop/api ICMPv6/136 | shop/web > shop/api ICMP/8, shop/web > shop/api ICMP/128
            ICMP with a peer                       | toEntities: [world], icmps: [{fields: [{type: 8}]}]               | shop/web > 192.0.2.1 ICMP/8                               | shop/web > shop/api ICMP/8
            """)
    void portsAndIcmp(String name, String rule, String allowed, String denied) {
        CiliumScene.namespaced("{endpointSelector: {matchLabels: {app: web}}, egress: [{" + rule + "}]}")
                .allows(allowed)
                .denies(denied);
    }

    /** A demand is kept and the rule allows nothing; one that every request fulfils is not kept. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            HTTP requests                | toPorts: [{ports: [{port: "80", protocol: TCP}], rules: {http: [{method: GET, path: /a}, {host: b, headers: [X-Y]}]}}]  | HTTP GET /a or host b header X-Y | deny  | cilium-application
            no HTTP request              | toPorts: [{ports: [{port: "80", protocol: TCP}], rules: {http: []}}]                                                     | HTTP nothing                     | deny  | cilium-application
            every HTTP request           | toPorts: [{ports: [{port: "80", protocol: TCP}], rules: {http: [{}]}}]                                                   |                                  | allow | cilium-any-request
            every one among others       | toPorts: [{ports: [{port: "80", protocol: TCP}], rules: {http: [{method: GET}, {}]}}]                                    |                                  | allow | cilium-any-request
            DNS names                    | toPorts: [{ports: [{port: "80", protocol: ANY}], rules: {dns: [{matchName: a.b}, {matchPattern: "*.c"}]}}]               | DNS a.b or *.c                   | deny  | cilium-application
            every DNS name               | toPorts: [{ports: [{port: "80", protocol: ANY}], rules: {dns: [{matchPattern: "*"}]}}]                                   |                                  | allow | cilium-any-request
            no rules in rules            | toPorts: [{ports: [{port: "80"}], rules: {}}]                                                                            |                                  | allow |
            server names                 | toPorts: [{ports: [{port: "80", protocol: TCP}], serverNames: [a.b, c.d]}]                                               | TLS a.b or c.d                   | deny  | cilium-application
            TLS taken apart              | toPorts: [{ports: [{port: "80", protocol: TCP}], terminatingTLS: {secret: {name: s}}, rules: {http: [{method: GET}]}}]   | HTTP GET and TLS terminated      | deny  | cilium-application
            a listener                   | toPorts: [{ports: [{port: "80", protocol: TCP}], listener: {name: l, envoyConfig: {name: c}}}]                           | Envoy l                          | deny  | cilium-application
            authentication               | authentication: {mode: required}, toEntities: [all]                                                                      | mutual authentication required   | deny  | cilium-application
            authentication disabled      | authentication: {mode: disabled}, toEntities: [all]                                                                      |                                  | allow |
            Kafka, of old                | toPorts: [{ports: [{port: "80", protocol: TCP}], rules: {kafka: [{role: produce, topic: t}]}}]                           | Kafka 1 rules                    | deny  | cilium-application
            a parser, of old             | toPorts: [{ports: [{port: "80", protocol: TCP}], rules: {l7proto: r2d2, l7: [{cmd: x}]}}]                                | r2d2 as its parser demands       | deny  | cilium-application
            """)
    void application(String name, String rule, String demand, String verdict, String warning) {
        String spec = "{endpointSelector: {matchLabels: {app: web}}, egress: [{" + rule + "}]}";
        CiliumScene scene = CiliumScene.namespaced(spec);
        if (verdict.equals("allow")) {
            scene.allows("shop/web > shop/api TCP/80");
        } else {
            scene.denies("shop/web > shop/api TCP/80");
        }
        assertThat(String.join(" ", scene.warnings())).isEqualTo(warning == null ? "" : warning);
        Policy policy = Reading.of(CiliumScene.policy("CiliumNetworkPolicy", "shop", "p", spec))
                .snapshot()
                .policies()
                .getFirst();
        String kept = policy.sections().getFirst().rules().stream()
                .flatMap(r -> r.application().stream())
                .map(Application::toString)
                .collect(Collectors.joining("; "));
        assertThat(kept).isEqualTo(demand == null ? "" : demand);
    }

    /** "If omitted or empty, no layer 7 rules are enforced": one item's demand is not another's. */
    @Test
    void anItemWithADemandIsARuleOfItsOwn() {
        String spec = """
                {endpointSelector: {matchLabels: {app: web}}, egress: [{toEndpoints: [{}], toPorts: [
                 {ports: [{port: "80", protocol: TCP}]},
                 {ports: [{port: "81", protocol: TCP}], rules: {http: [{path: /}]}},
                 {ports: [{port: "82", protocol: TCP}]}]}]}
                """;
        CiliumScene.namespaced(spec)
                .allows("shop/web > shop/api TCP/80, shop/web > shop/api TCP/82")
                .denies("shop/web > shop/api TCP/81");
        Policy policy = Reading.of(CiliumScene.policy("CiliumNetworkPolicy", "shop", "p", spec))
                .snapshot()
                .policies()
                .getFirst();
        assertThat(policy.sections().getFirst().rules())
                .extracting(Rule::name)
                .containsExactly("egress[0]", "egress[0].toPorts[1]");
    }

    /** "L4-only rule on the same port and peer widens to all." */
    @Test
    void aRuleAboutThePortsAloneAllowsBesideOneThatDemands() {
        CiliumScene.namespaced("""
                {endpointSelector: {matchLabels: {app: web}}, egress: [
                 {toPorts: [{ports: [{port: "80", protocol: TCP}], rules: {http: [{path: /}]}}]},
                 {toPorts: [{ports: [{port: "80", protocol: TCP}]}]}]}
                """).allows("shop/web > shop/api TCP/80");
    }
}
