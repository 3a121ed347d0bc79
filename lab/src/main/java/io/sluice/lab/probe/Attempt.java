package io.sluice.lab.probe;

import io.sluice.lab.LabException;
import io.sluice.lab.probe.Observation.Outcome;
import io.sluice.lab.probe.Probe.Question;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One socket's try at one probe. Made inside the source's namespace, finished outside by the prober's thread. */
final class Attempt {
    private static final byte[] GREETING = "sluice\n".getBytes(StandardCharsets.US_ASCII);

    final int index;
    final Probe probe;
    final Duration patience;

    private @Nullable SelectableChannel channel;
    private @Nullable Outcome early;
    private long startedNanos;
    private boolean over;

    /** @param index of the probe in its list */
    Attempt(int index, Probe probe, Duration patience) {
        this.index = index;
        this.probe = probe;
        this.patience = patience;
    }

    /** Opens the socket and sends the first packet. The calling thread must be in the source's namespace. */
    void start() {
        try {
            channel = probe.protocol().equals(Protocol.TCP) ? connect() : send();
        } catch (IOException e) {
            // A socket that cannot even be made says nothing about the network.
            throw new LabException("cannot open a socket to probe with: " + e.getMessage(), e);
        }
    }

    private SelectableChannel connect() throws IOException {
        SocketChannel socket = SocketChannel.open(family());
        socket.configureBlocking(false);
        // Reset at the end: no TIME_WAIT on either side, however many are tried.
        socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        bind(socket);
        startedNanos = System.nanoTime();
        try {
            if (socket.connect(socketAddress(probe.address(), probe.port()))) {
                early = Outcome.ANSWERED;
            }
        } catch (IOException e) {
            early = failure(e);
        }
        return socket;
    }

    private SelectableChannel send() throws IOException {
        DatagramChannel socket = DatagramChannel.open(family());
        socket.configureBlocking(false);
        bind(socket);
        startedNanos = System.nanoTime();
        try {
            socket.connect(socketAddress(probe.address(), probe.port()));
            byte[] payload = probe.question() == Question.DNS ? DnsMessage.query(index) : GREETING;
            socket.write(ByteBuffer.wrap(payload));
        } catch (IOException e) {
            early = failure(e);
        }
        return socket;
    }

    private void bind(java.nio.channels.NetworkChannel socket) throws IOException {
        Optional<Ip> from = probe.from().address();
        if (from.isPresent()) {
            socket.bind(socketAddress(from.get(), 0));
        }
    }

    /** The outcome, if it is known without waiting. */
    Optional<Outcome> early() {
        return Optional.ofNullable(early);
    }

    SelectableChannel channel() {
        if (channel == null) {
            throw new IllegalStateException("not started");
        }
        return channel;
    }

    int interest() {
        return channel() instanceof SocketChannel ? SelectionKey.OP_CONNECT : SelectionKey.OP_READ;
    }

    /** What the ready socket has to say; empty if it must be waited for longer. */
    Optional<Outcome> ready(ByteBuffer buffer) {
        try {
            return switch (channel()) {
                case SocketChannel tcp -> tcp.finishConnect() ? Optional.of(Outcome.ANSWERED) : Optional.empty();
                case DatagramChannel udp -> {
                    if (udp.read(buffer.clear()) <= 0) {
                        yield Optional.empty();
                    }
                    buffer.flip();
                    yield probe.question() == Question.GREETING || DnsMessage.answers(buffer, index)
                            ? Optional.of(Outcome.ANSWERED)
                            : Optional.empty();
                }
                default -> throw new IllegalStateException("only these two are made");
            };
        } catch (IOException e) {
            return Optional.of(failure(e));
        }
    }

    /** Since the first packet, up to a time of {@link System#nanoTime}. */
    Duration elapsed(long nowNanos) {
        return Duration.ofNanos(nowNanos - startedNanos);
    }

    boolean over() {
        return over;
    }

    void close() {
        over = true;
        try {
            channel().close();
        } catch (IOException e) {
            throw new LabException("cannot close a probe's socket: " + e.getMessage(), e);
        }
    }

    /**
     * ECONNREFUSED comes as one of the first two; the JDK gives a ConnectException for ETIMEDOUT as well, but the
     * kernel takes two minutes to that.
     */
    private static Outcome failure(IOException e) {
        return switch (e) {
            case PortUnreachableException _ -> Outcome.REFUSED;
            case ConnectException _ -> Outcome.REFUSED;
            case java.net.BindException _ -> throw new LabException("no free port to probe from: " + e.getMessage(), e);
            default -> Outcome.UNREACHABLE;
        };
    }

    private ProtocolFamily family() {
        return probe.address().isV4() ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    private static InetSocketAddress socketAddress(Ip ip, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(ip.bytes()), port);
    }
}
