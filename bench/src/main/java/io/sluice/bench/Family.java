package io.sluice.bench;

import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.Locale;

/** The addresses of the benchmarks' pods in one IP version. */
enum Family {
    V4("10.77.1.1", "10.77.1.2", "10.77.2.1", "10.77.2.2", 24, "10.64.0.0/10"),
    V6("fd77:1::1", "fd77:1::2", "fd77:2::1", "fd77:2::2", 64, "fd77::/16");

    /** The router's address towards the client, and its default route. */
    final String clientGateway;

    final String client;
    final String serverGateway;
    final String server;
    final int linkPrefix;

    private final String podRange;

    Family(String clientGateway, String client, String serverGateway, String server, int linkPrefix, String podRange) {
        this.clientGateway = clientGateway;
        this.client = client;
        this.serverGateway = serverGateway;
        this.server = server;
        this.linkPrefix = linkPrefix;
        this.podRange = podRange;
    }

    /** Holds every pod of the benchmarks. */
    Cidr podRange() {
        return Cidr.parse(podRange);
    }

    /** IPv4 or IPv6. */
    String title() {
        return "IP" + name().toLowerCase(Locale.ROOT);
    }

    Ip clientIp() {
        return Ip.parse(client);
    }

    Ip serverIp() {
        return Ip.parse(server);
    }

    /**
     * The address of one of the other pods, which take part in the tables but send nothing.
     *
     * @param index 0 to 2^20 - 1
     */
    Ip other(int index) {
        return switch (this) {
            case V4 -> Ip.v4(0x0a500000 + index); // from 10.80.0.0
            case V6 -> new Ip(0xfd77_0100_0000_0000L, index); // from fd77:100::
        };
    }

    /** As the command line gives it: 4 or 6. */
    static Family ofVersion(int version) {
        return switch (version) {
            case 4 -> V4;
            case 6 -> V6;
            default -> throw new IllegalArgumentException("the IP version is 4 or 6, not " + version);
        };
    }
}
