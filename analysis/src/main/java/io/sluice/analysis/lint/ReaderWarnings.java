package io.sluice.analysis.lint;

import java.util.List;
import java.util.stream.Stream;

/** What the reader of manifests warns of, in the words of a check. Its findings are told under the reader's codes. */
final class ReaderWarnings {
    private static final List<About> OF_ALL_KINDS = List.of(
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
                    "deny-without-port",
                    Severity.WARNING,
                    "A DENY rule of an AuthorizationPolicy asks for HTTP attributes only.",
                    "On a port of plain TCP the proxy drops what it cannot know there from a DENY rule, and what is left"
                            + " matches everything: the rule denies all traffic to such ports.",
                    "Say in to.operation.ports which ports are meant."),
            new About(
                    "target-refs",
                    Severity.WARNING,
                    "An AuthorizationPolicy is bound to a gateway, a Service or the like.",
                    "It is enforced by a gateway or waypoint. Whether a request passes that proxy is not known from"
                            + " manifests: where the policy would refuse it, the answer is that it depends.",
                    "Write a selector where the pods' own proxies are to enforce it."),
            new About(
                    "dry-run-value",
                    Severity.WARNING,
                    "The annotation istio.io/dry-run is neither true nor false.",
                    "Istio then enforces the policy.",
                    "Write \"true\" or \"false\"."),
            new About(
                    "mesh-config",
                    Severity.WARNING,
                    "The configuration of the mesh in ConfigMap istio cannot be read.",
                    "Root namespace and trust domain are then taken to be istio-system and cluster.local.",
                    "Correct the YAML in data.mesh."),
            new About(
                    "empty-range",
                    Severity.WARNING,
                    "A port range of an AdminNetworkPolicy ends before it starts.",
                    "The API stores it, and no port matches.",
                    "Exchange start and end."),
            new About(
                    "reference-not-granted",
                    Severity.WARNING,
                    "A route leads to a Service of another namespace that has not granted it.",
                    "A backendRef across namespaces needs a ReferenceGrant in the namespace of the Service. Without one"
                            + " the gateway answers with an error, and only the status of the route says so.",
                    "Add a ReferenceGrant to the namespace of the Service."),
            new About(
                    "route-not-attached",
                    Severity.WARNING,
                    "A route names a Gateway none of whose listeners takes it.",
                    "A listener takes routes of its own namespace unless allowedRoutes says otherwise, of the kinds that"
                            + " fit its protocol, and under the name and port that the route asks for. One that no"
                            + " listener takes leads nowhere.",
                    "Open a listener for it (allowedRoutes), or correct sectionName and port of its parentRef."),
            new About(
                    "calico-unseen-condition",
                    Severity.WARNING,
                    "A rule of a Calico policy has a condition that is not seen at this layer.",
                    "The port that a connection comes from, the address of its own that a pod uses, a port's name that"
                            + " is not meant, the endpoints of a Service without selector. A rule that allows then"
                            + " allows nothing here, one that denies leaves the condition out, one that passes denies:"
                            + " never is more let through than Calico would.",
                    "Say the same by labels, by the other end's networks or by numbers of ports."),
            new About(
                    "calico-http",
                    Severity.WARNING,
                    "A rule of a Calico policy asks for HTTP requests.",
                    "Methods and paths are not seen at the layer of addresses and ports. The rule is kept to be shown,"
                            + " and allows nothing here.",
                    "Read the answers about its connections as a lower bound."),
            new About(
                    "calico-staged",
                    Severity.INFO,
                    "A Calico policy is staged.",
                    "Calico reports what it would do and enforces none of it; so it is checked here, and decides"
                            + " nothing.",
                    "Enforce it by the kind without Staged, or take it out."),
            new About(
                    "calico-host-policy",
                    Severity.WARNING,
                    "A Calico policy is for the interfaces of hosts.",
                    "doNotTrack and preDNAT policies are applied to host endpoints, which are no subjects here; no pod"
                            + " is subject to such a policy.",
                    "Nothing, if that is meant."),
            new About(
                    "calico-unknown-service",
                    Severity.WARNING,
                    "A rule of a Calico policy names a Service that is not in the input.",
                    "Calico finds no endpoints for it, so the rule is about no one: an allow allows nothing, a deny"
                            + " denies nothing.",
                    "Correct the name and namespace, or add the Service to the input."));

    static final List<About> ABOUTS =
            Stream.of(OF_ALL_KINDS, CiliumWarnings.ABOUTS).flatMap(List::stream).toList();

    private ReaderWarnings() {}
}
