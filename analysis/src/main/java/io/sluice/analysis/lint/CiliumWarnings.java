package io.sluice.analysis.lint;

import java.util.List;

/** What the reader of Cilium's policies warns of: what is read otherwise than it is written, and why. */
final class CiliumWarnings {
    static final List<About> ABOUTS = List.of(
            new About(
                    "cilium-application",
                    Severity.WARNING,
                    "A rule of Cilium allows only what an application asks for.",
                    "HTTP requests, DNS names, server names, listeners and mutual authentication are not seen at the layer"
                            + " of addresses and ports. The rule is kept, and allows nothing here: so nothing is allowed"
                            + " that Cilium's proxy would refuse.",
                    "Add a rule about the ports alone if all requests may pass, or leave the demand to Cilium."),
            new About(
                    "cilium-any-request",
                    Severity.WARNING,
                    "A rule of Cilium sends traffic through the proxy without restricting it.",
                    "http: [{}] takes every request and a DNS rule with the pattern * every name. The rule is read as one"
                            + " about the ports; that the traffic must speak the protocol is not enforced here.",
                    "Nothing, if that is meant: such rules make requests visible."),
            new About(
                    "cilium-host-policy",
                    Severity.WARNING,
                    "A policy of Cilium is applied to nodes.",
                    "nodeSelector is for the host firewall. Here policies are applied to pods with their own network, so it"
                            + " is read and checked, and not enforced.",
                    "Nothing, if Cilium's host firewall enforces it."),
            new About(
                    "cilium-unknown-peer",
                    Severity.WARNING,
                    "A rule of Cilium speaks of somebody whose addresses are not known here.",
                    "Cloud groups, some entities, the API server and Services without selector are known to a cluster, not"
                            + " to files. A rule that allows matches nobody by it; one that denies matches all that it"
                            + " may be.",
                    "Add the EndpointSlice that names the addresses, or write them as CIDRs."),
            new About(
                    "cilium-missing-reference",
                    Severity.WARNING,
                    "A rule of Cilium refers to a Service or a CIDR group that is not in the input.",
                    "As in a cluster, the rule matches nothing by it until the object is there.",
                    "Correct the name or the labels, or add the object to the input."),
            new About(
                    "cilium-names",
                    Severity.WARNING,
                    "A rule of Cilium allows domain names, which are not resolved here.",
                    "A name matches the addresses that pods were told by DNS, which files do not say; as far as files go,"
                            + " the rule matches nothing. In Cilium it needs a DNS rule beside it as well.",
                    "Nothing, if the addresses are not known beforehand."),
            new About(
                    "cilium-empty-list",
                    Severity.WARNING,
                    "A list of peers of Cilium is empty.",
                    "fromEndpoints: [] selects nobody, where a rule without the field is about everybody and [{}] about"
                            + " every endpoint. In a NetworkPolicy an empty list is everybody.",
                    "Leave the field out, write [{}], or remove the rule."),
            new About(
                    "cilium-label",
                    Severity.WARNING,
                    "A selector of Cilium asks for a label that no pod has in Cilium's eyes.",
                    "Labels of other sources than Kubernetes are no labels of pods, and labels such as pod-template-hash and"
                            + " those of kubernetes.io are left out of identities unless the agent is told to keep them."
                            + " They are read as absent.",
                    "Select by another label."),
            new About(
                    "cilium-cluster",
                    Severity.WARNING,
                    "A selector of Cilium asks for the name of a cluster.",
                    "Files do not say what the cluster is called; it is taken to be default, the agent's own default. A rule"
                            + " that denies pods of another cluster is taken to mean this one.",
                    "Leave the label out where one cluster is meant."),
            new About(
                    "cilium-namespace",
                    Severity.WARNING,
                    "The subject of a CiliumNetworkPolicy names another namespace.",
                    "It is always applied in its own namespace; Cilium replaces what is written and says so in its log.",
                    "Move the policy, or make it a CiliumClusterwideNetworkPolicy."),
            new About(
                    "cilium-end-port",
                    Severity.WARNING,
                    "A port of Cilium has a name and an endPort.",
                    "A range begins with a number; only the name counts.",
                    "Remove endPort, or write the number."));

    private CiliumWarnings() {}
}
