package io.sluice.lab.enforce;

import io.sluice.flows.Flow;
import io.sluice.flows.HubbleJson;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The flows of all nodes in one file of JSON lines, oldest first. When the file reaches its limit it becomes
 * {@code NAME.1} and a new one begins, so that a lab left alone fills no disk. Thread-safe.
 */
final class FlowLog implements AutoCloseable {
    private static final long LIMIT = 64L << 20;

    private final Path file;
    private Writer out;
    private long written;

    FlowLog(Path file) throws IOException {
        this.file = file;
        this.written = Files.exists(file) ? Files.size(file) : 0;
        this.out = open();
    }

    synchronized void add(Flow flow) throws IOException {
        String line = HubbleJson.line(flow);
        out.write(line);
        out.write('\n');
        written += line.length() + 1;
        if (written > LIMIT) {
            out.close();
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            out = open();
            written = 0;
        }
    }

    synchronized void flush() throws IOException {
        out.flush();
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }

    private Writer open() throws IOException {
        return Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
