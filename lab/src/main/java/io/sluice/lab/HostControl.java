package io.sluice.lab;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How other processes speak with the lab's host: one word a connection, {@code status}, {@code apply} or {@code stop};
 * the reply is {@code ok}, or what went wrong.
 */
final class HostControl implements AutoCloseable {
    private static final String OK = "ok";
    private static final String STOP = "stop";

    private final LabHost host;
    private final ServerSocketChannel socket;

    private HostControl(LabHost host) throws IOException {
        this.host = host;
        Files.deleteIfExists(LabFiles.SOCKET);
        this.socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(LabFiles.SOCKET));
        Thread.ofPlatform().daemon().name("lab control").start(this::serve);
    }

    static HostControl open(LabHost host) throws IOException {
        return new HostControl(host);
    }

    /** Whether a host answers within a few seconds; one that hangs counts as none. */
    static boolean answers() {
        return within(5, "status");
    }

    /** Asks the host to end; false if there is none, or it does not within some seconds and must be ended by force. */
    static boolean stop() {
        return within(10, STOP);
    }

    /**
     * Has the host put the lab's state in force and waits until it has.
     *
     * @throws LabException if there is no host or it could not
     */
    static void apply() {
        if (order("apply").isEmpty()) {
            throw new LabException("the lab's host died over it");
        }
    }

    /** On a thread of its own, which is left behind if the host hangs. */
    private static boolean within(int seconds, String word) {
        FutureTask<Boolean> answer = new FutureTask<>(() -> order(word).isPresent());
        Thread.ofPlatform().daemon().name("lab " + word).start(answer);
        try {
            return answer.get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            // It answered with a failure, or with nothing.
            return false;
        }
    }

    /** The reply to an order; empty if there is no host. */
    private static Optional<String> order(String word) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(LabFiles.SOCKET));
            channel.write(ByteBuffer.wrap(word.getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            String reply = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            if (!reply.equals(OK)) {
                throw new LabException(reply.isEmpty() ? "the lab's host died over it" : reply);
            }
            return Optional.of(reply);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void serve() {
        while (socket.isOpen()) {
            try (SocketChannel channel = socket.accept()) {
                String word = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
                String reply = obey(word);
                channel.write(ByteBuffer.wrap(reply.getBytes(StandardCharsets.UTF_8)));
                if (word.equals(STOP)) {
                    // Not before: the process ends with it.
                    host.stopped();
                }
            } catch (IOException e) {
                // Who asked has gone, or the socket was closed: in both cases there is nobody to tell.
                continue;
            }
        }
    }

    private String obey(String word) {
        try {
            switch (word) {
                case "status" -> {}
                case "apply" ->
                    host.apply(LabState.read().orElseThrow(() -> new LabException("the lab's state is gone")));
                case STOP -> host.end();
                default -> throw new LabException("the lab's host does not know the word " + word);
            }
            return OK;
        } catch (Exception e) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            Files.deleteIfExists(LabFiles.SOCKET);
        } catch (IOException e) {
            throw new LabException("cannot close " + LabFiles.SOCKET + ": " + e.getMessage(), e);
        }
    }
}
