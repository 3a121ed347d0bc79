package io.sluice.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sluice.analysis.intents.IntentFile;
import io.sluice.analysis.intents.IntentReader;
import io.sluice.analysis.intents.IntentRunner;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ObjectText;
import java.util.ArrayList;
import java.util.List;

/** Bytes to a file of intents; one without faults is also put to a cluster. */
class IntentsFuzzTest {
    @FuzzTest(maxDuration = "7s")
    @DictionaryFile(resourcePath = "/io/sluice/fuzz/intents.dict")
    void read(byte[] bytes) {
        Read read = Bounds.hold(() -> once(bytes));
        if (!once(bytes).equals(read)) {
            throw new AssertionError("the same text reads differently the second time");
        }
        InputText text = new InputText(bytes);
        text.expect(read.problems);
        if (read.problems.isEmpty()) {
            IntentRunner runner = new IntentRunner(read.file, read.file.complete(Cluster.SHOP));
            text.expect(runner.problems());
            if (runner.problems().isEmpty()) {
                Bounds.hold(runner::run);
            }
        }
    }

    private record Read(IntentFile file, List<Diagnostic> problems) {}

    private static Read once(byte[] bytes) {
        List<Diagnostic> problems = new ArrayList<>();
        IntentFile file = IntentReader.read(ObjectText.read("<stdin>", bytes, problems), problems);
        return new Read(file, problems);
    }
}
