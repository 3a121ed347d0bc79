package io.sluice.lab;

import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.Set;

/** Hands out the addresses of a prefix, lowest first, without those that are taken. */
final class AddressPool {
    private final Cidr range;
    private final Set<Ip> taken;
    private Ip next;

    /**
     * @param first how many addresses to leave free at the beginning
     * @param taken every address handed out anywhere is added to it
     */
    AddressPool(Cidr range, long first, Set<Ip> taken) {
        this.range = range;
        this.taken = taken;
        this.next = plus(range.base(), first);
    }

    /** @throws LabException if the range is used up */
    Ip take() {
        while (range.contains(next)) {
            Ip candidate = next;
            next = plus(next, 1);
            if (taken.add(candidate)) {
                return candidate;
            }
        }
        throw new LabException("no address is left in " + range);
    }

    static Ip plus(Ip ip, long more) {
        long low = ip.low() + more;
        return new Ip(Long.compareUnsigned(low, ip.low()) < 0 ? ip.high() + 1 : ip.high(), low);
    }
}
