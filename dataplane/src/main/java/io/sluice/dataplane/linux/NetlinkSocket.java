package io.sluice.dataplane.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A netlink(7) socket. It belongs to the network namespace of the thread that opens it, and stays there; after that any
 * thread may use it, one at a time.
 */
public final class NetlinkSocket implements AutoCloseable {
    public static final int NETLINK_NETFILTER = 12;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int EAGAIN = 11;
    private static final int ENOBUFS = 105;
    private static final int SOCKADDR_SIZE = 12;
    private static final int BUFFER_SIZE = 1 << 18;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_FIELD = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SOCKET =
            call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND = call("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            call("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SEND =
            call("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECV =
            call("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

    private final int fd;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment state = arena.allocate(STATE);
    private final MemorySegment buffer = arena.allocate(BUFFER_SIZE, 8);

    private NetlinkSocket(int fd) {
        this.fd = fd;
    }

    /**
     * Opens and binds a socket in the namespace of the calling thread.
     *
     * @param receiveBytes how much the kernel may hold for a slow reader
     * @throws LinuxException if the kernel refuses
     */
    public static NetlinkSocket open(int protocol, int receiveBytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int fd = (int) SOCKET.invokeExact(state, AF_NETLINK, SOCK_RAW_CLOEXEC, protocol);
            checked("socket(AF_NETLINK)", fd, state);
            MemorySegment address = arena.allocate(SOCKADDR_SIZE, 4);
            address.set(JAVA_SHORT, 0, (short) AF_NETLINK);
            if ((int) BIND.invokeExact(state, fd, address, SOCKADDR_SIZE) < 0) {
                int errno = (int) ERRNO_FIELD.get(state, 0L);
                Libc.close(fd);
                throw new LinuxException("bind(AF_NETLINK)", errno);
            }
            MemorySegment size = arena.allocateFrom(JAVA_INT, receiveBytes);
            // The forced size needs CAP_NET_ADMIN in the first user namespace; without it the limit of the host holds.
            if ((int) SETSOCKOPT.invokeExact(state, fd, SOL_SOCKET, SO_RCVBUFFORCE, size, 4) < 0) {
                int ignored = (int) SETSOCKOPT.invokeExact(state, fd, SOL_SOCKET, SO_RCVBUF, size, 4);
            }
            return new NetlinkSocket(fd);
        } catch (Throwable t) {
            throw LinuxException.from(t);
        }
    }

    /** @throws LinuxException if the kernel does not take it */
    public void send(byte[] message) {
        try {
            MemorySegment.copy(message, 0, buffer, JAVA_BYTE, 0, message.length);
            long sent = (long) SEND.invokeExact(state, fd, buffer, (long) message.length, 0);
            checked("send to netlink", (int) sent, state);
        } catch (Throwable t) {
            throw LinuxException.from(t);
        }
    }

    /** Waits until something can be received; false at the end of the time. */
    public boolean awaitReadable(int timeoutMillis) {
        return Libc.pollReadable(fd, timeoutMillis);
    }

    /** What a receive brought. */
    public sealed interface Received {
        /** Nothing is waiting. */
        record Nothing() implements Received {}

        /** The kernel had more than the socket could hold, and dropped some. */
        record Overrun() implements Received {}

        /**
         * One datagram of netlink messages.
         *
         * @param bytes in the machine's byte order, valid until the next call on this socket
         */
        record Datagram(ByteBuffer bytes) implements Received {}
    }

    /**
     * Takes one datagram without waiting.
     *
     * @throws LinuxException if the socket is of no more use
     */
    public Received receive() {
        try {
            long length = (long) RECV.invokeExact(state, fd, buffer, (long) BUFFER_SIZE, MSG_DONTWAIT);
            if (length >= 0) {
                return new Received.Datagram(
                        buffer.asSlice(0, length).asByteBuffer().order(ByteOrder.nativeOrder()));
            }
            int errno = (int) ERRNO_FIELD.get(state, 0L);
            return switch (errno) {
                case EAGAIN -> new Received.Nothing();
                case ENOBUFS -> new Received.Overrun();
                default -> throw new LinuxException("receive from netlink", errno);
            };
        } catch (Throwable t) {
            throw LinuxException.from(t);
        }
    }

    @Override
    public void close() {
        Libc.close(fd);
        arena.close();
    }

    private static void checked(String what, int result, MemorySegment state) {
        if (result < 0) {
            throw new LinuxException(what, (int) ERRNO_FIELD.get(state, 0L));
        }
    }

    private static MethodHandle call(String name, FunctionDescriptor shape) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, ERRNO);
    }
}
