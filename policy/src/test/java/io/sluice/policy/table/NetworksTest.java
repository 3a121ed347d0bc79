package io.sluice.policy.table;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Peer;
import io.sluice.policy.net.Cidr;
import io.sluice.policy.net.Ip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every address has the blocks that hold it, also after blocks came and went. */
class NetworksTest {
    /** An identity of a class that is easily told from the class. */
    private static final int IDENTITIES = 1_000;

    private final FeatureSets sets = new FeatureSets();
    private final Networks networks = new Networks(sets);

    private static Peer.Network block(String cidr, String... except) {
        return new Peer.Network(
                Cidr.parse(cidr), Arrays.stream(except).map(Cidr::parse).toList());
    }

    private NetworkIndex walk() {
        return networks.walk(ofClass -> ofClass == FeatureSets.NONE ? VerdictTable.WORLD : IDENTITIES + ofClass);
    }

    private String features(NetworkIndex index, String ip) {
        int[] features = sets.of(index.classOf(Ip.parse(ip)));
        int identity = index.identityOf(Ip.parse(ip));
        assertThat(identity).isEqualTo(features.length == 0 ? VerdictTable.WORLD : IDENTITIES + sets.number(features));
        return Arrays.toString(features);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            9.255.255.255                           | []
            10.0.0.0                                | [1]
            10.1.0.0                                | [1, 2]
            10.1.1.0                                | [1]
            10.1.1.255                              | [1]
            10.1.2.0                                | [1, 2]
            10.1.255.255                            | [1, 2]
            10.2.0.0                                | [1]
            10.255.255.255                          | [1]
            11.0.0.0                                | []
            254.255.255.255                         | []
            255.255.255.255                         | [3]
            0.0.0.0                                 | []
            ::                                      | []
            2001:db8::                              | [4]
            2001:db8:0:1::                          | [4, 5]
            2001:db8:0:1:ffff:ffff:ffff:ffff        | [4, 5]
            2001:db8:0:2::                          | [4]
            2001:db9::                              | []
            ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe | []
            ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | [6]
            """)
    void blocksHoldWhatIsBetweenTheirEnds(String ip, String features) {
        networks.add(1, block("10.0.0.0/8"));
        networks.add(2, block("10.1.0.0/16", "10.1.1.0/24"));
        networks.add(3, block("255.255.255.255/32"));
        networks.add(4, block("2001:db8::/32"));
        networks.add(5, block("2001:db8:0:1::/64"));
        networks.add(6, block("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"));
        assertThat(features(walk(), ip)).isEqualTo(features);
    }

    @Test
    void aBlockThatIsAllExceptionIsNone() {
        networks.add(1, block("10.0.0.0/8", "10.0.0.0/8"));
        networks.add(2, block("10.0.0.0/8", "0.0.0.0/0"));
        assertThat(networks.changed()).isEmpty();
        assertThat(walk().prefixes()).isEmpty();
        networks.remove(1, block("10.0.0.0/8", "10.0.0.0/8"));
        assertThat(networks.changed()).isEmpty();
    }

    @Test
    void oneFamilyIsNotTheOther() {
        networks.add(1, block("0.0.0.0/0"));
        NetworkIndex four = walk();
        assertThat(features(four, "::1")).isEqualTo("[]");
        networks.add(2, block("::/0"));
        networks.remove(1, block("0.0.0.0/0"));
        NetworkIndex six = walk();
        assertThat(features(six, "::1")).isEqualTo("[2]");
        assertThat(features(six, "10.0.0.1")).isEqualTo("[]");
        assertThat(features(four, "10.0.0.1")).as("what was there stays").isEqualTo("[1]");
    }

    @Test
    void prefixesAreThoseThatMakeADifference() {
        networks.add(1, block("10.0.0.0/8", "10.1.0.0/16"));
        networks.add(2, block("10.0.0.0/8"));
        networks.add(2, block("10.2.0.0/16"));
        NetworkIndex index = walk();
        assertThat(index.prefixes().keySet())
                .as("in 10.2.0.0/16 nothing else holds than around it")
                .containsExactly(Cidr.parse("10.0.0.0/8"), Cidr.parse("10.1.0.0/16"));
        assertThat(index.identities())
                .containsExactlyInAnyOrder(
                        VerdictTable.WORLD,
                        IDENTITIES + sets.number(new int[] {1, 2}),
                        IDENTITIES + sets.number(new int[] {2}));
    }

    @Test
    void whatChangedSinceTheLastWalkIsSaid() {
        networks.add(1, block("10.0.0.0/8", "10.1.0.0/16"));
        assertThat(networks.changed()).containsExactly(Cidr.parse("10.0.0.0/8"));
        walk();
        assertThat(networks.changed()).isEmpty();
        networks.remove(1, block("10.0.0.0/8", "10.1.0.0/16"));
        assertThat(networks.changed()).containsExactly(Cidr.parse("10.0.0.0/8"));
        assertThat(walk().prefixes()).isEmpty();
    }

    @Test
    void manyBlocks() {
        for (int i = 0; i < 200; i++) {
            networks.add(i, block("10.0." + i + ".0/24"));
            networks.add(1_000 + i, block("2001:db8:" + i + "::/48"));
        }
        NetworkIndex index = walk();
        for (int i = 0; i < 200; i++) {
            assertThat(features(index, "10.0." + i + ".255")).isEqualTo("[" + i + "]");
            assertThat(features(index, "2001:db8:" + i + "::1")).isEqualTo("[" + (1_000 + i) + "]");
        }
        assertThat(index.prefixes()).hasSize(400);
    }

    @Test
    void identitiesAreAskedForOnceAWalkEach() {
        List<Integer> asked = new ArrayList<>();
        networks.add(1, block("10.0.0.0/8"));
        networks.add(1, block("11.0.0.0/8"));
        networks.walk(ofClass -> {
            asked.add(ofClass);
            return IDENTITIES + ofClass;
        });
        assertThat(asked).doesNotHaveDuplicates();
    }

    /** Random blocks that come and go, against what each block says of each address by itself. */
    @Test
    void everyAddressHasTheBlocksThatHoldIt() {
        SplittableRandom random = new SplittableRandom(2);
        Map<Integer, Peer.Network> there = new LinkedHashMap<>();
        for (int step = 0; step < 400; step++) {
            if (there.size() > 40 || !there.isEmpty() && random.nextInt(3) == 0) {
                List<Integer> numbers = List.copyOf(there.keySet());
                int gone = numbers.get(random.nextInt(numbers.size()));
                networks.remove(gone, requireNonNull(there.remove(gone)));
            } else {
                Peer.Network block = random(random);
                there.put(step, block);
                networks.add(step, block);
            }
            if (step % 10 == 0) {
                compare(walk(), there);
            }
        }
    }

    private void compare(NetworkIndex index, Map<Integer, Peer.Network> there) {
        Set<Integer> identities = new HashSet<>(Set.of(VerdictTable.WORLD));
        for (Ip ip : edges(there)) {
            int[] holding = there.entrySet().stream()
                    .filter(e -> e.getValue().contains(ip))
                    .mapToInt(Map.Entry::getKey)
                    .sorted()
                    .toArray();
            assertThat(sets.of(index.classOf(ip))).as(ip.toString()).containsExactly(holding);
            identities.add(index.identityOf(ip));
            int byPrefix = index.prefixes().entrySet().stream()
                    .filter(e -> e.getKey().contains(ip))
                    .max((a, b) ->
                            Integer.compare(a.getKey().length(), b.getKey().length()))
                    .map(Map.Entry::getValue)
                    .orElse(VerdictTable.WORLD);
            assertThat(index.identityOf(ip)).as(ip.toString()).isEqualTo(byPrefix);
        }
        assertThat(index.identities()).containsAll(identities);
    }

    /** The ends of all prefixes and their neighbours. */
    private static Set<Ip> edges(Map<Integer, Peer.Network> there) {
        Set<Ip> edges = new TreeSet<>();
        there.values().forEach(block -> {
            List<Cidr> prefixes = new ArrayList<>(block.except());
            prefixes.add(block.cidr());
            for (Cidr prefix : prefixes) {
                for (Ip end : List.of(prefix.base(), prefix.last())) {
                    edges.add(end);
                    edges.add(new Ip(end.high(), end.low() + 1));
                    edges.add(new Ip(end.high(), end.low() - 1));
                }
            }
        });
        return edges;
    }

    private static Peer.Network random(SplittableRandom random) {
        boolean v4 = random.nextBoolean();
        Cidr cidr = prefix(random, v4, v4 ? random.nextInt(0, 33) : random.nextInt(0, 129));
        List<Cidr> except = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Cidr inside = prefix(random, v4, random.nextInt(cidr.length(), v4 ? 33 : 129));
            if (cidr.contains(inside)) {
                except.add(inside);
            }
        }
        return new Peer.Network(cidr, except);
    }

    /** One of few addresses, so that prefixes nest. */
    private static Cidr prefix(SplittableRandom random, boolean v4, int length) {
        String text = v4
                ? "10." + random.nextInt(2) + ".0." + random.nextInt(3)
                : "2001:db8:0:" + random.nextInt(2) + "::" + random.nextInt(3);
        return new Cidr(Ip.parse(text), length);
    }
}
