package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.PortMatch;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private static final int PASS = -1;
    private static final PortMatch.Named HTTP = new PortMatch.Named("http", Protocol.TCP);

    private static Clause clause(int cause, int feature, int first, int last) {
        return new Clause(
                cause,
                RuleBook.UNCONDITIONAL,
                new PeerTest.OneOf(new int[] {feature}),
                Intervals.of(List.of(new TrafficRange(first, last))),
                List.of());
    }

    private static Clause named(int cause) {
        return new Clause(cause, RuleBook.UNCONDITIONAL, PeerTest.ALWAYS, Intervals.NONE, List.of(HTTP));
    }

    private static String run(Program program, int... features) {
        return run(program, Map.of(), features);
    }

    private static String run(Program program, Map<PortMatch.Named, Set<TrafficRange>> meaning, int... features) {
        BitSet has = new BitSet();
        Arrays.stream(features).forEach(has::set);
        int[] pieces = program.run(has, meaning);
        return String.join(
                " ",
                IntStream.range(0, pieces.length / 2)
                        .mapToObj(i -> pieces[2 * i] + ":" + pieces[2 * i + 1])
                        .toList());
    }

    @Test
    void theFirstClauseThatMatchesDecides() {
        Program program =
                new Program(List.of(List.of(clause(7, 1, 10, 19), clause(8, 1, 15, 29), clause(9, 2, 0, 99))));
        assertThat(run(program, 1)).isEqualTo("0:0 10:7 20:8 30:0");
        assertThat(run(program, 1, 2)).isEqualTo("0:9 10:7 20:8 30:9 100:0");
        assertThat(run(program)).isEqualTo("0:0");
        assertThat(program.features().stream()).containsExactly(1, 2);
    }

    @Test
    void whatPassesIsDecidedByTheNextStage() {
        Program program = new Program(List.of(
                List.of(clause(PASS, 1, 10, 19), clause(7, 1, 0, 49), clause(8, 1, 10, 19)),
                List.of(clause(9, 1, 15, 99)),
                List.of(Clause.always(5))));
        assertThat(run(program, 1)).isEqualTo("0:7 10:5 15:9 20:7 50:9 100:5");
    }

    @Test
    void whatIsDecidedIsNotAskedAgain() {
        Program program =
                new Program(List.of(List.of(Clause.always(5), clause(7, 1, 0, 9)), List.of(Clause.always(6))));
        assertThat(run(program, 1)).isEqualTo("0:5");
    }

    @Test
    void neighboursThatDecideTheSameAreOnePiece() {
        Program program =
                new Program(List.of(List.of(clause(7, 1, 20, 29), clause(7, 1, 10, 19), clause(7, 2, 30, 39))));
        assertThat(run(program, 1, 2)).isEqualTo("0:0 10:7 40:0");
    }

    @Test
    void manyPieces() {
        Program program = new Program(List.of(IntStream.range(0, 50)
                .mapToObj(i -> clause(10 + i, 1, 100 * i + 1, 100 * i + 50))
                .toList()));
        String expected = "0:0 "
                + String.join(
                        " ",
                        IntStream.range(0, 50)
                                .mapToObj(i -> (100 * i + 1) + ":" + (10 + i) + " " + (100 * i + 51) + ":0")
                                .toList());
        assertThat(run(program, 1)).isEqualTo(expected);
    }

    @Test
    void namesMeanWhatTheyMeanAtThePeer() {
        Program program = new Program(List.of(List.of(named(7))));
        assertThat(program.asksForNames()).isTrue();
        assertThat(new Program(List.of(List.of(Clause.always(7)), List.of())).asksForNames())
                .isFalse();
        assertThat(run(program)).isEqualTo("0:0");
        Set<TrafficRange> traffic = Set.of(new TrafficRange(80, 80), new TrafficRange(90, 91));
        assertThat(run(program, Map.of(HTTP, traffic))).isEqualTo("0:0 80:7 81:0 90:7 92:0");
    }

    @Test
    void withoutSomeOfItsClauses() {
        Program program =
                new Program(List.of(List.of(clause(7, 1, 0, 9), clause(8, 1, 5, 19)), List.of(Clause.always(5))));
        assertThat(run(program.without(cause -> cause == 7), 1)).isEqualTo("0:5 5:8 20:5");
        assertThat(run(program.without(cause -> cause == 5), 1)).isEqualTo("0:7 10:8 20:0");
        assertThat(program.without(_ -> false)).isEqualTo(program);
    }

    @Test
    void aClauseWithItsNamesResolvedForGood() {
        Clause clause = named(7);
        Clause resolved = clause.on(Map.of(HTTP, Set.of(new TrafficRange(80, 80))));
        assertThat(resolved.names()).isEmpty();
        assertThat(resolved.ports()).isEqualTo(Intervals.of(List.of(new TrafficRange(80, 80))));
        assertThat(resolved.on(Map.of())).isSameAs(resolved);
        assertThat(clause.on(Map.of()).ports().isEmpty()).isTrue();
    }

    @Test
    void aClauseOfWhichTheOwnNodeIsKnown() {
        Clause clause = new Clause(7, RuleBook.UNCONDITIONAL, new PeerTest.OwnNode(), Intervals.ALL, List.of(HTTP));
        assertThat(clause.on(true).isAbout(new BitSet())).isTrue();
        assertThat(clause.on(false).isAbout(new BitSet())).isFalse();
        assertThat(clause.on(true).names()).containsExactly(HTTP);
        Clause other = clause(7, 1, 0, 9);
        assertThat(other.on(true)).isSameAs(other);
        assertThat(clause(PASS, 1, 0, 9).passes()).isTrue();
        assertThat(clause(0, 1, 0, 9).passes()).isFalse();
    }
}
