package io.sluice.analysis.lint;

import java.util.List;

/** What the reader of manifests warns of, in the words of a check. Its findings are told under the reader's codes. */
final class ReaderWarnings {
    static final List<About> ABOUTS = List.of(
            new About(
                    "host-bits",
                    Severity.WARNING,
                    "A CIDR has bits set behind its prefix length.",
                    "10.20.30.40/8 is read as 10.0.0.0/8: sixteen million addresses where one was probably meant. The"
                            + " API server accepts it.",
                    "Write the first address of the block, or the length that was meant (/32 or /128 for one"
                            + " address)."),
            new About(
                    "non-standard-cidr",
                    Severity.WARNING,
                    "A CIDR is written in a form that programs read differently.",
                    "010.0.0.0 is 10.0.0.0 for the API server and 8.0.0.0 for programs that take it for octal. A future"
                            + " release refuses such forms.",
                    "Write the address without leading zeros, and IPv4 as IPv4."),
            new About(
                    "surprising-number",
                    Severity.WARNING,
                    "A number is not what it looks like.",
                    "YAML has more forms of numbers than people expect: 0080 and 8_080 are numbers, and not those that"
                            + " a reader sees.",
                    "Write the number in decimal digits."),
            new About(
                    "empty-value",
                    Severity.WARNING,
                    "A label or annotation has no value.",
                    "A key with nothing behind it is read as the empty text, and a selector that asks for it finds only"
                            + " pods with the empty value.",
                    "Write the value, or \"\" if the empty text is meant."),
            new About(
                    "not-an-object",
                    Severity.WARNING,
                    "A document of a named file is no Kubernetes object.",
                    "It has neither apiVersion nor kind, so it was skipped: values of a chart, or something that was"
                            + " separated from its head by a line of dashes.",
                    "Leave the file out, or give the object its apiVersion and kind."),
            new About(
                    "domain-names",
                    Severity.WARNING,
                    "A rule of a ClusterNetworkPolicy has domainNames, which are not resolved here.",
                    "A name matches the addresses that pods were told by DNS, which files do not say; as far as files"
                            + " go, the peer matches nothing. In a rule that denies or passes, names are not supported"
                            + " at all: the API says so, and no validation enforces it.",
                    "Use names in Accept rules of the Admin tier only."),
            new About(
                    "named-port-of-address",
                    Severity.WARNING,
                    "A rule of a ClusterNetworkPolicy names a port of networks, nodes or domain names.",
                    "They have no port names. The standard channel of the API accepts the rule and it matches nothing;"
                            + " the experimental channel refuses it.",
                    "Give them a rule of their own with a number."),
            new About(
                    "empty-range",
                    Severity.WARNING,
                    "A port range of an AdminNetworkPolicy ends before it starts.",
                    "The API stores it, and no port matches.",
                    "Exchange start and end."),
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

    private ReaderWarnings() {}
}
