package io.sluice.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The standard output, whose failures count: half a report with the exit status of a whole one would be believed. Print
 * streams keep such failures to themselves.
 */
final class Output extends OutputStream {
    /** What a shell reports for a program that wrote to a pipe that nobody reads: 128 and SIGPIPE. */
    private static final int NOBODY_READS = 141;

    private static final int CANNOT_WRITE = 2;

    private final OutputStream file = new FileOutputStream(FileDescriptor.out);

    private Output() {}

    /** From here on, the command ends where its output cannot be written. */
    static void install() {
        System.setOut(new PrintStream(new BufferedOutputStream(new Output()), false, StandardCharsets.UTF_8));
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        try {
            file.write(bytes, from, length);
        } catch (IOException e) {
            fail(e);
        }
    }

    /** What the command leaves behind, such as a lab, is cleaned up by the hooks that it has for that. */
    private static void fail(IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (reason.contains("Broken pipe")) {
            System.exit(NOBODY_READS);
        }
        System.err.println("sluice: the output cannot be written: " + reason);
        System.exit(CANNOT_WRITE);
    }
}
