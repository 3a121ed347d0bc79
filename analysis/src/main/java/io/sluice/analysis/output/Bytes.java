package io.sluice.analysis.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow. They go to a stream only when asked to; then none are left. */
public final class Bytes {
    private static final int ENOUGH = 1 << 20;

    private byte[] buffer = new byte[1 << 12];
    private int filled;

    public Bytes add(byte[] bytes, int from, int to) {
        int count = to - from;
        reserve(count);
        System.arraycopy(bytes, from, buffer, filled, count);
        filled += count;
        return this;
    }

    public Bytes add(byte[] bytes) {
        return add(bytes, 0, bytes.length);
    }

    public Bytes add(CharSequence text) {
        return add(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    public Bytes add(char ascii) {
        reserve(1);
        buffer[filled++] = (byte) ascii;
        return this;
    }

    private void reserve(int count) {
        if (count > buffer.length - filled) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, filled + count));
        }
    }

    /** Writes them all. */
    public void flush(OutputStream out) throws IOException {
        out.write(buffer, 0, filled);
        filled = 0;
        out.flush();
    }

    /** Writes them all if there are enough for a write to be worth it. */
    public void flushIfEnough(OutputStream out) throws IOException {
        if (filled >= ENOUGH) {
            flush(out);
        }
    }
}
