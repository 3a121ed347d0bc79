package io.sluice.analysis.connectivity;

import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.Optional;

/** Short names for what is outside, where there is little room. */
final class Ranges {
    private static final String OUTSIDE = "[External]";

    private Ranges() {}

    /** {@code 192.0.2.0-192.0.2.255[External]} is {@code 192.0.2.0/24}; other names stay as they are. */
    static String label(String name) {
        if (!name.endsWith(OUTSIDE)) {
            return name;
        }
        String range = name.substring(0, name.length() - OUTSIDE.length());
        int dash = range.indexOf('-');
        Optional<Ip> first = dash < 0 ? Optional.empty() : Ip.tryParse(range.substring(0, dash));
        Optional<Ip> last = dash < 0 ? Optional.empty() : Ip.tryParse(range.substring(dash + 1));
        return first.isPresent() && last.isPresent() ? label(first.get(), last.get(), range) : range;
    }

    private static String label(Ip first, Ip last, String range) {
        if (first.equals(last)) {
            return first.toString();
        }
        for (int length = 0; length < first.bits(); length++) {
            Cidr block = new Cidr(first, length);
            if (block.base().equals(first) && block.last().equals(last)) {
                return length > 0 ? block.toString() : first.isV4() ? "everywhere outside" : "everywhere outside, IPv6";
            }
        }
        return range;
    }
}
