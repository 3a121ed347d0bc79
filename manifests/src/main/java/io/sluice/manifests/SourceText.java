package io.sluice.manifests;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes to text: UTF-8, or UTF-16 where a byte order mark says so (YAML 1.2 §5.2), strictly. */
final class SourceText {
    private static final char MARK = '\uFEFF';

    private SourceText() {}

    /** The text without byte order mark; empty, and reported, where the bytes are none. */
    static Optional<String> decode(byte[] bytes, Problems problems) {
        int mark = 0;
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
            mark = 3;
        } else if (startsWith(bytes, 0xff, 0xfe)) {
            decoder = StandardCharsets.UTF_16LE.newDecoder();
            mark = 2;
        } else if (startsWith(bytes, 0xfe, 0xff)) {
            decoder = StandardCharsets.UTF_16BE.newDecoder();
            mark = 2;
        }
        decoder.onMalformedInput(CodingErrorAction.REPORT).onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
        CharBuffer out = CharBuffer.allocate((int) Math.ceil((bytes.length - mark) * decoder.maxCharsPerByte()) + 1);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            String hex = String.format("0x%02x", bytes[in.position()] & 0xff);
            problems.error(
                    "not-text",
                    placeOf(text, text.length()),
                    "the file is not " + decoder.charset() + " text: byte " + hex,
                    "save it as UTF-8");
            return Optional.empty();
        }
        if (firstControl(text, problems)) {
            return Optional.empty();
        }
        // A mark may begin any line (files joined by cat); it means nothing there.
        return Optional.of(text.indexOf(MARK) < 0 ? text : text.replace("\n" + MARK, "\n"));
    }

    private static boolean firstControl(String text, Problems problems) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 && c != '\n' && c != '\r' && c != '\t' || c == 0x7f) {
                problems.error(
                        "control-character",
                        placeOf(text, i),
                        String.format("the control character U+%04X is not allowed", (int) c),
                        "remove it");
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, int... prefix) {
        if (bytes.length < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if ((bytes[i] & 0xff) != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    /** Line and column of an index. */
    static Place placeOf(CharSequence text, int index) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n'
                    || text.charAt(i) == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n')) {
                line++;
                start = i + 1;
            }
        }
        return new Place(line, Character.codePointCount(text, start, index) + 1);
    }
}
