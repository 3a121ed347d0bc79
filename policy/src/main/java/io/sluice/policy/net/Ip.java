package io.sluice.policy.net;

import java.util.Optional;

/**
 * An IPv4 or IPv6 address as 128 bits in network order; IPv4 is held as {@code ::ffff:a.b.c.d} (RFC 4291 §2.5.5.2).
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record Ip(long high, long low) implements Comparable<Ip> {
    private static final long V4_PREFIX = 0xffff_0000_0000L;

    public static Ip v4(int bits) {
        return new Ip(0, V4_PREFIX | Integer.toUnsignedLong(bits));
    }

    public static Ip ofBytes(byte[] bytes) {
        return switch (bytes.length) {
            case 4 -> v4((int) number(bytes, 0, 4));
            case 16 -> new Ip(number(bytes, 0, 8), number(bytes, 8, 8));
            default -> throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length);
        };
    }

    /**
     * Reads the text form, strictly: dotted quad without leading zeros, or RFC 4291 §2.2 without zone.
     * IPv4-mapped IPv6 text reads as the IPv4 address.
     *
     * @throws IllegalArgumentException if the text is no address
     */
    public static Ip parse(String text) {
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException("not an IP address: " + text));
    }

    public static Optional<Ip> tryParse(String text) {
        return AddressText.parse(text);
    }

    public boolean isV4() {
        return high == 0 && low >>> 32 == 0xffff;
    }

    /** The length of the family's addresses: 32 or 128. */
    public int bits() {
        return isV4() ? 32 : 128;
    }

    /** 16 bytes in network order, IPv4 in its mapped form: the key of the kernel's maps. */
    public byte[] bytes16() {
        byte[] out = new byte[16];
        for (int i = 0; i < 8; i++) {
            out[i] = (byte) (high >>> (56 - 8 * i));
            out[8 + i] = (byte) (low >>> (56 - 8 * i));
        }
        return out;
    }

    /** The address itself in network order: 4 bytes for IPv4, 16 for IPv6. */
    public byte[] bytes() {
        byte[] all = bytes16();
        return isV4() ? java.util.Arrays.copyOfRange(all, 12, 16) : all;
    }

    @Override
    public int compareTo(Ip other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return AddressText.format(this);
    }

    private static long number(byte[] bytes, int from, int count) {
        long n = 0;
        for (int i = from; i < from + count; i++) {
            n = n << 8 | bytes[i] & 0xff;
        }
        return n;
    }
}
