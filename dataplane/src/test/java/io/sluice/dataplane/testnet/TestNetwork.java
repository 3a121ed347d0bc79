package io.sluice.dataplane.testnet;

import io.sluice.dataplane.linux.NetworkNamespace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A router with hosts around it, each in a namespace of its own: host {@code i} (from 1) has 10.77.i.2 and fd77:i::2,
 * the router 10.77.i.1 and fd77:i::1 towards it.
 */
public final class TestNetwork implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private final String prefix = "slt" + ProcessHandle.current().pid() + "x" + COUNT.incrementAndGet();
    private final List<String> namespaces = new ArrayList<>();

    public TestNetwork(int hosts) {
        try {
            add("r");
            Shell.words("ip -n " + name("r") + " link set lo up");
            in(name("r"), "sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
            for (int i = 1; i <= hosts; i++) {
                host(i);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public NetworkNamespace router() {
        return NetworkNamespace.named(name("r"));
    }

    public NetworkNamespace hostOf(int number) {
        return NetworkNamespace.named(name("h" + number));
    }

    public static String v4(int host) {
        return "10.77." + host + ".2";
    }

    public static String v6(int host) {
        return "fd77:" + host + "::2";
    }

    /** Runs a command line inside a namespace, without a new mount namespace. */
    public static String in(NetworkNamespace namespace, String commandLine) {
        return in(namespace.handle().getFileName().toString(), commandLine);
    }

    private static String in(String namespace, String commandLine) {
        return Shell.words("nsenter --net=/run/netns/" + namespace + " " + commandLine);
    }

    private void host(int i) {
        String host = add("h" + i);
        String router = name("r");
        Shell.words("ip -n " + router + " link add v" + i + " type veth peer name eth0 netns " + host);
        Shell.words("ip -n " + router + " addr add 10.77." + i + ".1/24 dev v" + i);
        Shell.words("ip -n " + router + " addr add fd77:" + i + "::1/64 dev v" + i + " nodad");
        Shell.words("ip -n " + host + " addr add " + v4(i) + "/24 dev eth0");
        Shell.words("ip -n " + host + " addr add " + v6(i) + "/64 dev eth0 nodad");
        Shell.words("ip -n " + host + " link set lo up");
        Shell.words("ip -n " + host + " link set eth0 up");
        Shell.words("ip -n " + router + " link set v" + i + " up");
        Shell.words("ip -n " + host + " route add default via 10.77." + i + ".1");
        Shell.words("ip -n " + host + " -6 route add default via fd77:" + i + "::1");
    }

    private String add(String role) {
        String name = name(role);
        Shell.words("ip netns add " + name);
        namespaces.add(name);
        // An address that is still being checked for duplicates neither sends nor receives: a second lost, or a test.
        in(name, "sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0");
        return name;
    }

    private String name(String role) {
        return prefix + role;
    }

    @Override
    public void close() {
        for (String namespace : namespaces.reversed()) {
            Shell.words("ip netns del " + namespace);
        }
        namespaces.clear();
    }

    /** Takes away a file system that a failed test subject left mounted. */
    public static void unmount(Path folder) {
        Shell.run("umount", folder.toString());
    }
}
