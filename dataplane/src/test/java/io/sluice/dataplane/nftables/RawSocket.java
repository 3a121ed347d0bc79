package io.sluice.dataplane.nftables;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.sluice.dataplane.linux.Libc;
import io.sluice.dataplane.linux.NetworkNamespace;
import io.sluice.policy.net.Ip;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** Sends whole IP packets, or sees all that arrive, in a namespace. */
final class RawSocket implements AutoCloseable {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_PACKET = 17;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    private static final int IPPROTO_RAW = 255;
    private static final int ETH_P_ALL_NETWORK_ORDER = 0x0300;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int BUFFER = 1 << 16;

    private static final MethodHandle SOCKET =
            handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle SENDTO = handle(
            "sendto", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECV =
            handle("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            handle("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

    private final int fd;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(BUFFER, 8);
    private final MemorySegment address = arena.allocate(28, 8);

    private RawSocket(int fd) {
        this.fd = fd;
    }

    static RawSocket sender(NetworkNamespace netns, boolean v6) throws Exception {
        return netns.call(() -> new RawSocket(socket(v6 ? AF_INET6 : AF_INET, SOCK_RAW, IPPROTO_RAW)));
    }

    /** Sees every packet that arrives or leaves, from the IP header on. */
    static RawSocket tap(NetworkNamespace netns) throws Exception {
        return netns.call(() -> {
            RawSocket tap = new RawSocket(socket(AF_PACKET, SOCK_DGRAM, ETH_P_ALL_NETWORK_ORDER));
            tap.buffer.set(JAVA_INT, 0, 64 << 20);
            try {
                int ignored = (int) SETSOCKOPT.invokeExact(tap.fd, 1, 33, tap.buffer, 4);
            } catch (Throwable t) {
                throw new IOException(t);
            }
            return tap;
        });
    }

    boolean send(byte[] packet, Ip destination) throws IOException {
        MemorySegment.copy(packet, 0, buffer, JAVA_BYTE, 0, packet.length);
        address.fill((byte) 0);
        byte[] bytes = destination.bytes();
        address.set(JAVA_SHORT, 0, (short) (destination.isV4() ? AF_INET : AF_INET6));
        MemorySegment.copy(bytes, 0, address, JAVA_BYTE, destination.isV4() ? 4 : 8, bytes.length);
        try {
            int size = destination.isV4() ? 16 : 28;
            return (long) SENDTO.invokeExact(fd, buffer, (long) packet.length, 0, address, size) == packet.length;
        } catch (Throwable t) {
            throw new IOException(t);
        }
    }

    /** Everything that has come so far. */
    List<byte[]> received() throws IOException {
        List<byte[]> out = new ArrayList<>();
        try {
            while (true) {
                long length = (long) RECV.invokeExact(fd, buffer, (long) BUFFER, MSG_DONTWAIT);
                if (length <= 0) {
                    return out;
                }
                out.add(buffer.asSlice(0, length).toArray(JAVA_BYTE));
            }
        } catch (Throwable t) {
            throw new IOException(t);
        }
    }

    private static int socket(int family, int type, int protocol) throws IOException {
        try {
            int fd = (int) SOCKET.invokeExact(family, type, protocol);
            if (fd < 0) {
                throw new IOException("no raw socket");
            }
            return fd;
        } catch (Throwable t) {
            throw new IOException(t);
        }
    }

    private static MethodHandle handle(String name, FunctionDescriptor shape) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape);
    }

    @Override
    public void close() {
        Libc.close(fd);
        arena.close();
    }
}
