package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.Check;
import java.util.List;

/** The registry. */
public final class Checks {
    private static final List<Check> ALL = List.of(
            new PolicySelectsNothing(),
            new PeerSelectsNothing(),
            new MisspelledLabel(),
            new NamespaceLabelUnknown(),
            new PolicyWithoutNamespace(),
            new HostNetworkSelected(),
            new AndOrConfusion(),
            new SplitRule(),
            new EmptyListMeansAll(),
            new EmptySelectorPart(),
            new RulesOutsidePolicyTypes(),
            new PolicyTypesUnset(),
            new EgressForgotten(),
            new OneSidedAllow(),
            new DefaultDenyUndone(),
            new DnsBlocked(),
            new DnsWithoutTcp(),
            new DnsUnderIngress(),
            new EgressClosed(),
            new EgressToWorld(),
            new EgressUnlimited(),
            new IngressFromWorld(),
            new IngressUnlimited(),
            new PortNotServed(),
            new NamedPortUnknown(),
            new NamedPortWithNetwork(),
            new CidrCoversPods(),
            new ExceptUndone(),
            new ExceptRepeated(),
            new DuplicatePolicy(),
            new DuplicateRule(),
            new RuleWithoutEffect(),
            new SamePriority(),
            new NamespaceWithoutDefaultDeny(),
            new WorkloadNotIsolated(),
            new LabelsApart(),
            new HostNetworkPod(),
            new ServiceSelectsNothing(),
            new ServiceTargetPort(),
            new ExposedServiceBlocked(),
            new LabelRequired(),
            new LabelValue(),
            new ObjectName());

    private Checks() {}

    /** In the order in which the documentation tells them. */
    public static List<Check> all() {
        return ALL;
    }
}
