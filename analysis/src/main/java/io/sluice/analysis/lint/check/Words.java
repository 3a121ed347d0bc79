package io.sluice.analysis.lint.check;

import io.sluice.analysis.lint.PodGroup;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.List;

/** Things of the model as a sentence names them. */
final class Words {
    private Words() {}

    static String of(NamespaceMatch namespaces) {
        return switch (namespaces) {
            case NamespaceMatch.Named(String name) -> "namespace " + name;
            case NamespaceMatch.Labelled(var selector) ->
                namespaces.equals(NamespaceMatch.EVERY) ? "any namespace" : "the namespaces with " + selector;
        };
    }

    /** The workloads of one namespace: {@code shop/web, catalog}. */
    static String workloads(List<PodGroup> groups) {
        return groups.getFirst().namespace() + "/" + PodGroup.workloads(groups);
    }

    static String of(PortMatch port) {
        return switch (port) {
            case PortMatch.Range(TrafficRange range) -> of(range);
            case PortMatch.Named(String name, Protocol protocol) -> protocol == null ? name : name + "/" + protocol;
        };
    }

    static String of(TrafficRange range) {
        Protocol protocol = new Protocol(range.first() >>> 16);
        int first = range.first() & 0xffff;
        int last = range.last() & 0xffff;
        return (first == last ? "" + first : first + "-" + last) + "/" + protocol;
    }

    /** from or to. */
    static String preposition(Direction direction) {
        return direction == Direction.INGRESS ? "from" : "to";
    }
}
