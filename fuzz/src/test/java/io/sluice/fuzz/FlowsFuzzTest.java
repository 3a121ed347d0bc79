package io.sluice.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sluice.analysis.decide.AnswerStream;
import io.sluice.analysis.decide.BadLine;
import io.sluice.analysis.recommend.FlowReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Lines of questions and recorded flows: each is answered, or refused with the number of its line. */
class FlowsFuzzTest {
    private static final Pattern REFUSAL = Pattern.compile("[1-9][0-9]*: .+");

    @FuzzTest(maxDuration = "7s")
    @DictionaryFile(resourcePath = "/io/sluice/fuzz/flows.dict")
    void read(byte[] bytes) throws IOException {
        String first = Bounds.hold(() -> answers(bytes, AnswerStream.Format.JSON));
        if (!first.equals(answers(bytes, AnswerStream.Format.JSON))) {
            throw new AssertionError("the same lines are answered differently the second time");
        }
        answers(bytes, AnswerStream.Format.TEXT).lines().forEach(line -> InputText.printable(line, line));
        try {
            Bounds.hold(() -> {
                FlowReader flows = new FlowReader();
                flows.read(new ByteArrayInputStream(bytes));
                return flows.observed(Cluster.SHOP);
            });
        } catch (BadLine refused) {
            check(refused);
        }
    }

    private static String answers(byte[] bytes, AnswerStream.Format format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new AnswerStream(Cluster.SHOP, out, format, false).run(new ByteArrayInputStream(bytes));
        } catch (BadLine refused) {
            check(refused);
            return String.valueOf(refused.getMessage());
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void check(BadLine refused) {
        String message = String.valueOf(refused.getMessage());
        InputText.printable(message, message);
        if (!REFUSAL.matcher(message).matches()) {
            throw new AssertionError("no line is named: " + message);
        }
    }
}
