package io.sluice.policy.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Whether a clause is about a peer, asked of the peer's features: a condition of a rule's peers with every peer that
 * has a meaning of its own replaced by its number.
 */
sealed interface PeerTest {
    PeerTest ALWAYS = new All(List.of());
    PeerTest NEVER = new OneOf(new int[0]);

    boolean matches(BitSet features);

    /** The tests that it is made of; none for one that is made of no others. */
    List<PeerTest> parts();

    /** Adds the features that it asks for. */
    default void addFeatures(BitSet used) {
        parts().forEach(part -> part.addFeatures(used));
    }

    /** The same for a peer of which it is known whether it is the node that the subject runs on. */
    PeerTest on(boolean ownNode);

    /** Whether its answer depends on that. */
    default boolean asksForOwnNode() {
        return parts().stream().anyMatch(PeerTest::asksForOwnNode);
    }

    /** The peer has one of these features. */
    record OneOf(int[] anyOf) implements PeerTest {
        @Override
        public boolean matches(BitSet features) {
            for (int feature : anyOf) {
                if (features.get(feature)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public void addFeatures(BitSet used) {
            for (int feature : anyOf) {
                used.set(feature);
            }
        }

        @Override
        public PeerTest on(boolean ownNode) {
            return this;
        }

        @Override
        public List<PeerTest> parts() {
            return List.of();
        }
    }

    /** The peer is the node that the subject runs on. */
    record OwnNode() implements PeerTest {
        @Override
        public boolean matches(BitSet features) {
            throw new IllegalStateException("not yet known whether the peer is the subject's node");
        }

        @Override
        public List<PeerTest> parts() {
            return List.of();
        }

        @Override
        public PeerTest on(boolean ownNode) {
            return ownNode ? ALWAYS : NEVER;
        }

        @Override
        public boolean asksForOwnNode() {
            return true;
        }
    }

    record All(List<PeerTest> parts) implements PeerTest {
        @Override
        public boolean matches(BitSet features) {
            for (PeerTest part : parts) {
                if (!part.matches(features)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public PeerTest on(boolean ownNode) {
            return asksForOwnNode()
                    ? new All(parts.stream().map(part -> part.on(ownNode)).toList())
                    : this;
        }
    }

    record Any(List<PeerTest> parts) implements PeerTest {
        @Override
        public boolean matches(BitSet features) {
            for (PeerTest part : parts) {
                if (part.matches(features)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public PeerTest on(boolean ownNode) {
            return asksForOwnNode()
                    ? any(parts.stream().map(part -> part.on(ownNode)).toList())
                    : this;
        }
    }

    record Not(PeerTest part) implements PeerTest {
        @Override
        public boolean matches(BitSet features) {
            return !part.matches(features);
        }

        @Override
        public List<PeerTest> parts() {
            return List.of(part);
        }

        @Override
        public PeerTest on(boolean ownNode) {
            return asksForOwnNode() ? new Not(part.on(ownNode)) : this;
        }
    }

    /** One of the parts matches; single features become one test. */
    static PeerTest any(List<PeerTest> parts) {
        BitSet features = new BitSet();
        List<PeerTest> others = new ArrayList<>();
        for (PeerTest part : parts) {
            switch (part) {
                case OneOf(int[] anyOf) -> {
                    for (int feature : anyOf) {
                        features.set(feature);
                    }
                }
                case OwnNode _, All _, Any _, Not _ -> {
                    if (part.equals(ALWAYS)) {
                        return ALWAYS;
                    }
                    others.add(part);
                }
            }
        }
        OneOf single = new OneOf(features.stream().toArray());
        if (others.isEmpty()) {
            return single;
        }
        if (!features.isEmpty()) {
            others.add(single);
        }
        return others.size() == 1 ? others.getFirst() : new Any(List.copyOf(others));
    }
}
