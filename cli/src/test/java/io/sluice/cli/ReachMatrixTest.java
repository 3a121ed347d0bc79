package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReachMatrixTest {
    @Test
    void standsSideBySideAndMarksWhatDisagrees() {
        ReachMatrix matrix = new ReachMatrix();
        matrix.add("web", "db", true, true);
        matrix.add("web", "db", false, false);
        matrix.add("web", "cart", true, true);
        matrix.add("db", "web", false, true);

        assertThat(String.join("\n", matrix.lines(Style.plain())).stripIndent()).isEqualTo("""
                        expected observed
                        1 2 3    1 2 3
                 1 cart         │
                 2 db       ·   │    !
                 3 web  ● ◐     │● ◐
                        ● every port   ◐ some ports   · none""");
    }
}
