package io.sluice.lab;

import io.sluice.dataplane.linux.NetworkNamespace;
import io.sluice.lab.RulePorts.Port;
import io.sluice.policy.net.Ip;
import io.sluice.policy.net.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Answers on the ports of the lab: a TCP connection gets one line with the name of who answers and is closed, a
 * datagram gets the line back.
 *
 * <p>A socket belongs to the namespace it was made in, whoever uses it. So a thread enters the namespace, binds and
 * ends, and one thread outside serves all sockets. No thread may be started inside: it would stay there and keep the
 * namespace alive.
 */
final class Listeners implements AutoCloseable {
    /** As many connections as may wait to be accepted; the kernel bounds it by net.core.somaxconn. */
    private static final int BACKLOG = 4096;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Selector selector;
    private final Thread server;
    private final Map<Station, List<Channel>> open = new LinkedHashMap<>();
    private final Queue<FutureTask<Integer>> orders = new ConcurrentLinkedQueue<>();

    private Listeners() throws IOException {
        selector = Selector.open();
        server = Thread.ofPlatform().daemon().name("lab listeners").start(this::serve);
    }

    static Listeners start() {
        try {
            return new Listeners();
        } catch (IOException e) {
            throw new LabException("cannot listen: " + e.getMessage(), e);
        }
    }

    /** Listens at these stations and no others; sockets of stations that stay as they are are not touched. */
    void serve(List<Station> stations) {
        List<Station> gone =
                open.keySet().stream().filter(s -> !stations.contains(s)).toList();
        List<Channel> closing = new ArrayList<>();
        gone.forEach(s -> closing.addAll(open.remove(s)));
        onServer(() -> {
            closing.forEach(Listeners::closeQuietly);
            // A closed channel keeps its port until the selector has let go of it.
            return selector.selectNow();
        });
        for (Station station : stations) {
            if (!open.containsKey(station)) {
                open.put(station, bind(station));
            }
        }
    }

    int sockets() {
        return open.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public void close() {
        try {
            selector.close();
            server.join();
        } catch (IOException e) {
            throw new LabException("cannot stop listening: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.values().forEach(channels -> channels.forEach(Listeners::closeQuietly));
        open.clear();
    }

    private void onServer(Callable<Integer> work) {
        FutureTask<Integer> task = new FutureTask<>(work);
        orders.add(task);
        selector.wakeup();
        try {
            task.get();
        } catch (ExecutionException e) {
            throw new LabException("cannot close sockets: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while closing sockets", e);
        }
    }

    private List<Channel> bind(Station station) {
        List<Channel> channels = new ArrayList<>();
        try {
            Map<SelectableChannel, String> bound =
                    NetworkNamespace.named(station.namespace()).call(() -> sockets(station));
            for (Map.Entry<SelectableChannel, String> entry : bound.entrySet()) {
                SelectableChannel channel = entry.getKey();
                channels.add(channel);
                channel.configureBlocking(false);
                byte[] line = (entry.getValue() + "\n").getBytes(StandardCharsets.UTF_8);
                int interest = channel instanceof ServerSocketChannel ? SelectionKey.OP_ACCEPT : SelectionKey.OP_READ;
                channel.register(selector, interest, line);
            }
            selector.wakeup();
            return channels;
        } catch (Exception e) {
            channels.forEach(Listeners::closeQuietly);
            throw new LabException("cannot listen in " + station.namespace() + ": " + e.getMessage(), e);
        }
    }

    private static Map<SelectableChannel, String> sockets(Station station) throws IOException {
        Map<SelectableChannel, String> channels = new LinkedHashMap<>();
        try {
            for (Map.Entry<Port, String> answer : station.answers().entrySet()) {
                int port = answer.getKey().number();
                if (answer.getKey().protocol().equals(Protocol.TCP)) {
                    // Without a family Java opens one socket for both.
                    ServerSocketChannel channel = ServerSocketChannel.open();
                    channels.put(channel, answer.getValue());
                    channel.bind(new InetSocketAddress(port), BACKLOG);
                    continue;
                }
                for (InetAddress address : udpAddresses(station)) {
                    DatagramChannel channel = DatagramChannel.open();
                    channels.put(channel, answer.getValue());
                    channel.bind(new InetSocketAddress(address, port));
                }
            }
            return channels;
        } catch (IOException e) {
            channels.keySet().forEach(Listeners::closeQuietly);
            throw e;
        }
    }

    private static List<InetAddress> udpAddresses(Station station) throws IOException {
        if (!station.exactAddresses()) {
            return List.of(new InetSocketAddress(0).getAddress());
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (Ip ip : station.addresses()) {
            addresses.add(InetAddress.getByAddress(ip.bytes()));
        }
        return addresses;
    }

    private void serve() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(2048);
        while (selector.isOpen()) {
            try {
                selector.select();
                if (!selector.isOpen()) {
                    return;
                }
                FutureTask<Integer> order;
                while ((order = orders.poll()) != null) {
                    order.run();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    answer(key, buffer);
                }
                selector.selectedKeys().clear();
            } catch (IOException e) {
                // One descriptor too many, or a peer that went away: the others are served all the same, a little
                // later.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static void answer(SelectionKey key, ByteBuffer buffer) throws IOException {
        if (!key.isValid() || !(key.attachment() instanceof byte[] line)) {
            return;
        }
        switch (key.channel()) {
            case ServerSocketChannel listening -> {
                SocketChannel connection;
                while (listening.isOpen() && (connection = listening.accept()) != null) {
                    greet(connection, line);
                }
            }
            case DatagramChannel datagrams -> {
                SocketAddress sender;
                while (datagrams.isOpen() && (sender = datagrams.receive(buffer.clear())) != null) {
                    datagrams.send(ByteBuffer.wrap(line), sender);
                }
            }
            default -> throw new IllegalStateException("only these two are registered");
        }
    }

    private static void greet(SocketChannel connection, byte[] line) {
        try (connection) {
            connection.configureBlocking(false);
            connection.write(ByteBuffer.wrap(line));
        } catch (IOException e) {
            // The other side has gone already; it knows what it wanted to know.
            return;
        }
    }

    private static void closeQuietly(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LabException("cannot close a socket: " + e.getMessage(), e);
        }
    }
}
