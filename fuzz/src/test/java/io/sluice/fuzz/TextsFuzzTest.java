package io.sluice.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Addresses, blocks and traffic from text: refused, or written again as a text that reads the same. */
class TextsFuzzTest {
    @FuzzTest(maxDuration = "2s")
    void read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Bounds.hold(() -> {
            Optional<Ip> ip = Ip.tryParse(text);
            Optional<Cidr> cidr = Cidr.tryParse(text);
            Optional<Traffic> traffic = Traffic.parse(text);
            expect(text, ip, ip.flatMap(found -> Ip.tryParse(found.toString())));
            expect(text, cidr, cidr.flatMap(found -> Cidr.tryParse(found.toString())));
            expect(text, traffic, traffic.flatMap(found -> Traffic.parse(found.toString())));
            return text;
        });
    }

    private static void expect(String text, Optional<?> first, Optional<?> again) {
        if (!first.map(Object::toString).equals(again.map(Object::toString))) {
            throw new AssertionError(text + " reads as " + first + ", and that as " + again);
        }
    }
}
