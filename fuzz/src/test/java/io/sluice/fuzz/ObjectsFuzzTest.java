package io.sluice.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Good manifests with a few lines spoilt, as people and templates spoil them: a value of another type, a line that is
 * gone, given twice, or indented otherwise. Bytes alone rarely get past the syntax; these get into every decoder.
 */
class ObjectsFuzzTest {
    private static final Path GOOD = Path.of("src/test/resources/io/sluice/fuzz/ManifestsFuzzTestInputs/read/by-hand");

    private static final List<String> EXAMPLES = examples();

    private static final List<String> VALUES = List.of(
            "",
            "null",
            "~",
            "\"\"",
            "{}",
            "[]",
            "[null]",
            "[{}]",
            "{a: b}",
            "[[]]",
            "- x",
            "true",
            "no",
            "0",
            "-1",
            "1.5",
            "1e3",
            "0x1f",
            "0777",
            "1_000",
            "65535",
            "65536",
            "99999999999999999999",
            ".inf",
            ".nan",
            "text",
            "\"80\"",
            "10.0.0.0/8",
            "10.0.0.1/8",
            "::/0",
            "256.1.1.1",
            "a/b",
            "*",
            "'",
            "&a [*a]",
            "*missing",
            "|",
            ">-",
            "!!str 5",
            "!!int x",
            "<<: {a: b}",
            "2026-01-01",
            "{{ .Values.x }}",
            "world",
            "http",
            "1:2",
            "53:52",
            "all()",
            "has(a) && b in {'c', \"d\"} || !(e == 'f')",
            "a not in {'b'",
            "global(",
            "k8s:app",
            "cluster.local/ns/*",
            "/a/{*}/{**}",
            "*.example.org",
            "request.headers[x",
            "Pass",
            "ICMPv6",
            "\u202e",
            "\ud83d\ude00");

    private static final List<String> COUNTS = List.of("replicas", "parallelism", "completions");

    private static List<String> examples() {
        try (Stream<Path> files = Files.walk(GOOD)) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> f.toString().endsWith(".yaml"))
                    .sorted()
                    .map(ObjectsFuzzTest::text)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FuzzTest(maxDuration = "12s")
    void read(FuzzedDataProvider choices) {
        List<String> lines = new ArrayList<>();
        for (int documents = choices.consumeInt(1, 2); documents > 0; documents--) {
            lines.addAll(choices.pickValue(EXAMPLES).lines().toList());
            lines.add("---");
        }
        while (choices.remainingBytes() > 0 && !lines.isEmpty()) {
            spoil(lines, choices);
        }
        String manifests = String.join("\n", lines);
        try {
            Reading.of(manifests.getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException | AssertionError e) {
            // The choices mean something else as soon as an example changes: what to keep is the text, as an input of
            // ManifestsFuzzTest.
            throw new AssertionError("on reading the following\n" + manifests, e);
        }
    }

    private static void spoil(List<String> lines, FuzzedDataProvider choices) {
        int at = choices.consumeInt(0, lines.size() - 1);
        String line = lines.get(at);
        switch (choices.consumeInt(0, 5)) {
            case 0 -> {
                String value = choices.pickValue(VALUES);
                // A hundred thousand pods are no fault, and reading them leaves no time for anything else.
                boolean many = value.length() > 3 && COUNTS.stream().anyMatch(line::contains);
                lines.set(at, withValue(line, many ? "3" : value));
            }
            case 1 -> lines.remove(at);
            case 2 -> lines.add(choices.consumeInt(0, lines.size()), line);
            case 3 -> lines.set(at, line.startsWith("  ") ? line.substring(2) : "  " + line);
            case 4 -> lines.set(at, withValue(line, choices.consumeString(12)));
            default -> {
                String other = lines.get(choices.consumeInt(0, lines.size() - 1));
                lines.set(at, withValue(line, other.substring(valueOf(other))));
            }
        }
    }

    private static String withValue(String line, String value) {
        return line.substring(0, valueOf(line)) + value;
    }

    /** Where the value of a line begins: behind its key, or behind its dash. */
    private static int valueOf(String line) {
        int colon = line.indexOf(": ");
        int dash = line.indexOf("- ");
        if (colon >= 0) {
            return colon + 2;
        }
        return dash >= 0 ? dash + 2 : line.length();
    }
}
