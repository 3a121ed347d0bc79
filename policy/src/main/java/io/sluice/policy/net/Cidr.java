package io.sluice.policy.net;

import java.util.Optional;

/**
 * A prefix of one address family. Host bits of the base are cleared, as the Kubernetes data planes do.
 *
 * @param base the first address
 * @param length 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Cidr(Ip base, int length) implements Comparable<Cidr> {
    public Cidr {
        if (length < 0 || length > base.bits()) {
            throw new IllegalArgumentException("prefix length " + length + " is outside 0-" + base.bits());
        }
        base = masked(base, length);
    }

    public static Cidr of(Ip address) {
        return new Cidr(address, address.bits());
    }

    /** @throws IllegalArgumentException if the text is no prefix in the form {@code address/length} */
    public static Cidr parse(String text) {
        return tryParse(text).orElseThrow(() -> new IllegalArgumentException("not a CIDR: " + text));
    }

    /**
     * Refuses an IPv4-mapped address: readers disagree on whether {@code ::ffff:10.0.0.0/24} is a prefix of IPv4 or of
     * IPv6, and the strict validation of Kubernetes refuses it too.
     */
    public static Optional<Cidr> tryParse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
            return Optional.empty();
        }
        int length = Integer.parseInt(text.substring(slash + 1));
        return Ip.tryParse(text.substring(0, slash))
                .filter(ip -> length <= ip.bits() && (ip.isV4() == (text.indexOf(':') < 0)))
                .map(ip -> new Cidr(ip, length));
    }

    public boolean isV4() {
        return base.isV4();
    }

    /** Length counted over the 128 bits of the mapped form: 96 more for IPv4. */
    public int length128() {
        return isV4() ? length + 96 : length;
    }

    /** Whether the address is of this family and inside; an IPv6 prefix never holds an IPv4 address. */
    public boolean contains(Ip ip) {
        return ip.isV4() == isV4() && masked(ip, length).equals(base);
    }

    public boolean contains(Cidr other) {
        return other.length >= length && contains(other.base);
    }

    public boolean overlaps(Cidr other) {
        return contains(other) || other.contains(this);
    }

    public Ip last() {
        int keep = length128();
        long high = keep >= 64 ? base.high() : base.high() | -1L >>> keep;
        long low = keep >= 128 ? base.low() : base.low() | (keep <= 64 ? -1L : -1L >>> (keep - 64));
        return new Ip(high, low);
    }

    /** By first address, shorter prefixes (the larger blocks) first. */
    @Override
    public int compareTo(Cidr other) {
        int byBase = base.compareTo(other.base);
        return byBase != 0 ? byBase : Integer.compare(length128(), other.length128());
    }

    @Override
    public String toString() {
        return base + "/" + length;
    }

    private static Ip masked(Ip ip, int length) {
        int keep = ip.isV4() ? length + 96 : length;
        long high = keep >= 64 ? -1L : keep == 0 ? 0 : -1L << (64 - keep);
        long low = keep >= 128 ? -1L : keep <= 64 ? 0 : -1L << (128 - keep);
        return new Ip(ip.high() & high, ip.low() & low);
    }
}
