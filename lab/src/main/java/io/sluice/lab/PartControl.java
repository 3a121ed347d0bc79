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
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How other processes speak with a part of the lab: one word a connection, {@code status}, {@code apply} or {@code stop};
 * the reply is {@code ok} and what there is to say, or what went wrong.
 */
final class PartControl implements AutoCloseable {
    private static final String OK = "ok\n";

    private final LabPart part;
    private final Path path;
    private final ServerSocketChannel socket;

    private PartControl(String role, LabPart part) throws IOException {
        this.part = part;
        this.path = LabFiles.socket(role);
        Files.deleteIfExists(path);
        this.socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(path));
        Thread.ofPlatform().daemon().name("control of the " + role).start(this::serve);
    }

    static PartControl open(String role, LabPart part) throws IOException {
        return new PartControl(role, part);
    }

    /**
     * Gives an order to a part of the lab and waits for the reply.
     *
     * @return what it said; empty if that part does not run
     * @throws LabException if the part could not do it
     */
    static Optional<String> order(String role, String word) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(LabFiles.socket(role)));
            channel.write(ByteBuffer.wrap(word.getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            String reply = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            if (!reply.startsWith(OK)) {
                throw new LabException(reply.isEmpty() ? "the lab's " + role + " died over it" : reply);
            }
            return Optional.of(reply.substring(OK.length()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * What a part says of itself.
     *
     * @return empty if it does not run, or hangs: then it says nothing for some seconds
     */
    static Optional<String> status(String role) {
        return within(5, role, "status");
    }

    /** Asks a part to end; empty if it does not run, or must be ended by force. */
    static Optional<String> stop(String role) {
        return within(10, role, "stop");
    }

    /** On a thread of its own, which is left behind if the part hangs. */
    private static Optional<String> within(int seconds, String role, String word) {
        FutureTask<Optional<String>> reply = new FutureTask<>(() -> order(role, word));
        Thread.ofPlatform().daemon().name(word + " to the " + role).start(reply);
        try {
            return reply.get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException e) {
            // It failed, hangs, or ended before it could say that it would.
            return Optional.empty();
        }
    }

    private void serve() {
        while (socket.isOpen()) {
            try (SocketChannel channel = socket.accept()) {
                String word = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
                channel.write(ByteBuffer.wrap(obey(word).getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                // Who asked has gone, or the socket was closed: in both cases there is nobody to tell.
                continue;
            }
        }
    }

    private String obey(String word) {
        try {
            return switch (word) {
                case "status" -> OK + part.status();
                case "apply" -> {
                    part.apply(LabState.read().orElseThrow(() -> new LabException("the lab's state is gone")));
                    yield OK;
                }
                case "stop" -> {
                    part.close();
                    yield OK;
                }
                default -> "the lab's parts do not know the word " + word;
            };
        } catch (Exception e) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new LabException("cannot close " + path + ": " + e.getMessage(), e);
        }
    }
}
