package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What is said, word for word. The cases are in text files: a line {@code ### name}, the manifest, and after {@code >>>}
 * the messages.
 */
class MessagesTest {
    @TestFactory
    Stream<DynamicTest> structure() {
        return cases("structure.txt");
    }

    @TestFactory
    Stream<DynamicTest> yaml() {
        return cases("yaml.txt");
    }

    @TestFactory
    Stream<DynamicTest> scalars() {
        return cases("scalars.txt");
    }

    @TestFactory
    Stream<DynamicTest> validation() {
        return cases("validation.txt");
    }

    @TestFactory
    Stream<DynamicTest> otherKinds() {
        return cases("other-kinds.txt");
    }

    @TestFactory
    Stream<DynamicTest> tiers() {
        return cases("tiers.txt");
    }

    @TestFactory
    Stream<DynamicTest> calico() {
        return cases("calico.txt");
    }

    @TestFactory
    Stream<DynamicTest> cilium() {
        return cases("cilium.txt");
    }

    private static Stream<DynamicTest> cases(String file) {
        return Golden.cases(file).stream()
                .map(c -> DynamicTest.dynamicTest(c.name(), () -> {
                    List<String> said = new ArrayList<>(Reading.said(c.input()));
                    assertThat(said).as(c.input()).containsExactlyElementsOf(c.expected());
                }));
    }
}
