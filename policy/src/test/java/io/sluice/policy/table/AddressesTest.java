package io.sluice.policy.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Pod;
import io.sluice.policy.model.SourcePosition;
import io.sluice.policy.model.Workload;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class AddressesTest {
    private final Addresses addresses = new Addresses();

    private static Pod pod(String... ips) {
        return new Pod(
                "x",
                "p",
                Map.of(),
                Arrays.stream(ips).map(Ip::parse).toList(),
                "",
                false,
                List.of(),
                new Workload("Pod", "x", "p"),
                SourcePosition.NONE);
    }

    private int[] holders(String block) {
        RoaringBitmap found = new RoaringBitmap();
        addresses.addHolders(Cidr.parse(block), found);
        return found.toArray();
    }

    @Test
    void thePodsOfABlockAreThoseWithAnAddressInIt() {
        addresses.add(1, pod("10.0.0.0"));
        addresses.add(2, pod("10.0.0.255", "2001:db8::1"));
        addresses.add(3, pod("10.0.1.0"));
        addresses.add(4, pod("10.0.0.0"));
        addresses.add(5, pod("9.255.255.255"));
        assertThat(holders("10.0.0.0/24")).containsExactly(1, 2, 4);
        assertThat(holders("10.0.0.0/32")).containsExactly(1, 4);
        assertThat(holders("2001:db8::/64")).containsExactly(2);
        assertThat(holders("0.0.0.0/0")).containsExactly(1, 2, 3, 4, 5);
        assertThat(holders("::/0"))
                .as("a block of one family holds no address of the other, though IPv4 lies within it as a number")
                .containsExactly(2);
        addresses.remove(1, pod("10.0.0.0"));
        addresses.remove(2, pod("10.0.0.255", "2001:db8::1"));
        assertThat(holders("10.0.0.0/24")).containsExactly(4);
        assertThat(holders("::/0")).isEmpty();
    }
}
