package io.sluice.cli;

import io.sluice.analysis.intents.IntentFile;
import io.sluice.analysis.intents.IntentReader;
import io.sluice.manifests.Diagnostic;
import io.sluice.manifests.ObjectText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a file of intents for the verbs that take one. */
final class Intents {
    private Intents() {}

    /** @throws Refusal if it cannot be read, with every error in it */
    static IntentFile read(String file) {
        List<Diagnostic> problems = new ArrayList<>();
        ObjectText text = ObjectText.read(file, UserFile.bytes(file), problems);
        refuse(problems);
        IntentFile intents = IntentReader.read(text, problems);
        refuse(problems);
        return intents;
    }

    /** @throws Refusal if there is an error among them */
    static void refuse(List<Diagnostic> problems) {
        if (problems.stream().anyMatch(Diagnostic::isError)) {
            throw new Refusal(problems.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
        }
    }
}
