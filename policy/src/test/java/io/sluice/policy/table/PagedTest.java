package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagedTest {
    private final Paged.Editor<String> editor = new Paged.Editor<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256, 1_023, 1_024, 100_000})
    void whatIsPutSomewhereIsThereAndNowhereElse(int index) {
        editor.set(index, "here");
        Paged<String> published = editor.publish();
        assertThat(editor.get(index)).isEqualTo("here");
        assertThat(published.get(index)).isEqualTo("here");
        assertThat(published.get(index + 1)).isNull();
        assertThat(published.get(index + 256)).isNull();
        assertThat(published.get(index + 1_000_000)).isNull();
        assertThat(index == 0 ? null : published.get(index - 1)).isNull();
    }

    @Test
    void whatIsPublishedStaysAsItIs() {
        editor.set(1, "a");
        editor.set(300, "b");
        Paged<String> before = editor.publish();
        editor.set(1, "c");
        editor.set(2, "d");
        editor.set(300, null);
        editor.set(2_000, "e");
        Paged<String> after = editor.publish();
        assertThat(new String[] {before.get(1), before.get(2), before.get(300), before.get(2_000)})
                .containsExactly("a", null, "b", null);
        assertThat(new String[] {after.get(1), after.get(2), after.get(300), after.get(2_000)})
                .containsExactly("c", "d", null, "e");
    }

    /** A page that was copied for one version is shared by the next, and is copied again before it is written to. */
    @Test
    void everyVersionHasItsOwn() {
        Paged<?>[] versions = new Paged<?>[10];
        for (int i = 0; i < versions.length; i++) {
            editor.set(7, "v" + i);
            editor.set(8, "w" + i);
            versions[i] = editor.publish();
        }
        for (int i = 0; i < versions.length; i++) {
            assertThat(versions[i].get(7)).isEqualTo("v" + i);
            assertThat(versions[i].get(8)).isEqualTo("w" + i);
        }
    }

    @Test
    void whereNothingChangesTheVersionIsTheSame() {
        editor.set(1, "a");
        assertThat(editor.publish()).isSameAs(editor.publish());
    }
}
