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

/**
 * How other processes speak with the lab's host: one word a connection, {@code status}, {@code apply} or {@code stop};
 * the reply is {@code ok}, or what went wrong.
 */
final class HostControl implements AutoCloseable {
    private static final String OK = "ok";

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

    /**
     * Gives an order to the host of the lab of this machine and waits for the reply.
     *
     * @return empty if there is no host
     * @throws LabException if the host could not do it
     */
    static Optional<String> order(String word) {
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
                case "stop" -> host.close();
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
