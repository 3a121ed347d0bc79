package io.sluice.manifests;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Which decoder reads which kind. A new dialect is a new decoder in this list. */
final class Decoders {
    private static final List<ObjectDecoder> ALL = List.of(
            new NetworkPolicyDecoder(),
            new NamespaceDecoder(),
            new PodDecoder(),
            new WorkloadDecoder(),
            new ServiceDecoder(),
            new NodeDecoder());

    private static final Map<String, ObjectDecoder> BY_KIND = byKind();

    private Decoders() {}

    private static Map<String, ObjectDecoder> byKind() {
        Map<String, ObjectDecoder> out = new HashMap<>();
        for (ObjectDecoder decoder : ALL) {
            decoder.kinds().forEach(kind -> out.put(kind, decoder));
        }
        return out;
    }

    static Optional<ObjectDecoder> of(String group, String kind) {
        return Optional.ofNullable(BY_KIND.get(group + "/" + kind));
    }

    /** The apiVersion groups under which a kind is read, sorted; none if it is not read at all. */
    static TreeSet<String> groupsOf(String kind) {
        TreeSet<String> groups = new TreeSet<>();
        for (String key : BY_KIND.keySet()) {
            int slash = key.indexOf('/');
            if (key.substring(slash + 1).equals(kind)) {
                groups.add(key.substring(0, slash));
            }
        }
        return groups;
    }
}
