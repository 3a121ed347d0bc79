package io.sluice.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.net.Ip;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressBookTest {
    private static final Node NODE = new Node("n1", Map.of(), List.of(Ip.parse("172.18.0.1")));

    private static Pod pod(String name, String node, boolean host, String... ips) {
        return new Pod(
                "x",
                name,
                Map.of(),
                List.of(ips).stream().map(Ip::parse).toList(),
                node,
                host,
                List.of(),
                new Workload("Pod", "x", name),
                SourcePosition.NONE);
    }

    private static AddressBook book(Pod... pods) {
        return AddressBook.of(Snapshot.of(List.of(), List.of(pods), List.of(NODE), List.of(), List.of()));
    }

    @Test
    void anAddressBelongsToItsPodItsNodeOrTheWorld() {
        Pod pod = pod("a", "n1", false, "10.0.0.1", "fd00::1");
        AddressBook book = book(pod);
        assertThat(book.party(Ip.parse("fd00::1"))).isEqualTo(new Party.OfPod(pod, Ip.parse("fd00::1")));
        assertThat(book.party(Ip.parse("172.18.0.1"))).isEqualTo(new Party.OfNode(NODE, Ip.parse("172.18.0.1")));
        assertThat(book.party(Ip.parse("192.0.2.1"))).isEqualTo(new Party.OfNetwork(Ip.parse("192.0.2.1")));
        assertThat(book.partyOf(pod, false)).contains(new Party.OfPod(pod, Ip.parse("fd00::1")));
    }

    @Test
    void trap21_aHostNetworkPodIsItsNode() {
        Pod host = pod("host", "n1", true, "172.18.0.1");
        assertThat(book(host).partyOf(host)).isEqualTo(new Party.OfNode(NODE, Ip.parse("172.18.0.1")));
        assertThat(book(host).party(Ip.parse("172.18.0.1"))).isEqualTo(new Party.OfNode(NODE, Ip.parse("172.18.0.1")));
    }

    @Test
    void trap21_aHostNetworkPodProvesANodeThatIsNotListed() {
        Pod host = pod("host", "n9", true, "172.18.0.9");
        assertThat(book(host).party(Ip.parse("172.18.0.9")))
                .isInstanceOfSatisfying(
                        Party.OfNode.class, of -> assertThat(of.node().name()).isEqualTo("n9"));
    }

    /** Finished pods are not in a snapshot at all; of two that are, the first holds the address. */
    @Test
    void trap33_anAddressThatIsClaimedTwiceBelongsToTheFirst() {
        Pod first = pod("first", "n1", false, "10.0.0.1");
        Pod second = pod("second", "n1", false, "10.0.0.1");
        assertThat(book(first, second).party(Ip.parse("10.0.0.1")))
                .isEqualTo(new Party.OfPod(first, Ip.parse("10.0.0.1")));
    }

    @Test
    void aPodWithoutAddressIsAPartyAllTheSame() {
        Pod coming = pod("coming", "", false);
        assertThat(book(coming).partyOf(coming)).isEqualTo(new Party.OfPod(coming, null));
        assertThat(book(coming).partyOf(coming, true)).isEmpty();
    }
}
