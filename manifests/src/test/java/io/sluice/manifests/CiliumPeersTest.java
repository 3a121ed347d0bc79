package io.sluice.manifests;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who the peers of Cilium's rules are: one sentence of their meaning a row. */
class CiliumPeersTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            a policy is applied in its namespace        | endpointSelector: {matchLabels: {app: web}}, ingress: [{}]                | shop/db > data/web TCP/1                     | shop/db > shop/web TCP/1
            a selector of peers is bound to it          | endpointSelector: {}, ingress: [{fromEndpoints: [{matchLabels: {app: web}}]}] | shop/web > shop/db TCP/1                 | data/web > shop/db TCP/1, shop/api > shop/db TCP/1, 192.0.2.1 > shop/db TCP/1
            unless it names another                     | endpointSelector: {}, ingress: [{fromEndpoints: [{matchLabels: {app: web, "k8s:io.kubernetes.pod.namespace": data}}]}] | data/web > shop/db TCP/1 | shop/web > shop/db TCP/1
            any source of a label is as good            | endpointSelector: {}, ingress: [{fromEndpoints: [{matchLabels: {"any:app": web, io.kubernetes.pod.namespace: data}}]}] | data/web > shop/db TCP/1 | shop/web > shop/db TCP/1
            or asks for labels of namespaces            | endpointSelector: {}, ingress: [{fromEndpoints: [{matchLabels: {io.cilium.k8s.namespace.labels.team: blue}}]}] | data/web > shop/db TCP/1       | shop/web > shop/db TCP/1
            the name among those labels                 | endpointSelector: {}, ingress: [{fromEndpoints: [{matchExpressions: [{key: k8s:io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name, operator: In, values: [data]}]}]}] | data/web > shop/db TCP/1 | shop/web > shop/db TCP/1
            service accounts are labels                 | endpointSelector: {}, ingress: [{fromEndpoints: [{matchLabels: {io.cilium.k8s.policy.serviceaccount: reader, io.kubernetes.pod.namespace: data}}]}] | data/web > shop/db TCP/1 | shop/web > shop/db TCP/1
            the account default is one too              | endpointSelector: {}, ingress: [{fromEndpoints: [{matchLabels: {io.cilium.k8s.policy.serviceaccount: default}}]}] | shop/web > shop/db TCP/1    | data/web > shop/db TCP/1
            NotIn holds for pods without the label      | endpointSelector: {}, ingress: [{fromEndpoints: [{matchExpressions: [{key: tier, operator: NotIn, values: [x]}, {key: app, operator: Exists}]}]}] | shop/web > shop/db TCP/1 | data/web > shop/db TCP/1, 192.0.2.1 > shop/db TCP/1
            NotIn on namespaces holds for the world too | endpointSelector: {}, ingress: [{fromEndpoints: [{matchExpressions: [{key: k8s:io.kubernetes.pod.namespace, operator: NotIn, values: [data]}]}]}] | shop/web > shop/db TCP/1, 192.0.2.1 > shop/db TCP/1, n1 > shop/db TCP/1 | data/web > shop/db TCP/1
            this cluster is called default              | endpointSelector: {}, ingress: [{fromEndpoints: [{matchLabels: {io.cilium.k8s.policy.cluster: default}}]}] | shop/web > shop/db TCP/1           | data/web > shop/db TCP/1
            pods of another cluster are not known       | endpointSelector: {}, ingress: [{fromEndpoints: [{matchLabels: {io.cilium.k8s.policy.cluster: other}}]}] |                                      | shop/web > shop/db TCP/1
            Cilium does not see this label              | endpointSelector: {}, ingress: [{fromEndpoints: [{matchLabels: {pod-template-hash: x}}]}] |                                                  | shop/web > shop/db TCP/1
            nodes are no endpoints                      | endpointSelector: {}, ingress: [{fromEndpoints: [{}]}]                    | shop/web > shop/db TCP/1                     | n1 > shop/db TCP/1, shop/agent > shop/db TCP/1, 10.9.9.9 > shop/db TCP/1
            reserved:host is the own node               | endpointSelector: {}, egress: [{toEndpoints: [{matchLabels: {"reserved:host": ""}}]}] | shop/web > n1 TCP/1                          | shop/web > n2 TCP/1, shop/web > shop/db TCP/1
            reserved:remote-node is every other         | endpointSelector: {}, egress: [{toEndpoints: [{matchLabels: {"reserved:remote-node": ""}}]}] | shop/web > n2 TCP/1                   | shop/web > n1 TCP/1
            reserved:world is outside                   | endpointSelector: {}, egress: [{toEndpoints: [{matchLabels: {"reserved:world": ""}}]}] | shop/web > 192.0.2.1 TCP/1                  | shop/web > n1 TCP/1, shop/web > data/web TCP/1
            whoever is not outside                      | endpointSelector: {}, egress: [{toEndpoints: [{matchExpressions: [{key: "reserved:world", operator: DoesNotExist}]}]}] | shop/web > n1 TCP/1, shop/web > data/web TCP/1 | shop/web > 192.0.2.1 TCP/1
            """)
    void ofSelectors(String name, String spec, String allowed, String denied) {
        CiliumScene.namespaced("{" + spec + "}").allows(allowed).denies(denied);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            it selects pods of every namespace      | endpointSelector: {matchLabels: {app: web}}, ingress: [{}]                                    |                                                     | shop/db > data/web TCP/1, shop/db > shop/web TCP/1
            or of those that it names               | endpointSelector: {matchLabels: {"k8s:io.kubernetes.pod.namespace": data}}, ingress: [{}]      | shop/db > shop/web TCP/1                            | shop/db > data/web TCP/1
            or of those with labels                 | endpointSelector: {matchLabels: {io.cilium.k8s.namespace.labels.team: blue}}, ingress: [{}]    | shop/db > shop/web TCP/1                            | shop/db > data/web TCP/1
            or of several                           | endpointSelector: {matchExpressions: [{key: io.kubernetes.pod.namespace, operator: In, values: [data, x]}]}, ingress: [{}] | shop/db > shop/web TCP/1 | shop/db > data/web TCP/1
            {} as peer is every pod, and no node    | endpointSelector: {matchLabels: {app: db}}, ingress: [{fromEndpoints: [{}]}]                   | data/web > shop/db TCP/1                            | 192.0.2.1 > shop/db TCP/1, n1 > shop/db TCP/1
            a peer of every namespace               | endpointSelector: {matchLabels: {app: db}}, ingress: [{fromEndpoints: [{matchLabels: {app: web}}]}] | data/web > shop/db TCP/1, shop/web > shop/db TCP/1 | shop/api > shop/db TCP/1
            """)
    void clusterwide(String name, String spec, String allowed, String denied) {
        CiliumScene.clusterwide("{" + spec + "}").allows(allowed).denies(denied);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            all                 | egress: [{toEntities: [all]}]          | shop/web > data/web TCP/1, shop/web > n2 ICMP/8, shop/web > 192.0.2.1 UDP/5 |
            world               | egress: [{toEntities: [world]}]        | shop/web > 192.0.2.1 TCP/1, shop/web > 2001:db8::1 TCP/1                   | shop/web > shop/db TCP/1, shop/web > n1 TCP/1, shop/web > n2 TCP/1
            world-ipv4          | egress: [{toEntities: [world-ipv4]}]   | shop/web > 192.0.2.1 TCP/1                                                 | shop/web > 2001:db8::1 TCP/1
            world-ipv6          | egress: [{toEntities: [world-ipv6]}]   | shop/web > 2001:db8::1 TCP/1                                               | shop/web > 192.0.2.1 TCP/1
            cluster             | egress: [{toEntities: [cluster]}]      | shop/web > data/web TCP/1, shop/web > n1 TCP/1, shop/web > n2 TCP/1        | shop/web > 192.0.2.1 TCP/1
            host                | egress: [{toEntities: [host]}]         | shop/web > n1 TCP/1, shop/web > shop/agent TCP/1                           | shop/web > n2 TCP/1, shop/web > shop/db TCP/1
            remote-node         | egress: [{toEntities: [remote-node]}]  | shop/web > n2 TCP/1                                                        | shop/web > n1 TCP/1, shop/web > shop/db TCP/1
            none                | egress: [{toEntities: [none]}]         |                                                                            | shop/web > n1 TCP/1, shop/web > shop/db TCP/1, shop/web > 192.0.2.1 TCP/1
            nobody known here   | egress: [{toEntities: [health, init, ingress, unmanaged, cluster-mesh]}] |                                          | shop/web > n1 TCP/1, shop/web > shop/db TCP/1, shop/web > 192.0.2.1 TCP/1
            several             | egress: [{toEntities: [host, world]}]  | shop/web > n1 TCP/1, shop/web > 192.0.2.1 TCP/1                            | shop/web > n2 TCP/1
            unknown API server  | egress: [{toEntities: [kube-apiserver]}] |                                                                          | shop/web > n2 TCP/6443, shop/web > 192.0.2.1 TCP/443
            denied, if unknown  | egressDeny: [{toEntities: [kube-apiserver]}], egress: [{toEntities: [all]}] | shop/web > shop/db TCP/1              | shop/web > n2 TCP/6443, shop/web > 192.0.2.1 TCP/443
            """)
    void entities(String name, String rules, String allowed, String denied) {
        CiliumScene.namespaced("{endpointSelector: {}, " + rules + "}")
                .allows(allowed)
                .denies(denied);
    }

    /** Its addresses are those of the endpoints of default/kubernetes, whether nodes or outside addresses hold them. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            entity         | egress: [{toEntities: [kube-apiserver]}]                                     | shop/web > n2 TCP/6443, shop/web > 203.0.113.9 TCP/6443 | shop/web > n1 TCP/6443, shop/web > 192.0.2.1 TCP/6443
            label          | egress: [{toEndpoints: [{matchLabels: {"reserved:kube-apiserver": ""}}]}]    | shop/web > n2 TCP/6443, shop/web > 203.0.113.9 TCP/6443 | shop/web > n1 TCP/6443, shop/web > 192.0.2.1 TCP/6443
            the rest       | egress: [{toEndpoints: [{matchLabels: {"reserved:world": ""}, matchExpressions: [{key: "reserved:kube-apiserver", operator: DoesNotExist}]}]}] | shop/web > 192.0.2.1 TCP/1 | shop/web > 203.0.113.9 TCP/1, shop/web > n2 TCP/1
            of the cluster | egress: [{toEntities: [cluster]}]                                            | shop/web > 203.0.113.9 TCP/6443                         | shop/web > 192.0.2.1 TCP/6443
            denied         | egressDeny: [{toEntities: [kube-apiserver]}], egress: [{toEntities: [all]}]  | shop/web > n1 TCP/1, shop/web > 192.0.2.1 TCP/1         | shop/web > n2 TCP/6443, shop/web > 203.0.113.9 TCP/6443
            """)
    void knownApiServer(String name, String rules, String allowed, String denied) {
        CiliumScene.of("""
                {apiVersion: v1, kind: Endpoints, metadata: {name: kubernetes, namespace: default},
                 subsets: [{addresses: [{ip: 10.0.0.2}, {ip: 203.0.113.9}], ports: [{port: 6443}]}]}
                """
                        + CiliumScene.policy(
                                "CiliumNetworkPolicy", "shop", "p", "{endpointSelector: {}, " + rules + "}"))
                .allows(allowed)
                .denies(denied);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            addresses outside                         | egress: [{toCIDR: [192.0.2.0/24]}]                                              | shop/web > 192.0.2.1 TCP/1   | shop/web > 198.51.100.1 TCP/1
            trap 17: CIDRs match no pod and no node   | egress: [{toCIDR: [10.0.0.0/8]}]                                                | shop/web > 10.9.9.9 TCP/1    | shop/web > shop/db TCP/1, shop/web > n1 TCP/1, shop/web > n2 TCP/1
            trap 18: a family is a family             | egress: [{toCIDR: [0.0.0.0/0]}]                                                 | shop/web > 192.0.2.1 TCP/1   | shop/web > 2001:db8::1 TCP/1, shop/web > shop/db TCP/1
            exceptions                                | egress: [{toCIDRSet: [{cidr: 192.0.2.0/24, except: [192.0.2.128/25]}]}]         | shop/web > 192.0.2.1 TCP/1   | shop/web > 192.0.2.200 TCP/1
            trap 16: an exception is of its block     | egress: [{toCIDRSet: [{cidr: 192.0.2.0/24, except: [192.0.2.128/25]}, {cidr: 192.0.2.200/32}]}] | shop/web > 192.0.2.200 TCP/1 | shop/web > 192.0.2.201 TCP/1
            a denied CIDR spares its exceptions       | egress: [{toEntities: [world]}], egressDeny: [{toCIDRSet: [{cidr: 192.0.2.0/24, except: [192.0.2.128/25]}]}] | shop/web > 192.0.2.200 TCP/1, shop/web > 198.51.100.1 TCP/1 | shop/web > 192.0.2.1 TCP/1
            a group by name                           | egress: [{toCIDRSet: [{cidrGroupRef: office}]}]                                 | shop/web > 192.0.2.1 TCP/1, shop/web > 2001:db8::1 TCP/1 | shop/web > 198.51.100.1 TCP/1
            a group by label                          | egress: [{toCIDRSet: [{cidrGroupSelector: {matchLabels: {kind: trusted}}, except: [192.0.2.1/32]}]}] | shop/web > 192.0.2.2 TCP/1 | shop/web > 192.0.2.1 TCP/1
            a group that is not there                 | egress: [{toCIDRSet: [{cidrGroupRef: home}]}]                                   |                              | shop/web > 192.0.2.1 TCP/1
            sources                                   | ingress: [{fromCIDR: [192.0.2.0/24]}]                                           | 192.0.2.1 > shop/db TCP/1    | 198.51.100.1 > shop/db TCP/1, shop/web > shop/db TCP/1
            """)
    void networks(String name, String rules, String allowed, String denied) {
        CiliumScene.namespaced("{endpointSelector: {}, " + rules + "}")
                .allows(allowed)
                .denies(denied);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            a Service stands for its pods         | egress: [{toServices: [{k8sService: {serviceName: api, namespace: shop}}]}]                        | shop/web > shop/api TCP/1     | shop/web > shop/db TCP/1, shop/web > 203.0.113.7 TCP/1
            in every namespace if none is named   | egress: [{toServices: [{k8sService: {serviceName: api}}]}]                                        | shop/web > shop/api TCP/1     | shop/web > shop/db TCP/1
            or for the addresses behind it        | egress: [{toServices: [{k8sService: {serviceName: outside, namespace: shop}}]}]                    | shop/web > 203.0.113.7 TCP/1  | shop/web > 203.0.113.8 TCP/1
            by labels                             | egress: [{toServices: [{k8sServiceSelector: {selector: {matchLabels: {tier: back}}}}]}]            | shop/web > shop/api TCP/1     | shop/web > 203.0.113.7 TCP/1
            with ports                            | egress: [{toServices: [{k8sService: {serviceName: api}}], toPorts: [{ports: [{port: "80"}]}]}]     | shop/web > shop/api TCP/80    | shop/web > shop/api TCP/81
            nothing is known behind it            | egress: [{toServices: [{k8sService: {serviceName: nowhere}}]}]                                     |                               | shop/web > 203.0.113.7 TCP/1
            so a denial is of all that may be     | egress: [{toEntities: [all]}], egressDeny: [{toServices: [{k8sService: {serviceName: nowhere}}]}]  | shop/web > shop/api TCP/1     | shop/web > 203.0.113.7 TCP/1
            there is no such Service              | egress: [{toServices: [{k8sService: {serviceName: none, namespace: shop}}]}]                         |                               | shop/web > shop/api TCP/1
            names                                 | egress: [{toFQDNs: [{matchName: WWW.example.com.}]}]                                               | shop/web > 198.51.100.1 TCP/1 | shop/web > 198.51.100.2 TCP/1
            patterns                              | egress: [{toFQDNs: [{matchPattern: "w*.example.com"}]}]                                            | shop/web > 198.51.100.1 TCP/1 | shop/web > 198.51.100.2 TCP/1
            nodes                                 | egress: [{toNodes: [{matchLabels: {role: control}}]}]                                              | shop/web > n2 TCP/1           | shop/web > n1 TCP/1, shop/web > shop/db TCP/1
            from nodes                            | ingress: [{fromNodes: [{matchExpressions: [{key: role, operator: Exists}]}]}]                      | n2 > shop/web TCP/1           | shop/db > shop/web TCP/1
            a cloud's groups                      | egress: [{toGroups: [{aws: {securityGroupsIds: [sg-1]}}]}]                                         |                               | shop/web > 192.0.2.1 TCP/1
            a cloud's groups, denied              | egress: [{toEntities: [all]}], egressDeny: [{toGroups: [{aws: {securityGroupsIds: [sg-1]}}]}]      | shop/web > shop/db TCP/1      | shop/web > 192.0.2.1 TCP/1
            """)
    void servicesNamesNodesAndGroups(String name, String rules, String allowed, String denied) {
        CiliumScene.namespaced("{endpointSelector: {}, " + rules + "}")
                .allows(allowed)
                .denies(denied);
    }

    /** Of a name with a star: it stands for a part of one label, {@code **.} in front for one or more labels. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            a star is all of a label     | "*.example.com"   | true
            or a part of it              | "w*w.example.com" | true
            or nothing                   | "www*.example.com" | true
            but not two labels           | "*.com"           | false
            nor the name itself          | "*.www.example.com" | false
            two stars are many labels    | "**.com"          | true
            at least one                 | "**.www.example.com" | false
            a lone star is every name    | "*"               | true
            """)
    void trap38_ciliumsStarIsAPartOfOneLabel(String name, String pattern, boolean matches) {
        CiliumScene scene = CiliumScene.namespaced(
                "{endpointSelector: {}, egress: [{toFQDNs: [{matchPattern: " + pattern + "}]}]}");
        if (matches) {
            scene.allows("shop/web > 198.51.100.1 TCP/443").denies("shop/web > 198.51.100.2 TCP/443");
        } else {
            scene.denies("shop/web > 198.51.100.1 TCP/443");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            absent, no ports            | ingress: [{}]                                                            |                                                   | shop/web > shop/db TCP/1
            absent, ports               | ingress: [{toPorts: [{ports: [{port: "1"}]}]}]                           | shop/web > shop/db TCP/1, 192.0.2.1 > shop/db TCP/1 | shop/web > shop/db TCP/2
            null is absent              | ingress: [{fromEndpoints: null, toPorts: [{ports: [{port: "1"}]}]}]      | 192.0.2.1 > shop/db TCP/1                         | shop/web > shop/db TCP/2
            empty                       | ingress: [{fromEndpoints: []}]                                           |                                                   | shop/web > shop/db TCP/1
            empty, ports                | ingress: [{fromEndpoints: [], toPorts: [{ports: [{port: "1"}]}]}]        |                                                   | shop/web > shop/db TCP/1, 192.0.2.1 > shop/db TCP/1
            one that selects all        | ingress: [{fromEndpoints: [{}]}]                                         | shop/web > shop/db TCP/1                          | data/web > shop/db TCP/1, 192.0.2.1 > shop/db TCP/1
            empty entities              | ingress: [{fromEntities: [], toPorts: [{ports: [{port: "1"}]}]}]         |                                                   | shop/web > shop/db TCP/1
            empty networks              | ingress: [{fromCIDR: [], toPorts: [{ports: [{port: "1"}]}]}]             |                                                   | 192.0.2.1 > shop/db TCP/1
            a denial of nobody          | ingress: [{fromEndpoints: [{}]}], ingressDeny: [{fromEndpoints: []}]     | shop/web > shop/db TCP/1                          |
            a denial that says nothing  | ingress: [{fromEndpoints: [{}]}], ingressDeny: [{}]                      | shop/web > shop/db TCP/1                          |
            """)
    void trap41_emptyFromEndpointsIsNobodyAndAbsentIsAnybody(String name, String rules, String allowed, String denied) {
        CiliumScene.namespaced("{endpointSelector: {}, " + rules + "}")
                .allows(allowed)
                .denies(denied);
    }

    /** One NetworkPolicy and one of Cilium side by side: each reads its networks as its own text says. */
    @Test
    void aNetworkPolicyBesideKeepsItsOwnReadingOfNetworks() {
        CiliumScene.of("""
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: k, namespace: shop},
                 spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.1.0.0/16}}]}]}}
                """
                        + CiliumScene.policy(
                                "CiliumNetworkPolicy",
                                "shop",
                                "c",
                                "{endpointSelector: {matchLabels: {app: api}}, egress: [{toCIDR: [10.1.0.0/16]}]}"))
                .allows("shop/web > shop/db TCP/1")
                .denies("shop/api > shop/db TCP/1");
    }
}
