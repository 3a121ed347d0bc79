package io.sluice.lab.probe;

import io.sluice.policy.net.Ip;

/** An address family. */
public enum Family {
    V4,
    V6;

    public static Family of(Ip ip) {
        return ip.isV4() ? V4 : V6;
    }

    boolean holds(Ip ip) {
        return of(ip) == this;
    }
}
