package io.sluice.fuzz;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.Intake;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What an API server, or what stands in its place, answers to the question for all objects of a kind: the first line is
 * the question, the others are the answer.
 */
class AnswersFuzzTest {
    private static final List<String> KINDS = List.copyOf(Intake.kinds());

    @FuzzTest(maxDuration = "3s")
    @DictionaryFile(resourcePath = "/io/sluice/fuzz/manifests.dict")
    void read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        String question = end < 0 ? "v1 Pod" : text.substring(0, end);
        String known =
                KINDS.contains(question) ? question : KINDS.get(Math.floorMod(question.hashCode(), KINDS.size()));
        for (Diagnostic diagnostic : Bounds.hold(() -> said(known.split(" ", 2), text.substring(end + 1)))) {
            InputText.printable(diagnostic.toString(), diagnostic);
        }
    }

    private static List<Diagnostic> said(String[] kind, String answer) {
        Intake intake = new Intake();
        try {
            intake.listed(kind[0], kind[1], answer);
        } catch (IllegalArgumentException refused) {
            if (!"not JSON".equals(refused.getMessage())) {
                throw refused;
            }
        }
        return intake.manifests().diagnostics();
    }
}
