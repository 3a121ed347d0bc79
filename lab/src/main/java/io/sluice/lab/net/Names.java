package io.sluice.lab.net;

import io.sluice.lab.LabException;
import io.sluice.policy.model.Node;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Pod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The names that a lab gives. They follow from what they name alone, so that any process can compute them and a
 * remainder can be recognised without a record of it.
 */
public final class Names {
    /**
     * The name of the lab that this process speaks of: {@code SLUICE_LAB}, or {@code lab}. Labs of different names stand
     * beside each other and know nothing of each other.
     */
    public static final String LAB = labName(System.getenv("SLUICE_LAB"));

    /** What every network namespace of the lab begins with. */
    public static final String PREFIX = "sluice-" + LAB + "-";

    public static final String FABRIC = PREFIX + "fabric";
    public static final String WORLD = PREFIX + "world";

    /** The one interface of a pod or of the world, and a node's towards the fabric. */
    public static final String UPLINK = "eth0";

    /** A file name has at most 255 bytes; a pod's full name can have 317. */
    private static final int MAX_LENGTH = 200;

    private Names() {}

    /** The network namespace of a pod; a host-network pod lives in its node's. */
    public static String namespace(Pod pod) {
        // A Kubernetes namespace has no dot, so the first dot ends it and no two pods share a name.
        return pod.hostNetwork() ? node(pod.node()) : bounded(PREFIX + "pod-" + pod.namespace() + "." + pod.name());
    }

    public static String namespace(Node node) {
        return node(node.name());
    }

    /** The network namespace of the node of that name. */
    public static String node(String name) {
        return bounded(PREFIX + "node-" + name);
    }

    /** The network namespace that holds the party's address. */
    public static String namespace(Party party) {
        return switch (party) {
            case Party.OfPod(Pod pod, var _) -> namespace(pod);
            case Party.OfNode(Node node, var _) -> namespace(node);
            case Party.OfNetwork _ -> WORLD;
        };
    }

    /** The interface, in the parent's namespace, of the link to a child: at most 15 characters. */
    static String link(String childNamespace) {
        return "v" + hash(childNamespace, 6);
    }

    /** The hardware address of one end of the link to a child; locally administered, unicast. */
    static String mac(String childNamespace, boolean parentEnd) {
        String digits = hash(childNamespace, 5);
        StringBuilder out = new StringBuilder(parentEnd ? "02" : "06");
        for (int i = 0; i < digits.length(); i += 2) {
            out.append(':').append(digits, i, i + 2);
        }
        return out.toString();
    }

    /** Without a dash, so that no lab's prefix begins another's. */
    private static String labName(@Nullable String wanted) {
        if (wanted == null || wanted.isEmpty()) {
            return "lab";
        }
        if (!wanted.matches("[a-z][a-z0-9]{0,11}")) {
            throw new LabException(
                    "SLUICE_LAB is the name of a lab: 1 to 12 lower-case letters and digits, not " + wanted);
        }
        return wanted;
    }

    private static String bounded(String name) {
        return name.length() <= MAX_LENGTH ? name : name.substring(0, MAX_LENGTH - 13) + "-" + hash(name, 6);
    }

    private static String hash(String text, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
