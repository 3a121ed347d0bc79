package io.sluice.analysis.convert;

import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import io.sluice.manifests.ObjectText;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.table.Relation;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Converts the policies of a cluster to another dialect, and proves that nothing changes. */
public final class Converter {
    private static final Map<Target, Set<String>> SOURCES = Map.of(
            Target.CLUSTER_NETWORK_POLICY,
            Set.of("AdminNetworkPolicy", "BaselineAdminNetworkPolicy"),
            Target.NETWORK_POLICY,
            Set.of("CiliumNetworkPolicy", "NetworkPolicy.projectcalico.org"),
            Target.CILIUM,
            Set.of("NetworkPolicy", "NetworkPolicy.projectcalico.org"),
            Target.CALICO,
            Set.of("NetworkPolicy", "CiliumNetworkPolicy"));

    private Converter() {}

    /** What came of it. */
    public sealed interface Result {
        /**
         * Every policy was converted, and nothing is decided differently.
         *
         * @param yaml the new documents
         * @param policies how many were converted; {@code documents} how many they became
         */
        record Converted(String yaml, int policies, int documents, Proof proof) implements Result {}

        /** There is no policy of a kind that is converted to the target. */
        record NothingToConvert(Set<String> kinds) implements Result {}

        /** The other dialect has no words for some policies. */
        record Unsaid(List<Refusal> refusals) implements Result {}

        /** All could be said, but not with the same meaning. */
        record Differs(String yaml, Proof.Difference difference) implements Result {}
    }

    /**
     * @param manifests the cluster, without errors
     * @param besides peers that may fare differently; the proof leaves them out
     * @throws IllegalStateException if what was written cannot be read again
     */
    public static Result convert(Manifests manifests, Target target, Set<Relation> besides) {
        Set<String> kinds = SOURCES.getOrDefault(target, Set.of());
        Map<SourcePosition, ObjectText> texts = new HashMap<>();
        manifests.objects().forEach(text -> texts.putIfAbsent(text.at(), text));
        Writer writer = Writer.of(target, manifests.snapshot());
        List<Document> documents = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        List<Policy> kept = new ArrayList<>();
        List<Policy> converted = new ArrayList<>();
        for (Policy policy : manifests.snapshot().policies()) {
            if (!kinds.contains(policy.id().kind())) {
                kept.add(policy);
                continue;
            }
            converted.add(policy);
            ObjectText text = Optional.ofNullable(texts.get(policy.position()))
                    .orElseGet(() -> ObjectText.unknown(policy.position()));
            try {
                documents.addAll(writer.write(policy, text));
            } catch (Unsayable e) {
                refusals.add(new Refusal(policy.id(), String.valueOf(e.getMessage()), e.position()));
            }
        }
        if (converted.isEmpty()) {
            return new Result.NothingToConvert(kinds);
        }
        if (!refusals.isEmpty()) {
            return new Result.Unsaid(refusals);
        }
        String yaml = Documents.yaml(documents);
        List<Policy> after = new ArrayList<>(kept);
        after.addAll(read(yaml));
        Proof proof = Proof.of(manifests.snapshot(), manifests.snapshot().policies(), after, besides);
        return proof.difference()
                .<Result>map(difference -> new Result.Differs(yaml, difference))
                .orElseGet(() -> new Result.Converted(yaml, converted.size(), documents.size(), proof));
    }

    private static List<Policy> read(String yaml) {
        Manifests again =
                ManifestReader.read(List.of("-"), new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        List<String> errors = again.diagnostics().stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::toString)
                .toList();
        if (!errors.isEmpty()) {
            throw new IllegalStateException("the converted policies cannot be read again: " + errors + "\n" + yaml);
        }
        Map<PolicyId, Policy> byId = new HashMap<>();
        again.snapshot().policies().forEach(policy -> byId.put(policy.id(), policy));
        return List.copyOf(byId.values());
    }
}
