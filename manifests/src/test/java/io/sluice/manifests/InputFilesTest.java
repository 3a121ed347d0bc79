package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, folders and the standard input. */
class InputFilesTest {
    @TempDir
    Path folder = Path.of("");

    @BeforeEach
    void files() throws IOException {
        write("b.yaml", namespace("b"));
        write("a.yml", namespace("a"));
        write("sub/c.json", "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"c\"}}");
        write("sub/D.YAML", namespace("d"));
        write("notes.txt", "not: read");
        write("values.yaml", "replicas: 3\n");
        write(".git/x.yaml", namespace("hidden"));
        write(".hidden.yaml", namespace("hidden"));
    }

    @Test
    void aFolderIsReadByNameWithoutHiddenOnes() {
        Manifests read = read(folder);
        assertThat(read.diagnostics()).isEmpty();
        assertThat(read.snapshot().namespaces().keySet()).containsExactly("a", "b", "d", "c");
    }

    @Test
    void aFileReachedTwiceIsReadOnce() {
        assertThat(read(folder, folder.resolve("a.yml"), folder.resolve("sub/../a.yml"))
                        .diagnostics())
                .isEmpty();
    }

    @Test
    void loopsOfLinksEnd() throws IOException {
        Files.createSymbolicLink(folder.resolve("sub/loop"), folder);
        Files.createSymbolicLink(folder.resolve("sub/again.yaml"), folder.resolve("b.yaml"));
        assertThat(read(folder).diagnostics()).isEmpty();
    }

    @Test
    void aNameDoesNothingToATerminal() throws IOException {
        write("\u001b[31mred\nb.yaml", "a: [\n");
        assertThat(said(read(folder)))
                .containsExactly("\\u001b[31mred\\u000ab.yaml:1:4: error: the bracket that opens here is never closed");
    }

    @Test
    void aLinkToNothingIsSaid() throws IOException {
        Files.createSymbolicLink(folder.resolve("dangling.yaml"), folder.resolve("gone.yaml"));
        assertThat(said(read(folder))).containsExactly("dangling.yaml: error: no such file or folder");
    }

    @Test
    void aDocumentThatIsNoObjectIsOnlyWorthAWordWhenNamed() {
        assertThat(said(read(folder.resolve("values.yaml"))))
                .containsExactly(
                        "values.yaml:1:1: warning: no Kubernetes object: apiVersion and kind are missing; it is"
                                + " skipped");
    }

    @Test
    void brokenYamlInAFolderIsAnError() throws IOException {
        write("sub/broken.yaml", "a: [\n");
        assertThat(said(read(folder)))
                .containsExactly("sub/broken.yaml:1:4: error: the bracket that opens here is never closed");
    }

    @Test
    void whatIsNotThere() {
        assertThat(said(read(folder.resolve("nope.yaml")))).containsExactly("nope.yaml: error: no such file or folder");
    }

    @Test
    void anEmptyFolder() throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        assertThat(said(read(folder.resolve("empty"))))
                .containsExactly("empty: warning: the folder holds no .yaml, .yml or .json file");
    }

    /** What it holds is not known: then it is not said to hold nothing. Where everything can be read it is empty. */
    @Test
    void aFolderThatMayNotBeRead() throws IOException {
        Path sealed = Files.createDirectory(folder.resolve("sealed"));
        Files.setPosixFilePermissions(sealed, PosixFilePermissions.fromString("---------"));
        assertThat(said(read(sealed)))
                .containsExactly(
                        Files.isReadable(sealed)
                                ? "sealed: warning: the folder holds no .yaml, .yml or .json file"
                                : "sealed: error: cannot be read: permission denied");
        Files.setPosixFilePermissions(sealed, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void noPathAtAll() {
        Manifests read = ManifestReader.read(
                List.of(Path.of("a\0b".replace('\0', 'x')).toString(), "x\0y"), InputStream.nullInputStream());
        assertThat(read.diagnostics().stream().map(Diagnostic::message))
                .containsExactly("no such file or folder", "is no path: Nul character not allowed");
    }

    @Test
    void standardInputBesideFilesIsOneCluster() {
        Manifests read = ManifestReader.read(
                List.of(folder.resolve("a.yml").toString(), "-"),
                new ByteArrayInputStream(namespace("a").getBytes(StandardCharsets.UTF_8)));
        assertThat(read.diagnostics().toString().replace(folder + "/", ""))
                .isEqualTo("[<stdin>:1:1: error: Namespace a is given twice, first at a.yml:1"
                        + " (all paths of one call are one cluster; remove one of them)]");
    }

    @Test
    void aStreamThatFails() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the pipe is gone");
            }
        };
        assertThat(ManifestReader.read(List.of("-"), failing).diagnostics())
                .extracting(Diagnostic::toString)
                .containsExactly("<stdin>: error: cannot be read: the pipe is gone");
    }

    private static String namespace(String name) {
        return "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: " + name + "\n";
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Manifests read(Path... paths) {
        return ManifestReader.read(Arrays.stream(paths).map(Path::toString).toList(), InputStream.nullInputStream());
    }

    private List<String> said(Manifests read) {
        return read.diagnostics().stream()
                .map(d -> d.toString().replace(folder + "/", ""))
                .toList();
    }

    /** A carriage return ends a line, as it does in YAML and in an editor; with a line feed behind it they end one. */
    @Test
    void aCarriageReturnEndsALineOfJsonToo() {
        assertThat(Reading.said(Reading.of("{\"kind\": 1,\r\"a\" x}")).getFirst())
                .startsWith("2:5: error");
        assertThat(Reading.said(Reading.of("{\"kind\": 1,\r\n\"a\" x}")).getFirst())
                .startsWith("2:5: error");
    }

    /** A character that takes two of Java's is one to an editor, and in YAML. */
    @Test
    void columnsOfJsonCountCharacters() {
        assertThat(Reading.said(Reading.of("{\"a\":\"\ud83d\ude00\ud83d\ude00\" x}"))
                        .getFirst())
                .startsWith("1:11: error");
        String object =
                "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"uid\": \"\ud83d\ude00\", \"name\": 5}}";
        assertThat(Reading.said(Reading.of(object)).getFirst()).startsWith("1:76: error");
    }
}
