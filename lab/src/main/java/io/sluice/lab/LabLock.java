package io.sluice.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps two processes from changing the lab of a machine at the same time. The kernel lets go of it when the process
 * dies. While no lab is up there is no file: who takes one away holds the lock on it, and who locked a file that has
 * been taken away tries again.
 */
final class LabLock implements AutoCloseable {
    private static final String BUSY = "the lab of this machine is being changed already; try again when that is done";

    /** Taken in this process. The kernel's lock is a process's, and any closing of the file in it lets go of it. */
    private static final AtomicBoolean HERE = new AtomicBoolean();

    private final FileChannel channel;

    private LabLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws LabException if another process has it */
    static LabLock take() {
        if (!HERE.compareAndSet(false, true)) {
            throw new LabException(BUSY);
        }
        try {
            return takeFromOthers();
        } catch (RuntimeException e) {
            HERE.set(false);
            throw e;
        }
    }

    private static LabLock takeFromOthers() {
        try {
            while (true) {
                Files.createDirectories(LabFiles.ROOT);
                FileChannel channel =
                        FileChannel.open(LabFiles.LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (channel.tryLock() == null) {
                    channel.close();
                    throw new LabException(BUSY);
                }
                String token = UUID.randomUUID().toString();
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(token.getBytes(StandardCharsets.US_ASCII)), 0);
                if (Files.exists(LabFiles.LOCK)
                        && Files.readString(LabFiles.LOCK).equals(token)) {
                    return new LabLock(channel);
                }
                channel.close();
            }
        } catch (IOException e) {
            throw new LabException("cannot lock " + LabFiles.LOCK + ": " + e.getMessage(), e);
        }
    }

    /** Removes the file, so that nothing is left of the lab; the lock is held to the end. */
    void removeFile() {
        try {
            Files.deleteIfExists(LabFiles.LOCK);
            Files.deleteIfExists(LabFiles.ROOT);
        } catch (DirectoryNotEmptyException e) {
            // Others keep things there too.
            return;
        } catch (IOException e) {
            throw new LabException("cannot remove " + LabFiles.LOCK + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LabException("cannot unlock " + LabFiles.LOCK + ": " + e.getMessage(), e);
        } finally {
            HERE.set(false);
        }
    }
}
