package io.sluice.policy.net;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The text form of addresses: RFC 4291 §2.2 in, RFC 5952 out. */
final class AddressText {
    private AddressText() {}

    static Optional<Ip> parse(String text) {
        if (text.indexOf(':') < 0) {
            long v4 = v4(text);
            return v4 < 0 ? Optional.empty() : Optional.of(Ip.v4((int) v4));
        }
        return v6(text);
    }

    /** The 32 bits of a dotted quad, or -1. */
    private static long v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return -1;
        }
        long bits = 0;
        for (String part : parts) {
            int n = number(part, 10, 3);
            if (n < 0 || n > 255 || part.length() > 1 && part.charAt(0) == '0') {
                return -1;
            }
            bits = bits << 8 | n;
        }
        return bits;
    }

    private static Optional<Ip> v6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        List<Integer> head = new ArrayList<>();
        List<Integer> tail = new ArrayList<>();
        boolean good = gap < 0
                ? groups(text, head, true)
                : groups(text.substring(0, gap), head, false) && groups(text.substring(gap + 2), tail, true);
        int count = head.size() + tail.size();
        if (!good || (gap < 0 ? count != 8 : count > 7)) {
            return Optional.empty();
        }
        int[] all = new int[8];
        for (int i = 0; i < head.size(); i++) {
            all[i] = head.get(i);
        }
        for (int i = 0; i < tail.size(); i++) {
            all[8 - tail.size() + i] = tail.get(i);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = high << 16 | all[i];
            low = low << 16 | all[4 + i];
        }
        return Optional.of(new Ip(high, low));
    }

    private static boolean groups(String text, List<Integer> into, boolean mayEndInV4) {
        if (text.isEmpty()) {
            return true;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            if (mayEndInV4 && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                long v4 = v4(parts[i]);
                into.add((int) (v4 >>> 16 & 0xffff));
                into.add((int) (v4 & 0xffff));
                return v4 >= 0;
            }
            int n = number(parts[i], 16, 4);
            if (n < 0) {
                return false;
            }
            into.add(n);
        }
        return true;
    }

    private static int number(String text, int radix, int maxLength) {
        if (text.isEmpty() || text.length() > maxLength) {
            return -1;
        }
        int n = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            n = n * radix + digit;
        }
        return n;
    }

    static String format(Ip ip) {
        if (ip.isV4()) {
            long b = ip.low();
            return (b >>> 24 & 255) + "." + (b >>> 16 & 255) + "." + (b >>> 8 & 255) + "." + (b & 255);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 4; i++) {
            groups[i] = (int) (ip.high() >>> (48 - 16 * i) & 0xffff);
            groups[4 + i] = (int) (ip.low() >>> (48 - 16 * i) & 0xffff);
        }
        int start = -1;
        int longest = 1;
        for (int i = 0; i < 8; i++) {
            int run = i;
            while (run < 8 && groups[run] == 0) {
                run++;
            }
            if (run - i > longest) {
                longest = run - i;
                start = i;
            }
            i = Math.max(i, run);
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                out.append("::");
                i += longest - 1;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }
}
