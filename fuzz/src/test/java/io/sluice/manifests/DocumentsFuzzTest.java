package io.sluice.manifests;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Of one text there is one reading: the quick reader of common YAML and the full one, the text in pieces and as a whole,
 * JSON with and without places come to the same values. Here, beside the readers, because only their package sees them.
 */
class DocumentsFuzzTest {
    private static final int PIECE = 40;

    @FuzzTest(maxDuration = "6s")
    @DictionaryFile(resourcePath = "/io/sluice/fuzz/manifests.dict")
    void read(byte[] bytes) {
        Optional<String> decoded = SourceText.decode(bytes, Problems.start());
        String text = decoded.orElseGet(() -> new String(bytes, StandardCharsets.ISO_8859_1));
        quickAndFull(text);
        if (decoded.isPresent()) {
            wholeAndPieces(text);
        }
        placedAndUnplaced(text);
    }

    private static void quickAndFull(String text) {
        Optional<List<Value>> quick = CommonYaml.read(text, 7);
        if (quick.isPresent()) {
            List<Value> full = new ArrayList<>();
            YamlReader.readAll(text, 7, full);
            expectSame(quick.get(), full);
        }
    }

    private static void wholeAndPieces(String text) {
        Problems ofWhole = Problems.start();
        List<Value> whole = Documents.read(text, ofWhole);
        Problems ofPieces = Problems.start();
        List<Value> pieces = new ArrayList<>();
        for (Documents.Piece piece : Documents.pieces(text, PIECE)) {
            pieces.addAll(Documents.read(piece, ofPieces));
        }
        expectSame(whole, pieces);
        expectSame(ofWhole.sorted(), ofPieces.sorted());
    }

    /** Whether it is JSON, not what is wrong if not: that may name a line. */
    private static void placedAndUnplaced(String text) {
        List<Value> placed = new ArrayList<>();
        List<Value> unplaced = new ArrayList<>();
        expectSame(
                isJson(() -> JsonReader.readAll(text, placed)), isJson(() -> JsonReader.readUnplaced(text, unplaced)));
        expectSame(nowhere(placed), nowhere(unplaced));
    }

    private static boolean isJson(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (SyntaxException _) {
            return false;
        }
    }

    private static List<Value> nowhere(List<Value> values) {
        return values.stream()
                .map(value -> Resemblance.allAt(value, Place.NOWHERE))
                .toList();
    }

    private static void expectSame(Object one, Object other) {
        if (!one.equals(other)) {
            throw new AssertionError("two readings of one text: " + one + " and " + other);
        }
    }
}
