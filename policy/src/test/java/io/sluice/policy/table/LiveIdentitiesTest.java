package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveIdentitiesTest {
    private static final Map<PortMatch.Named, Set<TrafficRange>> HTTP_IS_80 =
            Map.of(new PortMatch.Named("http", Protocol.TCP), Set.of(TrafficRange.ports(Protocol.TCP, 80, 80)));

    private final IdentityRegistry registry = new IdentityRegistry();
    private final LiveIdentities.Editor editor = new LiveIdentities.Editor(registry);

    /** The identity of a pod whose labels and address have these features. */
    private int identity(int meaning, int label, int address) {
        return registry.number(
                new IdentityRegistry.Key(Signature.Holder.POD, label, meaning, address),
                new int[] {label},
                new int[] {address});
    }

    @Test
    void anIdentityIsLiveForAsLongAsSomebodyHasIt() {
        int one = identity(0, 1, 5);
        int two = identity(0, 2, 5);
        editor.acquire(one);
        editor.acquire(one);
        editor.acquire(two);
        LiveIdentities both = editor.publish();
        assertThat(both.having(1).toArray()).containsExactly(one);
        assertThat(both.having(5).toArray()).containsExactly(one, two);
        assertThat(both.having(9).isEmpty()).isTrue();
        assertThat(both.count()).isEqualTo(2);
        assertThat(both.registry()).isSameAs(registry);

        editor.release(one);
        assertThat(editor.publish().having(5).toArray()).containsExactly(one, two);
        editor.release(one);
        LiveIdentities second = editor.publish();
        assertThat(second.having(1).isEmpty()).isTrue();
        assertThat(second.having(5).toArray()).containsExactly(two);
        assertThat(both.having(5).toArray()).as("what was published stays").containsExactly(one, two);

        editor.acquire(one);
        assertThat(editor.publish().having(5).toArray()).containsExactly(one, two);
        assertThat(second.having(5).toArray()).containsExactly(two);
    }

    /** Who reads a table knows by the object that nothing changed. */
    @Test
    void whatDidNotChangeIsTheSameObject() {
        int one = identity(0, 1, 5);
        int two = identity(0, 2, 6);
        editor.acquire(one);
        LiveIdentities first = editor.publish();
        editor.acquire(two);
        editor.acquire(one);
        LiveIdentities second = editor.publish();
        assertThat(second.having(1)).isSameAs(first.having(1));
        assertThat(second.withNames()).isSameAs(first.withNames());
        editor.release(two);
        editor.acquire(two);
        LiveIdentities third = editor.publish();
        assertThat(third.having(2))
                .as("who comes and goes in between changes nothing")
                .isSameAs(second.having(2));
    }

    @Test
    void thoseOnWhichAPortNameMeansSomething() {
        int meaning = registry.meaning(HTTP_IS_80);
        int without = identity(0, 1, 5);
        int with = identity(meaning, 1, 5);
        int other = identity(meaning, 2, 5);
        editor.acquire(without);
        editor.acquire(with);
        editor.acquire(other);
        LiveIdentities before = editor.publish();
        assertThat(before.withNames().toArray()).containsExactly(with, other);
        editor.release(with);
        editor.release(other);
        assertThat(editor.publish().withNames().isEmpty()).isTrue();
        assertThat(before.withNames().toArray()).containsExactly(with, other);
    }

    @Test
    void manyIdentitiesAreCounted() {
        for (int i = 0; i < 1_000; i++) {
            editor.acquire(identity(0, i, 5_000));
        }
        LiveIdentities all = editor.publish();
        assertThat(all.having(5_000).getCardinality()).isEqualTo(1_000);
        assertThat(all.having(999).toArray()).containsExactly(999);
    }

    @Test
    void isStaleIfMostOfMoreThanTenThousandNumbersAreOutOfUse() {
        for (int i = 0; i < 10_000; i++) {
            int identity = identity(0, i, 20_000);
            if (i < 4_000) {
                editor.acquire(identity);
            }
        }
        assertThat(editor.isStale()).as("10,000 numbers").isFalse();
        identity(0, 10_000, 20_000);
        int last = identity(0, 10_001, 20_000);
        assertThat(editor.isStale())
                .as("10,002 numbers, of which 4,000 are in use")
                .isTrue();
        for (int i = 4_000; i < 5_000; i++) {
            editor.acquire(identity(0, i, 20_000));
        }
        assertThat(editor.isStale()).as("5,000").isTrue();
        editor.acquire(last);
        assertThat(editor.isStale()).as("5,001").isFalse();
        editor.release(last);
        assertThat(editor.isStale()).isTrue();
    }

    @Test
    void anIdentityHasTheNumberItHadBefore() {
        int meaning = registry.meaning(HTTP_IS_80);
        assertThat(registry.meaning(Map.of())).isZero();
        assertThat(registry.meaning(Map.copyOf(HTTP_IS_80))).isEqualTo(meaning);
        assertThat(registry.names(meaning)).isEqualTo(HTTP_IS_80);
        int one = identity(meaning, 1, 2);
        assertThat(identity(meaning, 1, 2)).isEqualTo(one);
        assertThat(identity(0, 1, 2)).isNotEqualTo(one);
        assertThat(registry.numberOr(new IdentityRegistry.Key(Signature.Holder.POD, 1, meaning, 2), -7))
                .isEqualTo(one);
        assertThat(registry.numberOr(new IdentityRegistry.Key(Signature.Holder.NODE, 1, meaning, 2), -7))
                .isEqualTo(-7);
        assertThat(registry.get(one).names()).isEqualTo(HTTP_IS_80);
        assertThat(registry.get(one).meaning()).isEqualTo(meaning);
        assertThat(registry.count()).isEqualTo(2);
    }
}
