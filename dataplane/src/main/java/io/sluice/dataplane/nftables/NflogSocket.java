package io.sluice.dataplane.nftables;

import io.sluice.dataplane.linux.Errno;
import io.sluice.dataplane.linux.LinuxException;
import io.sluice.dataplane.linux.NetlinkSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The reading end of an nflog group (linux/netfilter/nfnetlink_log.h). Headers and most numbers of netlink are in the
 * machine's byte order, the values of nflog in network order.
 */
final class NflogSocket implements AutoCloseable {
    private static final int NLMSG_ERROR = 2;
    private static final short NLM_F_REQUEST_ACK = 1 | 4;
    private static final int NFNL_SUBSYS_ULOG = 4;
    private static final int MSG_PACKET = NFNL_SUBSYS_ULOG << 8;
    private static final int MSG_CONFIG = NFNL_SUBSYS_ULOG << 8 | 1;
    private static final int NLMSGHDR = 16;
    private static final int NFGENMSG = 4;

    private static final int CFG_CMD = 1;
    private static final int CFG_MODE = 2;
    private static final int CFG_NLBUFSIZ = 3;
    private static final int CFG_TIMEOUT = 4;
    private static final int CFG_QTHRESH = 5;
    private static final int CFG_FLAGS = 6;
    private static final byte CMD_BIND = 1;
    private static final byte COPY_PACKET = 2;
    private static final short FLAG_SEQ = 1;

    private static final int ATTR_TYPE_MASK = 0x3fff;
    private static final int PACKET_HDR = 1;
    private static final int TIMESTAMP = 3;
    private static final int PAYLOAD = 9;
    private static final int PREFIX = 10;
    private static final int SEQ = 12;

    /** Bytes of a packet that are handed over: headers only. */
    private static final int COPY_RANGE = 160;

    /** The kernel hands over what it has after this many packets, or this long after the first. */
    private static final int BATCH_PACKETS = 64;

    private static final int BATCH_HUNDREDTHS = 5;
    private static final int BATCH_BYTES = 1 << 15;
    private static final long NANOS_PER_MICRO = 1_000;
    private static final int ACK_MILLIS = 2_000;

    private final NetlinkSocket socket;
    private long expected = -1;

    /**
     * One log line.
     *
     * @param hook of netfilter: 1 input, 2 forward
     * @param time when the kernel saw the packet, where it says so; else when the line was read
     * @param packet the first bytes, from the IP header on; valid during the call that hands it over
     */
    record Line(String prefix, int hook, Instant time, ByteBuffer packet) {}

    private NflogSocket(NetlinkSocket socket) {
        this.socket = socket;
    }

