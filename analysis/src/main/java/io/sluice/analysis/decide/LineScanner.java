package io.sluice.analysis.decide;

import io.sluice.policy.net.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * Reads the usual form of a question, one flat JSON object without escapes, straight from the bytes. Everything else,
 * broken or merely unusual, is left to the full parser ({@link #scan} returns false).
 */
final class LineScanner {
    int fromStart;
    int fromEnd;
    int toStart;
    int toEnd;
    int port;

    private @Nullable Protocol protocol;

    private byte[] bytes = new byte[0];
    private int at;
    private int end;
    private int seen;

    private static final int FROM = 1;
    private static final int TO = 2;
    private static final int PORT = 4;
    private static final int PROTOCOL = 8;

    boolean scan(byte[] line, int start, int stop) {
        bytes = line;
        at = start;
        end = stop;
        seen = 0;
        protocol = Protocol.TCP;
        if (next() != '{') {
            return false;
        }
        do {
            if (next() != '"') {
                return false;
            }
            int key = at;
            int keyEnd = string();
            if (keyEnd < 0 || next() != ':' || !value(key, keyEnd)) {
                return false;
            }
            int separator = next();
            if (separator == '}') {
                return next() < 0 && (seen & (FROM | TO | PORT)) == (FROM | TO | PORT) && protocol != null;
            }
            if (separator != ',') {
                return false;
            }
        } while (true);
    }

    /** The protocol of the line just scanned. */
    Protocol protocol() {
        if (protocol == null) {
            throw new IllegalStateException("no line was scanned");
        }
        return protocol;
    }

    private boolean value(int key, int keyEnd) {
        int length = keyEnd - key;
        int first = next();
        if (first == '"') {
            int start = at;
            int stop = string();
            if (stop < 0) {
                return false;
            }
            if (length == 4 && bytes[key] == 'f' && is(key, "from")) {
                fromStart = start;
                fromEnd = stop;
                return once(FROM);
            }
            if (length == 2 && is(key, "to")) {
                toStart = start;
                toEnd = stop;
                return once(TO);
            }
            if (length == 8 && is(key, "protocol")) {
                protocol = stop - start == 3
                        ? is(start, "TCP") ? Protocol.TCP : is(start, "UDP") ? Protocol.UDP : null
                        : null;
                return once(PROTOCOL);
            }
            return length != 4 && length != 6 && length != 7 || !special(key, length);
        }
        if (first == '{' || first == '[' || first < 0) {
            return false;
        }
        at--;
        if (length == 4 && is(key, "port")) {
            return number() && once(PORT);
        }
        if (length == 4 && is(key, "from") || length == 2 && is(key, "to") || length == 8 && is(key, "protocol")) {
            return false;
        }
        return literal();
    }

    /** Members that have a meaning, though not as plain text here, or that an answer is going to have. */
    private boolean special(int key, int length) {
        return switch (length) {
            case 4 -> is(key, "port") || is(key, "flow");
            case 6 -> is(key, "egress") || is(key, "reason");
            default -> is(key, "verdict") || is(key, "ingress");
        };
    }

    private boolean once(int field) {
        boolean isFirst = (seen & field) == 0;
        seen |= field;
        return isFirst;
    }

    private boolean is(int start, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (bytes[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        int value = 0;
        int start = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at] - '0';
            at++;
            if (value > 0xffff) {
                return false;
            }
        }
        port = value;
        boolean leadingZero = at - start > 1 && bytes[start] == '0';
        return at > start && !leadingZero && atBoundary();
    }

    /** true, false, null or an integer, of a member that does not matter here. */
    private boolean literal() {
        int start = at;
        while (at < end && (bytes[at] >= 'a' && bytes[at] <= 'z' || bytes[at] >= '0' && bytes[at] <= '9')) {
            at++;
        }
        int length = at - start;
        boolean word = length == 4 && (is(start, "true") || is(start, "null")) || length == 5 && is(start, "false");
        boolean digits = length > 0 && bytes[start] > '0' && bytes[start] <= '9' || length == 1 && bytes[start] == '0';
        for (int i = start; i < at && digits; i++) {
            digits = bytes[i] <= '9';
        }
        return (word || digits) && atBoundary();
    }

    private boolean atBoundary() {
        return at < end && (bytes[at] == ',' || bytes[at] == '}' || bytes[at] <= ' ');
    }

    /** From behind the opening quote; the end of its content, or -1 if it has escapes or does not end. */
    private int string() {
        for (int i = at; i < end; i++) {
            byte b = bytes[i];
            if (b == '"') {
                at = i + 1;
                return i;
            }
            if (b == '\\' || b >= 0 && b < ' ') {
                return -1;
            }
        }
        return -1;
    }

    /** The next byte that is no white space, consumed; -1 at the end. */
    private int next() {
        while (at < end) {
            byte b = bytes[at++];
            if (b != ' ' && b != '\t' && b != '\r') {
                return b & 0xff;
            }
        }
        return -1;
    }
}
