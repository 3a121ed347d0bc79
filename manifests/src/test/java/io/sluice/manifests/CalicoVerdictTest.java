package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Calico's policies decide, a sentence of its documentation a row; by the decider and by the table. */
class CalicoVerdictTest {
    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            a selector of a namespaced rule: the own namespace's pods | NetworkPolicy | selector: app == 'db', ingress: [{action: Allow, source: {selector: app == 'web'}}] | ingress shop/web > shop/db TCP 5432 | allow by p[0]
            ... and not those of others                     | NetworkPolicy       | selector: app == 'db', ingress: [{action: Allow, source: {selector: all()}}]   | ingress ops/probe > shop/db TCP 5432 | isolated by p
            ... nor what is no endpoint                     | NetworkPolicy       | selector: app == 'db', ingress: [{action: Allow, source: {selector: all()}}]   | ingress 9.9.9.9 > shop/db TCP 5432   | isolated by p
            ... and its sets of networks                    | NetworkPolicy       | ingress: [{action: Allow, source: {selector: kind == 'office'}}]               | ingress 192.0.2.9 > shop/db TCP 1    | allow by p[0]
            ... but no others                               | NetworkPolicy       | ingress: [{action: Allow, source: {selector: kind == 'office'}}]               | ingress 203.0.113.9 > shop/db TCP 1  | isolated by p
            ... nor global ones                             | NetworkPolicy       | ingress: [{action: Allow, source: {selector: kind == 'office'}}]               | ingress 198.51.100.7 > shop/db TCP 1 | isolated by p
            global() means the global sets                  | NetworkPolicy       | ingress: [{action: Allow, source: {selector: kind == 'office', namespaceSelector: global()}}] | ingress 198.51.100.7 > shop/db TCP 1 | allow by p[0]
            ... and not the own ones                        | NetworkPolicy       | ingress: [{action: Allow, source: {selector: kind == 'office', namespaceSelector: global()}}] | ingress 192.0.2.9 > shop/db TCP 1 | isolated by p
            ... and host endpoints                          | NetworkPolicy       | ingress: [{action: Allow, source: {selector: kind == 'host', namespaceSelector: global()}}] | ingress n1 > shop/db TCP 1 | allow by p[0]
            ... with the labels of their profiles           | NetworkPolicy       | ingress: [{action: Allow, source: {selector: role == 'machine', namespaceSelector: global()}}] | ingress n1 > shop/db TCP 1 | allow by p[0]
            a namespaceSelector means those namespaces      | NetworkPolicy       | ingress: [{action: Allow, source: {namespaceSelector: env == 'dev'}}]          | ingress ops/probe > shop/db TCP 1    | allow by p[0]
            ... with their sets                             | NetworkPolicy       | ingress: [{action: Allow, source: {namespaceSelector: env == 'dev'}}]          | ingress 203.0.113.9 > shop/db TCP 1  | allow by p[0]
            ... and no longer the own                       | NetworkPolicy       | ingress: [{action: Allow, source: {namespaceSelector: env == 'dev'}}]          | ingress shop/web > shop/db TCP 1     | isolated by p
            all() of namespaces: whatever lies in one       | NetworkPolicy       | ingress: [{action: Allow, source: {namespaceSelector: all()}}]                 | ingress ops/probe > shop/db TCP 1    | allow by p[0]
            ... and nothing else                            | NetworkPolicy       | ingress: [{action: Allow, source: {namespaceSelector: all()}}]                 | ingress 198.51.100.7 > shop/db TCP 1 | isolated by p
            a negation of namespaces: also what lies in none | NetworkPolicy      | ingress: [{action: Allow, source: {namespaceSelector: env != 'prod'}}]         | ingress 198.51.100.7 > shop/db TCP 1 | allow by p[0]
            the name of a namespace                         | NetworkPolicy       | ingress: [{action: Allow, source: {namespaceSelector: projectcalico.org/name == 'ops'}}] | ingress ops/probe > shop/db TCP 1 | allow by p[0]
            a selector of a global rule: pods of everywhere | GlobalNetworkPolicy | selector: app == 'db', ingress: [{action: Allow, source: {selector: app == 'probe'}}] | ingress ops/probe > shop/db TCP 1 | allow by p[0]
            ... and all sets                                | GlobalNetworkPolicy | ingress: [{action: Allow, source: {selector: kind == 'office'}}]               | ingress 203.0.113.9 > shop/db TCP 1  | allow by p[0]
            ... global ones too                             | GlobalNetworkPolicy | ingress: [{action: Allow, source: {selector: kind == 'office'}}]               | ingress 198.51.100.7 > shop/db TCP 1 | allow by p[0]
            a pod's namespace is a label                    | GlobalNetworkPolicy | selector: projectcalico.org/namespace == 'shop' && app == 'db'                 | ingress ops/probe > shop/db TCP 1    | isolated by p
            ... of peers too                                | GlobalNetworkPolicy | ^ingress: [{action: Deny, source: {selector: projectcalico.org/namespace == 'ops' || app == 'web'}}, {action: Allow}]^ | ingress ops/probe > shop/db TCP 1 | deny by p[0]
            ... and of sets                                 | GlobalNetworkPolicy | ingress: [{action: Allow, source: {selector: projectcalico.org/namespace == 'ops'}}] | ingress 203.0.113.1 > shop/db TCP 1 | allow by p[0]
            the orchestrator is Kubernetes                  | GlobalNetworkPolicy | selector: projectcalico.org/orchestrator == 'k8s'                              | ingress ops/probe > shop/db TCP 1    | isolated by p
            the service account is a label                  | GlobalNetworkPolicy | selector: projectcalico.org/serviceaccount == 'front'                          | ingress ops/probe > shop/web TCP 1   | isolated by p
            a policy for namespaces                         | GlobalNetworkPolicy | namespaceSelector: env == 'dev'                                                | ingress shop/web > ops/probe TCP 1   | isolated by p
            ... leaves others                               | GlobalNetworkPolicy | namespaceSelector: env == 'dev'                                                | ingress ops/probe > shop/db TCP 1    | no policy
            a policy for service accounts                   | NetworkPolicy       | serviceAccountSelector: level == 'public'                                      | ingress ops/probe > shop/web TCP 1   | isolated by p
            ... leaves others                               | NetworkPolicy       | serviceAccountSelector: level == 'public'                                      | ingress ops/probe > shop/db TCP 1    | no policy
            ... by name                                     | NetworkPolicy       | serviceAccountSelector: projectcalico.org/name == 'front'                      | ingress ops/probe > shop/web TCP 1   | isolated by p
            service accounts of a rule, by name             | NetworkPolicy       | ingress: [{action: Allow, source: {serviceAccounts: {names: [front]}}}]        | ingress shop/web > shop/db TCP 1     | allow by p[0]
            ... only in the own namespace                   | NetworkPolicy       | ingress: [{action: Allow, source: {serviceAccounts: {names: [default]}}}]      | ingress ops/probe > shop/db TCP 1    | isolated by p
            ... by label                                    | NetworkPolicy       | ingress: [{action: Allow, source: {serviceAccounts: {selector: level == 'public'}}}] | ingress shop/web > shop/db TCP 1 | allow by p[0]
            ... by both, which is and                       | NetworkPolicy       | ingress: [{action: Allow, source: {serviceAccounts: {names: [default], selector: level == 'public'}}}] | ingress shop/web > shop/db TCP 1 | isolated by p
            notSelector takes away                          | GlobalNetworkPolicy | ingress: [{action: Allow, source: {notSelector: app == 'web'}}]                | ingress shop/web > shop/db TCP 1     | isolated by p
            ... and means what is not of Calico's           | GlobalNetworkPolicy | ingress: [{action: Allow, source: {notSelector: app == 'web'}}]                | ingress 9.9.9.9 > shop/db TCP 1      | allow by p[0]
            ... in a namespaced policy the own namespace    | NetworkPolicy       | ingress: [{action: Allow, source: {notSelector: app == 'web'}}]                | ingress 9.9.9.9 > shop/db TCP 1      | isolated by p
            !selector means Calico's alone                  | GlobalNetworkPolicy | ingress: [{action: Allow, source: {selector: "!(app == 'web')"}}]              | ingress 9.9.9.9 > shop/db TCP 1      | isolated by p
            ... its sets too                                | GlobalNetworkPolicy | ingress: [{action: Allow, source: {selector: "!(app == 'web')"}}]              | ingress 192.0.2.1 > shop/db TCP 1    | allow by p[0]
            nets: whoever holds the address                 | NetworkPolicy       | ingress: [{action: Allow, source: {nets: [10.1.1.0/24]}}]                      | ingress ops/probe > shop/db TCP 1    | allow by p[0]
            nets and a selector: both                       | GlobalNetworkPolicy | ingress: [{action: Allow, source: {nets: [10.1.1.0/24], selector: app == 'web'}}] | ingress ops/probe > shop/db TCP 1 | isolated by p
            notNets                                         | NetworkPolicy       | ingress: [{action: Allow, source: {notNets: [10.1.1.0/24]}}]                   | ingress ops/probe > shop/db TCP 1    | isolated by p
            ... leaves others                               | NetworkPolicy       | ingress: [{action: Allow, source: {notNets: [10.1.1.0/24]}}]                   | ingress 9.9.9.9 > shop/db TCP 1      | allow by p[0]
            a rule without ends is about everything         | NetworkPolicy       | ingress: [{action: Allow}]                                                     | ingress 9.9.9.9 > shop/db 47         | allow by p[0]
            """)
    void ends(String name, String kind, String spec, String question, String answer) {
        assertThat(CalicoScene.of(CalicoScene.policy(kind, "p", spec)).ask(question))
                .isEqualTo(answer);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            a port                               | egress: [{action: Allow, protocol: TCP, destination: {ports: [80, "90:95", "443"]}}] | egress shop/web > 9.9.9.9 TCP 80    | allow by p[0]
            a range                              | egress: [{action: Allow, protocol: TCP, destination: {ports: [80, "90:95", "443"]}}] | egress shop/web > 9.9.9.9 TCP 95    | allow by p[0]
            a number in quotes                   | egress: [{action: Allow, protocol: TCP, destination: {ports: [80, "90:95", "443"]}}] | egress shop/web > 9.9.9.9 TCP 443   | allow by p[0]
            another port                         | egress: [{action: Allow, protocol: TCP, destination: {ports: [80, "90:95", "443"]}}] | egress shop/web > 9.9.9.9 TCP 96    | isolated by p
            another protocol                     | egress: [{action: Allow, protocol: TCP, destination: {ports: [80]}}]  | egress shop/web > 9.9.9.9 UDP 80    | isolated by p
            a name is looked up on the pod       | egress: [{action: Allow, protocol: TCP, destination: {ports: [pg]}}]  | egress shop/web > shop/db TCP 5432  | allow by p[0]
            ... and means no address             | egress: [{action: Allow, protocol: TCP, destination: {ports: [pg]}}]  | egress shop/web > 9.9.9.9 TCP 5432  | isolated by p
            notPorts                             | egress: [{action: Allow, protocol: TCP, destination: {notPorts: [80]}}] | egress shop/web > 9.9.9.9 TCP 80  | isolated by p
            ... leave the others of the protocol | egress: [{action: Allow, protocol: TCP, destination: {notPorts: [80]}}] | egress shop/web > 9.9.9.9 TCP 81  | allow by p[0]
            ... and no other protocol            | egress: [{action: Allow, protocol: TCP, destination: {notPorts: [80]}}] | egress shop/web > 9.9.9.9 UDP 81  | isolated by p
            ports without notPorts               | egress: [{action: Allow, protocol: TCP, destination: {ports: ["80:90"], notPorts: [85]}}] | egress shop/web > 9.9.9.9 TCP 85 | isolated by p
            a protocol by number                 | egress: [{action: Allow, protocol: 47}]                               | egress shop/web > 9.9.9.9 47        | allow by p[0]
            UDPLite                              | egress: [{action: Allow, protocol: UDPLite}]                          | egress shop/web > 9.9.9.9 136       | allow by p[0]
            notProtocol                          | egress: [{action: Allow, notProtocol: UDP}]                           | egress shop/web > 9.9.9.9 UDP 53    | isolated by p
            ... leaves the others                | egress: [{action: Allow, notProtocol: UDP}]                           | egress shop/web > 9.9.9.9 SCTP 53   | allow by p[0]
            icmp: type 8 is 2048                 | egress: [{action: Allow, protocol: ICMP, icmp: {type: 8}}]            | egress shop/web > 9.9.9.9 ICMP 2048 | allow by p[0]
            ... not another type                 | egress: [{action: Allow, protocol: ICMP, icmp: {type: 8}}]            | egress shop/web > 9.9.9.9 ICMP 0    | isolated by p
            ... with its code                    | egress: [{action: Allow, protocol: ICMP, icmp: {type: 3, code: 4}}]   | egress shop/web > 9.9.9.9 ICMP 772  | allow by p[0]
            ... not another code                 | egress: [{action: Allow, protocol: ICMP, icmp: {type: 3, code: 4}}]   | egress shop/web > 9.9.9.9 ICMP 768  | isolated by p
            notICMP                              | egress: [{action: Allow, protocol: ICMP, notICMP: {type: 8}}]         | egress shop/web > 9.9.9.9 ICMP 2048 | isolated by p
            ... leaves other types               | egress: [{action: Allow, protocol: ICMP, notICMP: {type: 8}}]         | egress shop/web > 9.9.9.9 ICMP 0    | allow by p[0]
            ipVersion 6                          | egress: [{action: Allow, ipVersion: 6}]                               | egress shop/web > shop/db@v6 TCP 1  | allow by p[0]
            ... not 4                            | egress: [{action: Allow, ipVersion: 6}]                               | egress shop/web > shop/db TCP 1     | isolated by p
            ... with a selector                  | egress: [{action: Allow, ipVersion: 4, destination: {selector: app == 'db'}}] | egress shop/web > shop/db TCP 1 | allow by p[0]
            ... that denies                      | egress: [{action: Deny, ipVersion: 4}, {action: Allow}]               | egress shop/web > shop/db@v6 TCP 1  | allow by p[1]
            a Service, on its pods' port         | egress: [{action: Allow, destination: {services: {name: pg}}}]        | egress shop/web > shop/db TCP 5432  | allow by p[0]
            ... not on its own                   | egress: [{action: Allow, destination: {services: {name: pg}}}]        | egress shop/web > shop/db TCP 15432 | isolated by p
            ... of the rule's protocol           | egress: [{action: Allow, protocol: UDP, destination: {services: {name: pg}}}] | egress shop/web > shop/db TCP 5432 | isolated by p
            a Service as source                  | ingress: [{action: Allow, source: {services: {name: pg}}}]            | ingress shop/db > shop/web TCP 7    | allow by p[0]
            a Service that is not there          | egress: [{action: Allow, destination: {services: {name: gone}}}]      | egress shop/web > shop/db TCP 5432  | isolated by p
            ... denies nothing                   | egress: [{action: Deny, destination: {services: {name: gone}}}, {action: Allow}] | egress shop/web > shop/db TCP 5432 | allow by p[1]
            a Service with endpoints of its own  | egress: [{action: Allow, destination: {services: {name: elsewhere}}}] | egress shop/web > 192.0.2.1 TCP 8443 | allow by p[0]
            ... each on its port                 | egress: [{action: Allow, destination: {services: {name: elsewhere}}}] | egress shop/web > 192.0.2.3 TCP 8443 | isolated by p
            ... as written for it                | egress: [{action: Allow, destination: {services: {name: elsewhere}}}] | egress shop/web > 192.0.2.3 TCP 8080 | allow by p[1]
            a Service without selector: allow    | egress: [{action: Allow, destination: {services: {name: outside}}}]   | egress shop/web > 9.9.9.9 TCP 443   | isolated by p
            ... deny                             | egress: [{action: Deny, destination: {services: {name: outside}}}, {action: Allow}] | egress shop/web > 9.9.9.9 TCP 443 | deny by p[0]
            """)
    void traffic(String name, String spec, String question, String answer) {
        assertThat(CalicoScene.of(CalicoScene.policy("NetworkPolicy", "p", spec))
                        .ask(question))
                .isEqualTo(answer);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            the near end's labels: the rule is about some pods | ingress: [{action: Allow, destination: {selector: app == 'db'}}]                  | ingress ops/probe > shop/db TCP 1  | allow by p[0] |
            ... and not about the others                       | ingress: [{action: Allow, destination: {selector: app == 'db'}}]                  | ingress ops/probe > shop/web TCP 1 | isolated by p |
            the near end's service account                     | egress: [{action: Deny, source: {serviceAccounts: {names: [front]}}}, {action: Allow}] | egress shop/db > 9.9.9.9 TCP 1 | allow by p[1] |
            the near end's notSelector                         | egress: [{action: Deny, source: {notSelector: app == 'db'}}, {action: Allow}]     | egress shop/web > 9.9.9.9 TCP 1    | deny by p[0]  |
            the near end's namespaces                          | egress: [{action: Deny, source: {namespaceSelector: env == 'dev'}}, {action: Allow}] | egress shop/web > 9.9.9.9 TCP 1 | allow by p[1] |
            the near end's addresses: allow                    | ingress: [{action: Allow, destination: {nets: [10.1.0.2/32]}}]                    | ingress ops/probe > shop/db TCP 1  | isolated by p | calico-unseen-condition
            ... deny                                           | ingress: [{action: Deny, destination: {nets: [10.1.0.2/32]}}, {action: Allow}]    | ingress ops/probe > shop/web TCP 1 | deny by p[0]  | calico-unseen-condition
            ... pass                                           | ingress: [{action: Pass, destination: {notNets: [10.1.0.2/32]}}, {action: Allow}] | ingress ops/probe > shop/web TCP 1 | deny by p[0]  | calico-unseen-condition
            ... log                                            | ingress: [{action: Log, destination: {notNets: [10.1.0.2/32]}}, {action: Allow}]  | ingress ops/probe > shop/web TCP 1 | allow by p[1] | calico-unseen-condition
            ... all of a family's are all                      | ingress: [{action: Allow, destination: {nets: [0.0.0.0/0]}}]                      | ingress ops/probe > shop/db TCP 1  | allow by p[0] |
            ... and none of the other's                        | ingress: [{action: Allow, destination: {nets: [0.0.0.0/0]}}]                      | ingress shop/web@v6 > shop/db@v6 TCP 1 | isolated by p |
            source ports: allow                                | ingress: [{action: Allow, protocol: TCP, source: {ports: [1000]}}]                | ingress ops/probe > shop/db TCP 1  | isolated by p | calico-unseen-condition
            ... deny                                           | ingress: [{action: Deny, protocol: TCP, source: {notPorts: [1000]}}, {action: Allow}] | ingress ops/probe > shop/db TCP 1 | deny by p[0] | calico-unseen-condition
            a name in notPorts: allow                          | ingress: [{action: Allow, protocol: TCP, destination: {notPorts: [pg]}}]          | ingress ops/probe > shop/db TCP 1  | isolated by p | calico-unseen-condition
            HTTP: an allow allows nothing                      | ingress: [{action: Allow, http: {methods: [GET]}}]                                | ingress ops/probe > shop/db TCP 1  | isolated by p | calico-http
            a Service without selector                         | egress: [{action: Allow, destination: {services: {name: outside}}}]               | egress shop/db > 9.9.9.9 TCP 1     | isolated by p | calico-unseen-condition
            a Service that is not there                        | egress: [{action: Allow, destination: {services: {name: nope}}}]                  | egress shop/db > 9.9.9.9 TCP 1     | isolated by p | calico-unknown-service
            Log decides nothing                                | ingress: [{action: Log}, {action: Deny}]                                          | ingress ops/probe > shop/db TCP 1  | deny by p[1]  |
            """)
    void whatIsNotSeenIsSaidAndNeverWidened(String name, String spec, String question, String answer, String warned) {
        CalicoScene scene = CalicoScene.of(CalicoScene.policy("NetworkPolicy", "p", spec));
        assertThat(scene.ask(question)).isEqualTo(answer);
        assertThat(scene.warnings()).isEqualTo(warned == null ? "" : warned);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            no rules: ingress                   | order: 1                                             | isolated by p | no policy
            egress rules alone: egress          | egress: [{action: Deny}]                             | no policy     | deny by p[0]
            ingress rules alone: ingress        | ingress: [{action: Deny}]                            | deny by p[0]  | no policy
            both: both                          | ingress: [{action: Deny}], egress: [{action: Deny}]  | deny by p[0]  | deny by p[0]
            types: [Egress]                     | types: [Egress]                                      | no policy     | isolated by p
            rules of no type are not asked      | types: [Egress], ingress: [{action: Deny}]           | no policy     | isolated by p
            """)
    void types(String name, String spec, String ingress, String egress) {
        CalicoScene scene = CalicoScene.of(CalicoScene.policy("NetworkPolicy", "p", spec));
        assertThat(scene.ask("ingress ops/probe > shop/db TCP 1")).isEqualTo(ingress);
        assertThat(scene.ask("egress shop/db > ops/probe TCP 1")).isEqualTo(egress);
    }

    @Test
    void stagedAndHostPolicies_decideNothing() {
        CalicoScene scene = CalicoScene.of(CalicoScene.policy("StagedNetworkPolicy", "a", "types: [Ingress, Egress]")
                + CalicoScene.policy("StagedGlobalNetworkPolicy", "b", "tier: security, ingress: [{action: Deny}]")
                + CalicoScene.policy("StagedKubernetesNetworkPolicy", "c", "podSelector: {}")
                + CalicoScene.policy("StagedNetworkPolicy", "d", "stagedAction: Delete")
                + CalicoScene.policy(
                        "GlobalNetworkPolicy", "e", "doNotTrack: true, applyOnForward: true, ingress: [{action: Deny}]")
                + CalicoScene.policy(
                        "GlobalNetworkPolicy", "f", "preDNAT: true, applyOnForward: true, ingress: [{action: Deny}]"));
        assertThat(scene.ask("ingress ops/probe > shop/db TCP 1")).isEqualTo("no policy");
        assertThat(scene.ask("egress shop/db > ops/probe TCP 1")).isEqualTo("no policy");
        assertThat(scene.warnings())
                .isEqualTo(
                        "calico-staged calico-staged calico-staged calico-staged calico-host-policy calico-host-policy");
    }
}
