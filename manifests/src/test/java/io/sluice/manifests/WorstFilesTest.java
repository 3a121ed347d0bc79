package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files made to hurt. Each ends soon and with one message that a person can act on. */
class WorstFilesTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    static Stream<Arguments> files() {
        String ns = "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ";
        return Stream.of(
                Arguments.of(
                        "billion laughs",
                        laughs(),
                        "6:10: error: the aliases of the document stand for more than 100000 values (write them out)"),
                Arguments.of(
                        "an alias of a large list many times",
                        "a: &a [" + "x, ".repeat(1000) + "x]\nb:\n" + "- *a\n".repeat(5000),
                        "102:3: error: the aliases of the document stand for more than 100000 values (write them out)"),
                Arguments.of(
                        "deep brackets",
                        "a: " + "[".repeat(100_000),
                        "1:204: error: the document is nested more than 200 levels deep"),
                Arguments.of(
                        "deep braces",
                        "a: " + "{a: ".repeat(100_000),
                        "1:801: error: the document is nested more than 200 levels deep"),
                Arguments.of(
                        "deep blocks",
                        IntStream.range(0, 3000)
                                .mapToObj(i -> " ".repeat(i) + "a:\n")
                                .reduce("", String::concat),
                        "201:201: error: the document is nested more than 200 levels deep"),
                Arguments.of(
                        "deep list in one line",
                        "- ".repeat(50_000) + "a",
                        "1:403: error: the document is nested more than 200 levels deep"),
                Arguments.of(
                        "deep JSON",
                        "{\"a\":".repeat(100_000),
                        "1:1006: error: the document is nested more than 200 levels deep"),
                Arguments.of(
                        "10 MB in a name",
                        ns + "a".repeat(10 << 20) + "\n",
                        "4:9: error: metadata.name: Invalid value: \"" + "a".repeat(80)
                                + "...\": must be no more than 63 bytes"),
                Arguments.of(
                        "10 MB in a quote that is not closed",
                        ns + "\"" + "a".repeat(10 << 20) + "\n",
                        "4:9: error: the quote that opens here is never closed"),
                Arguments.of(
                        "10 MB of a key",
                        "a".repeat(10 << 20) + ": b\n",
                        "1:1: error: a key is longer than 1024 characters"),
                Arguments.of("10 MB of spaces", " ".repeat(10 << 20), ""),
                Arguments.of("10 MB of line breaks", "\n".repeat(10 << 20), ""),
                Arguments.of("a million comments", "# x\n".repeat(1_000_000), ""),
                Arguments.of("300,000 empty documents", "---\n".repeat(300_000), ""),
                Arguments.of(
                        "100,000 keys, one of them twice",
                        IntStream.range(0, 100_000)
                                        .mapToObj(i -> "k" + i + ": v\n")
                                        .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                                + "k7: v\n",
                        "100001:1: error: the key k7 is given twice, first on line 8"
                                + " (kubectl would silently keep the last; remove one of them)"),
                Arguments.of(
                        "20,000 merges",
                        "a: &a {x: y}\nb:\n  <<: [" + "*a, ".repeat(20_000) + "*a]\n",
                        "1:1: warning: no Kubernetes object: apiVersion and kind are missing; it is skipped"),
                Arguments.of(
                        "400 DaemonSets on 400 nodes",
                        nodesAndDaemonSets(400),
                        "1551:1: error: default/d376[DaemonSet] asks for 400 pods; a cluster holds at most 150000"),
                Arguments.of(
                        "tabs",
                        "apiVersion: v1\nkind: Namespace\nmetadata:\n\tname: x\n",
                        "4:1: error: a tab is used for indentation (YAML knows only spaces; replace it)"),
                Arguments.of(
                        "an anchor that contains itself",
                        "apiVersion: v1\nkind: Namespace\nmetadata: &m {name: x, labels: *m}\n",
                        "3:32: error: the anchor &m contains itself"),
                Arguments.of(
                        "nulls everywhere",
                        Reading.policy("podSelector:\npolicyTypes: ~\ningress: null\negress: Null\n"),
                        ""),
                Arguments.of(
                        "nulls in lists",
                        Reading.policy("podSelector: {}\ningress: [null, {from: [null]}, {ports: [~]}]\n"),
                        "7:27: error: spec.ingress[1].from[0]: Required value: must specify a peer (podSelector,"
                                + " namespaceSelector or ipBlock)"),
                Arguments.of(
                        "a number where everything should be",
                        "apiVersion: v1\nkind: Pod\nmetadata: 5\n",
                        "3:11: error: metadata: expected a mapping, found the number 5"),
                Arguments.of(
                        "a list for every mapping",
                        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: x}\nspec: [podSelector]\n",
                        "4:7: error: spec: expected a mapping, found a list (remove the dash)"),
                Arguments.of("CRLF", (ns + "x\n").replace("\n", "\r\n"), ""),
                Arguments.of("CR alone", (ns + "x\n").replace("\n", "\r"), ""),
                Arguments.of(
                        "CRLF counts as one line",
                        (ns + "X\n").replace("\n", "\r\n"),
                        "4:9: error: metadata.name: Invalid value: \"X\": "
                                + NameRules.label("X").getFirst()),
                Arguments.of("byte order mark", "\uFEFF" + ns + "x\n", ""),
                Arguments.of(
                        "byte order mark before JSON",
                        "\uFEFF{}",
                        "1:1: warning: no Kubernetes object:" + " apiVersion and kind are missing; it is skipped"),
                Arguments.of("a byte order mark inside", ns + "x\n---\n\uFEFF" + ns + "z\n", ""),
                Arguments.of(
                        "control character",
                        ns + "\u0007\n",
                        "4:9: error: the control character U+0007 is not allowed (remove it)"),
                Arguments.of("NUL", ns + "\0\n", "4:9: error: the control character U+0000 is not allowed (remove it)"),
                Arguments.of(
                        "direction override in a name",
                        ns + "\"a\u202Eb\"\n",
                        "4:9: error: metadata.name: Invalid value: \"a\\u202eb\": "
                                + NameRules.label("X").getFirst()),
                Arguments.of(
                        "a lone surrogate in JSON",
                        "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"\\ud800\"}}",
                        "1:64: error: metadata.name: Invalid value: \"\\ud800\": "
                                + NameRules.label("X").getFirst()),
                Arguments.of("a List of itself in depth", lists(60), ""),
                Arguments.of("only a separator", "---", ""),
                Arguments.of("only a document end", "...\n", ""),
                Arguments.of(
                        "a binary file",
                        "\u007fELF\u0002\u0001",
                        "1:1: error: the control character U+007F is not allowed (remove it)"));
    }

    private static String laughs() {
        StringBuilder out = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 10; i++) {
            out.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(8) + "*a" + (i - 1) + "]\n");
        }
        return out.toString();
    }

    private static String nodesAndDaemonSets(int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            out.append("{apiVersion: v1, kind: Node, metadata: {name: n" + i + "}}\n---\n");
        }
        for (int i = 1; i <= count; i++) {
            out.append("{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: d" + i + "}}\n---\n");
        }
        return out.toString();
    }

    private static String lists(int depth) {
        return "{apiVersion: v1, kind: List, items: [".repeat(depth) + "]}".repeat(depth);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void oneMessageSoon(String name, String text, String message) {
        List<String> said = assertTimeoutPreemptively(SOON, () -> Reading.said(text));
        assertThat(said).as(name).isEqualTo(message.isEmpty() ? List.of() : List.of(message));
    }

    @Test
    void bytesThatAreNoUtf8() {
        byte[] bytes = "apiVersion: v1\nkind: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Reading.said(Reading.of(bytes)))
                .containsExactly("2:10: error: the file is not UTF-8 text: byte 0xe9 (save it as UTF-8)");
    }

    @Test
    void utf16WithAByteOrderMarkIsText() {
        byte[] bytes =
                "\uFEFFapiVersion: v1\nkind: Namespace\nmetadata:\n  name: x\n".getBytes(StandardCharsets.UTF_16LE);
        Manifests read = Reading.of(bytes);
        assertThat(read.diagnostics()).isEmpty();
        assertThat(read.snapshot().namespaces()).containsKey("x");
    }

    @Test
    void aHundredThousandErrorsAreCutShort() {
        String labels = IntStream.range(0, 100_000)
                .mapToObj(i -> "    k" + i + ": 1\n")
                .collect(java.util.stream.Collectors.joining());
        List<String> said = assertTimeoutPreemptively(
                SOON,
                () -> Reading.said("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: x\n  labels:\n" + labels));
        assertThat(said).hasSize(Problems.MOST_OF_A_FILE + 1);
        assertThat(said.getLast()).isEqualTo(" error: there are more errors in this file; they are left out");
    }
}
