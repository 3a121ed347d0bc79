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
import org.jspecify.annotations.Nullable;

/**
 * A place in a policy where pods are selected.
 *
 * @param peer where it stands among the peers; null where these are the pods that the policy is applied to
 */
public record PodSelection(
        PolicyText policy,
        NamespaceMatch namespaces,
        Selector pods,
        @Nullable Place peer) {
    /** A peer by its numbers from 0. */
    public record Place(Direction direction, int rule, int peer) {}

    /** Whether these are the pods that the policy is applied to. */
    public boolean isSubject() {
        return peer == null;
    }

    /** Where the namespaces are selected; nothing may stand there. */
    public List<Object> namespacesPath() {
        return peer == null ? policy.subjectNamespaces() : policy.peerNamespaces(peer.direction, peer.rule, peer.peer);
    }

    /** Where the pods are selected; nothing may stand there. */
    public List<Object> podsPath() {
        return peer == null ? policy.subjectPods() : policy.peerPods(peer.direction, peer.rule, peer.peer);
    }

    /** Those of a policy: its subject first, then its peers in the order of the text. */
    static List<PodSelection> of(PolicyText text) {
        List<PodSelection> out = new ArrayList<>();
        Policy policy = text.policy();
        out.add(new PodSelection(
                text, policy.subject().namespaces(), policy.subject().pods(), null));
        for (Section section : policy.sections()) {
            for (int r = 0; r < section.rules().size(); r++) {
                Rule rule = section.rules().get(r);
                for (int p = 0; p < rule.peers().size(); p++) {
                    if (rule.peers().get(p) instanceof Peer.Pods(var namespaces, var pods)) {
                        out.add(new PodSelection(text, namespaces, pods, new Place(section.direction(), r, p)));
                    }
                }
            }
        }
        return out;
    }
}
