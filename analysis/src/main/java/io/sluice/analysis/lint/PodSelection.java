package io.sluice.analysis.lint;

import io.sluice.policy.model.Direction;
import io.sluice.policy.model.NamespaceMatch;
import io.sluice.policy.model.Peer;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.Rule;
import io.sluice.policy.model.Section;
import io.sluice.policy.model.Selector;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a policy where pods are selected.
 *
 * @param isSubject whether these are the pods that the policy is applied to
 * @param namespacesPath where the namespaces are selected; nothing may stand there
 * @param podsPath where the pods are selected; nothing may stand there
 */
public record PodSelection(
        PolicyText policy,
        boolean isSubject,
        NamespaceMatch namespaces,
        Selector pods,
        List<Object> namespacesPath,
        List<Object> podsPath) {

    /** Those of a policy: its subject first, then its peers in the order of the text. */
    public static List<PodSelection> of(PolicyText text) {
        List<PodSelection> out = new ArrayList<>();
        Policy policy = text.policy();
        out.add(new PodSelection(
                text,
                true,
                policy.subject().namespaces(),
                policy.subject().pods(),
                text.subjectNamespaces(),
                text.subjectPods()));
        for (Section section : policy.sections()) {
            for (int r = 0; r < section.rules().size(); r++) {
                Rule rule = section.rules().get(r);
                for (int p = 0; p < rule.peers().size(); p++) {
                    if (rule.peers().get(p) instanceof Peer.Pods(var namespaces, var pods)) {
                        Direction direction = section.direction();
                        out.add(new PodSelection(
                                text,
                                false,
                                namespaces,
                                pods,
                                text.peerNamespaces(direction, r, p),
                                text.peerPods(direction, r, p)));
                    }
                }
            }
        }
        return out;
    }
}
