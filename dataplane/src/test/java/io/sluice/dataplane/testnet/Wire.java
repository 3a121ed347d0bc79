package io.sluice.dataplane.testnet;

import io.sluice.dataplane.linux.NetworkNamespace;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Real sockets in namespaces. A refused connection is one that gets no answer in time: packets are dropped silently. */
public final class Wire {
    private static final int TIMEOUT_MILLIS = 1000;

    private Wire() {}

    /** Accepts TCP connections and sends back what they send; stops when closed. */
    public static ServerSocket echo(NetworkNamespace namespace, int port) throws Exception {
        ServerSocket server = namespace.call(() -> {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return socket;
        });
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket connection = server.accept();
                    Thread.ofVirtual().start(() -> echo(connection));
                } catch (IOException e) {
                    return; // closed
                }
            }
        });
        return server;
    }

    private static void echo(Socket connection) {
        try (connection) {
            connection.getInputStream().transferTo(connection.getOutputStream());
        } catch (IOException e) {
            // the other side is gone
        }
    }

    /** Sends back every datagram; stops when closed. */
    public static DatagramSocket echoUdp(NetworkNamespace namespace, int port) throws Exception {
        DatagramSocket server = namespace.call(() -> new DatagramSocket(port));
        Thread.ofVirtual().start(() -> {
            DatagramPacket packet = new DatagramPacket(new byte[65536], 65536);
            while (!server.isClosed()) {
                try {
                    packet.setLength(65536);
                    server.receive(packet);
                    server.send(packet);
                } catch (IOException e) {
                    if (server.isClosed()) {
                        return;
                    }
                }
            }
        });
        return server;
    }

    public static Socket connect(NetworkNamespace from, String to, int port) throws Exception {
        return connect(from, 0, to, port);
    }

    /** @param sourcePort 0 for any */
    public static Socket connect(NetworkNamespace from, int sourcePort, String to, int port) throws Exception {
        return from.call(() -> {
            Socket socket = new Socket();
            try {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(sourcePort));
                socket.connect(new InetSocketAddress(to, port), TIMEOUT_MILLIS);
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        });
    }

    public static boolean connects(NetworkNamespace from, String to, int port) throws Exception {
        try (Socket ignored = connect(from, to, port)) {
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** Whether a byte comes back. */
    public static boolean answers(Socket echo) throws IOException {
        echo.getOutputStream().write(1);
        try {
            return echo.getInputStream().read() == 1;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** What became of a datagram of that size. */
    public static String datagram(NetworkNamespace from, String to, int port, int size) throws Exception {
        DatagramSocket socket = from.call(() -> new DatagramSocket());
        try (socket) {
            socket.connect(new InetSocketAddress(to, port));
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.send(new DatagramPacket(new byte[size], size));
            DatagramPacket answer = new DatagramPacket(new byte[65536], 65536);
            socket.receive(answer);
            return "answered " + answer.getLength();
        } catch (SocketTimeoutException e) {
            return "silence";
        } catch (PortUnreachableException e) {
            return "port unreachable";
        }
    }
}
