package io.sluice.lab.probe;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** As much of RFC 1035 as it takes to ask a question and to know that it was answered. Big-endian. */
final class DnsMessage {
    private static final String NAME = "kube-dns.kube-system.svc.cluster.local";
    private static final int HEADER = 12;
    private static final int RESPONSE = 0x8000;
    private static final int RECURSION_DESIRED = 0x0100;

    private DnsMessage() {}

    /** A query for the A records of the DNS Service itself, which every cluster has. */
    static byte[] query(int id) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int word : new int[] {id & 0xffff, RECURSION_DESIRED, 1, 0, 0, 0}) {
            word(out, word);
        }
        for (String label : NAME.split("\\.")) {
            out.write(label.length());
            out.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(0);
        word(out, 1);
        word(out, 1);
        return out.toByteArray();
    }

    /** Whether it is a response to the query with that id. */
    static boolean answers(ByteBuffer message, int id) {
        return message.remaining() >= HEADER
                && (message.getShort(0) & 0xffff) == (id & 0xffff)
                && (message.getShort(2) & RESPONSE) != 0;
    }

    private static void word(ByteArrayOutputStream out, int word) {
        out.write(word >>> 8);
        out.write(word);
    }
}
