package io.sluice.manifests;

import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.Optional;

/**
 * A prefix in every form that the API server lets pass (IsValidCIDRForLegacyField): numbers with leading zeros, read as
 * decimal; bits set behind the length; IPv4 in its IPv6 form. All three draw the server's own warning.
 *
 * @param cidr the prefix, in its family
 * @param length as written, which for IPv4 in IPv6 form counts 96 more
 */
record LooseCidr(Cidr cidr, int length) {
    /** Reads and checks; empty, and reported, where it is no prefix at all. */
    static Optional<LooseCidr> read(Cursor field, String text) {
        Optional<LooseCidr> parsed = parse(text);
        if (parsed.isEmpty()) {
            Invalid.text(
                    field,
                    text,
                    "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
                    missingLength(text));
            return parsed;
        }
        warn(field, text, parsed.get());
        return parsed;
    }

    /** A hint for an address that lacks its length. */
    static String missingLength(String text) {
        return Ip.tryParse(text)
                .map(ip -> "write " + ip + "/" + ip.bits() + " for one address")
                .orElse("");
    }

    static Optional<LooseCidr> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String digits = text.substring(slash + 1);
        if (digits.isEmpty() || digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int length = Integer.parseInt(digits);
        String address = text.substring(0, slash);
        boolean six = address.indexOf(':') >= 0;
        if (length > (six ? 128 : 32)) {
            return Optional.empty();
        }
        Optional<Ip> ip = Ip.tryParse(withoutLeadingZeros(address));
        if (ip.isEmpty()) {
            return Optional.empty();
        }
        boolean mapped = six && ip.get().isV4();
        if (mapped && length < 96) {
            // Shorter than the part that says "IPv4": an IPv6 prefix, such as ::/64.
            long mask = length <= 64 ? 0 : -1L << (128 - length);
            return Optional.of(new LooseCidr(new Cidr(new Ip(0, ip.get().low() & mask), length), length));
        }
        return Optional.of(new LooseCidr(new Cidr(ip.get(), mapped ? length - 96 : length), length));
    }

    /** {@code 010.0.0.1} to {@code 10.0.0.1}: so read Go before 1.17 any number of zeros, and so does the API still. */
    private static String withoutLeadingZeros(String address) {
        StringBuilder out = new StringBuilder(address.length());
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            boolean leading = c == '0'
                    && (out.isEmpty() || isSeparator(out.charAt(out.length() - 1)))
                    && i + 1 < address.length()
                    && !isSeparator(address.charAt(i + 1));
            if (!leading) {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static boolean isSeparator(char c) {
        return c == '.' || c == ':';
    }

    private static void warn(Cursor field, String text, LooseCidr parsed) {
        String address = text.substring(0, text.indexOf('/'));
        Ip ip = Ip.tryParse(withoutLeadingZeros(address)).orElseThrow();
        Cidr cidr = parsed.cidr();
        if (hasHostBits(text, cidr)) {
            warnOfHostBits(field, text, cidr);
        }
        boolean mapped = address.indexOf(':') >= 0 && ip.isV4();
        if (Cidr.tryParse(text).isEmpty() || mapped) {
            field.problems()
                    .warning(
                            "non-standard-cidr",
                            field.place(),
                            field.path() + ": non-standard CIDR value " + Quote.text(text)
                                    + " will be considered invalid in a future Kubernetes release",
                            "use " + cidr);
        }
    }

    /** Whether the text, which reads as the prefix, has bits set behind its length. */
    static boolean hasHostBits(String text, Cidr cidr) {
        Ip ip = Ip.tryParse(withoutLeadingZeros(text.substring(0, text.indexOf('/'))))
                .orElseThrow();
        return cidr.isV4() == ip.isV4() && !ip.equals(cidr.base());
    }

    static void warnOfHostBits(Cursor field, String text, Cidr cidr) {
        Ip ip = Ip.tryParse(withoutLeadingZeros(text.substring(0, text.indexOf('/'))))
                .orElseThrow();
        field.problems()
                .warning(
                        "host-bits",
                        field.place(),
                        field.path() + ": CIDR value " + Quote.text(text)
                                + " has bits set behind its length; it is read" + " as " + cidr,
                        "write " + cidr + " or " + Cidr.of(ip));
    }

    /** As the server checks except: the other's first address is inside, and its length is larger. */
    boolean strictlyContains(LooseCidr other) {
        return cidr.contains(other.cidr().base()) && other.length() > length;
    }
}