    /**
     * Joins a group in the namespace of the calling thread.
     *
     * @throws LinuxException EPERM where another socket reads the group, or without CAP_NET_ADMIN
     */
    static NflogSocket open(int group, int receiveBytes) {
        NetlinkSocket socket = NetlinkSocket.open(NetlinkSocket.NETLINK_NETFILTER, receiveBytes);
        try {
            NflogSocket log = new NflogSocket(socket);
            log.configure(group, CFG_CMD, new byte[] {CMD_BIND});
            log.configure(
                    group,
                    CFG_MODE,
                    network(6).putInt(COPY_RANGE).put(COPY_PACKET).array());
            log.configure(group, CFG_NLBUFSIZ, network(4).putInt(BATCH_BYTES).array());
            log.configure(
                    group, CFG_TIMEOUT, network(4).putInt(BATCH_HUNDREDTHS).array());
            log.configure(group, CFG_QTHRESH, network(4).putInt(BATCH_PACKETS).array());
            log.configure(group, CFG_FLAGS, network(2).putShort(FLAG_SEQ).array());
            return log;
        } catch (RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static ByteBuffer network(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.BIG_ENDIAN);
    }

    private void configure(int group, int attribute, byte[] value) {
        int padded = value.length + 3 & ~3;
        ByteBuffer out = ByteBuffer.allocate(NLMSGHDR + NFGENMSG + 4 + padded).order(ByteOrder.nativeOrder());
        out.putInt(out.capacity())
                .putShort((short) MSG_CONFIG)
                .putShort(NLM_F_REQUEST_ACK)
                .putInt(0)
                .putInt(0);
        out.put((byte) 0).put((byte) 0).put((byte) (group >>> 8)).put((byte) group);
        out.putShort((short) (4 + value.length)).putShort((short) attribute).put(value);
        socket.send(out.array());
        int errno = awaitAck();
        if (errno != 0) {
            throw new LinuxException("join nflog group " + group, errno);
        }
    }

    /** The errno of the answer. Log lines that come before it are of no one's interest yet. */
    private int awaitAck() {
        while (socket.awaitReadable(ACK_MILLIS)) {
            if (socket.receive() instanceof NetlinkSocket.Received.Datagram(ByteBuffer bytes)
                    && bytes.remaining() >= NLMSGHDR + 4
                    && bytes.getShort(4) == NLMSG_ERROR) {
                return -bytes.getInt(NLMSGHDR);
            }
        }
        return Errno.EBUSY;
    }

    boolean awaitReadable(int timeoutMillis) {
        return socket.awaitReadable(timeoutMillis);
    }

    /** Hands over what is waiting, and how many lines were lost before it. */
    void drain(Consumer<Line> lines, LongConsumer lost) {
        while (true) {
            switch (socket.receive()) {
                case NetlinkSocket.Received.Nothing() -> {
                    return;
                }
                case NetlinkSocket.Received.Overrun() -> {
                    // The numbers of the lines that follow tell how many.
                }
                case NetlinkSocket.Received.Datagram(ByteBuffer bytes) -> messages(bytes, lines, lost);
            }
        }
    }

    private void messages(ByteBuffer bytes, Consumer<Line> lines, LongConsumer lost) {
        int at = 0;
        while (at + NLMSGHDR + NFGENMSG <= bytes.limit()) {
            int length = bytes.getInt(at);
            if (length < NLMSGHDR || at + length > bytes.limit()) {
                return;
            }
            if (bytes.getShort(at + 4) == MSG_PACKET) {
                packet(bytes, at + NLMSGHDR + NFGENMSG, at + length, lines, lost);
            }
            at += length + 3 & ~3;
        }
    }

    private void packet(ByteBuffer bytes, int from, int to, Consumer<Line> lines, LongConsumer lost) {
        String prefix = "";
        int hook = -1;
        Instant time = Instant.now();
        ByteBuffer payload = ByteBuffer.allocate(0);
        int at = from;
        while (at + 4 <= to) {
            int length = bytes.getShort(at) & 0xffff;
            int type = bytes.getShort(at + 2) & ATTR_TYPE_MASK;
            if (length < 4 || at + length > to) {
                break;
            }
            ByteBuffer value = bytes.slice(at + 4, length - 4).order(ByteOrder.BIG_ENDIAN);
            switch (type) {
                case PACKET_HDR -> hook = value.get(2);
                case TIMESTAMP -> time = Instant.ofEpochSecond(value.getLong(0), value.getLong(8) * NANOS_PER_MICRO);
                case PAYLOAD -> payload = value;
                case PREFIX ->
                    prefix = StandardCharsets.US_ASCII
                            .decode(value.slice(0, value.limit() - 1))
                            .toString();
                case SEQ -> number(value.getInt(0) & 0xffff_ffffL, lost);
                default -> {
                    // Marks, devices and the like: not asked.
                }
            }
            at += length + 3 & ~3;
        }
        lines.accept(new Line(prefix, hook, time, payload));
    }

    /** Lines are numbered from 0 to 2^32 - 1 and over again. */
    private void number(long sequence, LongConsumer lost) {
        if (expected >= 0 && sequence != expected) {
            lost.accept(sequence - expected & 0xffff_ffffL);
        }
        expected = sequence + 1 & 0xffff_ffffL;
    }

    @Override
    public void close() {
        socket.close();
    }
}
