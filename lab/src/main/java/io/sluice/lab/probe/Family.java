package io.sluice.lab.probe;

import io.sluice.policy.net.Ip;

/** An address family. */
public enum Family {
    IPV4,
    IPV6;

    public static Family of(Ip ip) {
        return ip.isV4() ? IPV4 : IPV6;
    }

    boolean holds(Ip ip) {
        return of(ip) == this;
    }
}
