package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be read is said with its name and its place in one line, with status 2 and nothing that looks like a result. */
class UnreadableFilesTest {
    /** Root reads everything; without these two capabilities it is kept out of its own files like anybody. */
    private static final List<String> LIKE_ANYBODY =
            List.of("setpriv", "--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search");

    @TempDir
    static Path folder = Path.of("");

    @BeforeAll
    static void files() throws IOException {
        write("pods.yaml", """
                apiVersion: v1
                kind: Pod
                metadata: {name: web, namespace: shop, labels: {app: web}}
                spec: {containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}
                """);
        write("empty", "");
        write("crlf.jsonl", "{\"from\":\"shop/web\",\"to\":\"192.0.2.1\",\"port\":80}\r\n\r\n");
        write(
                "tests.yaml",
                "tests:\r\n  - {name: out, from: shop/web, to: 192.0.2.1, ports: [TCP 80], expect: allow}\r\n");
        bytes("binary", 0x7f, 'E', 'L', 'F', 0, 1, 2, 0xff);
        bytes("latin1", 'k', 'i', 'n', 'd', ':', ' ', 0xe9, '\n');
        bytes("packed.gz", 0x1f, 0x8b, 8, 0, 0);
        Files.createSymbolicLink(folder.resolve("self"), Path.of("self"));
        Files.createDirectories(folder.resolve("full/sub"));
        Files.createSymbolicLink(folder.resolve("full/sub/up"), Path.of(".."));
        Files.copy(folder.resolve("pods.yaml"), folder.resolve("full/sub/pods.yaml"));
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
        }
        // One line of 100 MB; the file takes no room.
        try (RandomAccessFile line = new RandomAccessFile(folder.resolve("line").toFile(), "rw")) {
            line.setLength(100_000_000);
        }
        write("sealed", "");
        write("locked/pods.yaml", "");
        Files.setPosixFilePermissions(folder.resolve("sealed"), PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(folder.resolve("locked"), PosixFilePermissions.fromString("---------"));
    }

    private static void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    private static void bytes(String name, int... values) throws IOException {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        Files.write(folder.resolve(name), bytes);
    }

    private static Sluice.Run run(List<String> wrapper, String line) throws Exception {
        List<String> all = new ArrayList<>(List.of("env", "-C", folder.toString()));
        all.addAll(wrapper);
        return Sluice.run(all, line.split(" +"));
    }

    private static void refuses(List<String> wrapper, String line, String said) throws Exception {
        Sluice.Run run = run(wrapper, line);
        assertThat(run.err().lines().filter(l -> !l.endsWith(" ...")))
                .as(line)
                .singleElement()
                .asString()
                .startsWith(said);
        assertThat(run.status()).as(line).isEqualTo(2);
        assertThat(run.out()).as(line).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            connectivity binary                        ; binary:1:8: error: the file is not UTF-8 text
            connectivity latin1                        ; latin1:1:7: error: the file is not UTF-8 text: byte 0xe9
            lint packed.gz                             ; packed.gz:1:2: error: the file is not UTF-8 text: byte 0x8b
            check empty                                ; empty: error: no workload, policy or other object
            explain self --from a --to b               ; self: error: Too many levels of symbolic links
            generate socket --static                   ; socket: error: No such device or address
            convert line --to cilium                   ; line:1:1: error: the control character U+0000
            decide pods.yaml -c binary                 ; binary:1: not JSON
            decide pods.yaml -c self                   ; self: error: cannot be read: Too many levels
            decide pods.yaml -c full                   ; full: error: cannot be read: Is a directory
            decide pods.yaml -c socket                 ; socket: error: cannot be read: No such device
            decide pods.yaml -c nowhere                ; nowhere: error: cannot be read: no such file
            decide pods.yaml -c line                   ; line:1: longer than 67108864 bytes
            generate pods.yaml --flows line            ; line:1: not JSON
            generate pods.yaml --flows binary          ; binary:1: not JSON
            generate pods.yaml --flows full            ; full: error: cannot be read: Is a directory
            test pods.yaml -t binary                   ; binary:1:8: error: the file is not UTF-8 text
            test pods.yaml -t empty                    ; empty:1:1: error: there are no tests
            test pods.yaml -t nowhere                  ; nowhere: error: cannot be read: no such file
            lint pods.yaml --config latin1             ; latin1:1:7: error: the file is not UTF-8 text
            lint pods.yaml --baseline full             ; full: error: cannot be read: Is a directory
            lint pods.yaml --write-baseline /dev/full  ; /dev/full: error: cannot be written: No space left on device
            lint pods.yaml --write-baseline no/file    ; no/file: error: cannot be written: no such file
            diff pods.yaml pods.yaml --allow latin1    ; latin1:1: error: the file is not UTF-8 text
            diff pods.yaml pods.yaml --allow nowhere   ; nowhere: error: cannot be read: no such file
            """)
    void isSaid(String line, String said) throws Exception {
        refuses(List.of(), line, said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            connectivity locked                     ; locked: error: cannot be read: permission denied
            lint sealed                             ; sealed: error: permission denied
            explain locked --from a --to b          ; locked: error: cannot be read: permission denied
            check locked                            ; locked: error: cannot be read: permission denied
            diff locked pods.yaml                   ; locked: error: cannot be read: permission denied
            generate locked --static                ; locked: error: cannot be read: permission denied
            convert locked --to cilium              ; locked: error: cannot be read: permission denied
            decide pods.yaml -c sealed              ; sealed: error: cannot be read: permission denied
            generate pods.yaml --flows sealed       ; sealed: error: cannot be read: permission denied
            test pods.yaml -t sealed                ; sealed: error: cannot be read: permission denied
            lint pods.yaml --config sealed          ; sealed: error: cannot be read: permission denied
            lint pods.yaml --write-baseline sealed  ; sealed: error: cannot be written: permission denied
            diff pods.yaml pods.yaml --allow sealed ; sealed: error: cannot be read: permission denied
            """)
    void withoutPermission(String line, String said) throws Exception {
        refuses(likeAnybody(), line, said);
    }

    private static List<String> likeAnybody() throws Exception {
        if (!Files.isReadable(folder.resolve("sealed"))) {
            return List.of();
        }
        List<String> probe = new ArrayList<>(LIKE_ANYBODY);
        probe.addAll(List.of("cat", folder.resolve("sealed").toString()));
        assumeTrue(
                Tool.find("setpriv").isPresent()
                        && Sluice.output(probe.toArray(String[]::new)).contains("Permission denied"),
                "root cannot be kept from reading here");
        return LIKE_ANYBODY;
    }

    @Test
    void linesMayEndAsOnWindowsAndLinksMayFormALoop() throws Exception {
        assertThat(run(List.of(), "decide pods.yaml -c crlf.jsonl").out()).contains("\"verdict\":\"allow\"");
        assertThat(run(List.of(), "test pods.yaml -t tests.yaml").status()).isZero();
        Sluice.Run looped = run(List.of(), "connectivity full");
        assertThat(looped.status()).as(looped.err()).isZero();
        assertThat(looped.out()).contains("shop/web[Pod] => ");
    }

    /** What a shell makes of {@code <(kubectl get … -o yaml)}. */
    @Test
    void aPipeIsRead() throws Exception {
        String script = "mkfifo pipe; cat pods.yaml > pipe & exec \"$@\"";
        Sluice.Run run = run(List.of("sh", "-c", script, "sh"), "connectivity pipe");
        assertThat(run.out()).contains("shop/web[Pod] => ");
    }
}
