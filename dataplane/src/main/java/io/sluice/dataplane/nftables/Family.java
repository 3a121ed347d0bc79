package io.sluice.dataplane.nftables;

import io.sluice.policy.net.Ip;

/** An address family in the words of nft. */
enum Family {
    V4("ip", "ipv4_addr", Ip.v4(0), Ip.v4(-1)),
    V6("ip6", "ipv6_addr", new Ip(0, 0), new Ip(-1, -1));

    final String header;
    final String type;
    final Ip first;
    final Ip last;

    Family(String header, String type, Ip first, Ip last) {
        this.header = header;
        this.type = type;
        this.first = first;
        this.last = last;
    }

    boolean has(Ip ip) {
        return ip.isV4() == (this == V4);
    }

    static Ip after(Ip ip) {
        return new Ip(ip.low() == -1L ? ip.high() + 1 : ip.high(), ip.low() + 1);
    }

    static Ip before(Ip ip) {
        return new Ip(ip.low() == 0 ? ip.high() - 1 : ip.high(), ip.low() - 1);
    }
}
