package io.sluice.analysis.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A large buffer in front of a stream: nothing leaves before it is full or flushed. */
public final class Bytes {
    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 20];
    private int filled;

    public Bytes(OutputStream out) {
        this.out = out;
    }

    public Bytes add(byte[] bytes, int from, int to) throws IOException {
        int count = to - from;
        if (count > buffer.length - filled) {
            flush();
            if (count > buffer.length) {
                out.write(bytes, from, count);
                return this;
            }
        }
        System.arraycopy(bytes, from, buffer, filled, count);
        filled += count;
        return this;
    }

    public Bytes add(byte[] bytes) throws IOException {
        return add(bytes, 0, bytes.length);
    }

    public Bytes add(CharSequence text) throws IOException {
        return add(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    public Bytes add(char ascii) throws IOException {
        if (filled == buffer.length) {
            flush();
        }
        buffer[filled++] = (byte) ascii;
        return this;
    }

    public void flush() throws IOException {
        out.write(buffer, 0, filled);
        filled = 0;
        out.flush();
    }
}
