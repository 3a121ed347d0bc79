package io.sluice.policy.net;

import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.AddressStringParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses and prefixes against the ipaddress library, on random input that is rich in zeros, ones and edges. */
class AddressOracleTest {
    private static final int RUNS = 20_000;

    private final SplittableRandom random = new SplittableRandom(Long.getLong("sluice.seed", 20_261_124));

    private Ip address() {
        if (random.nextBoolean()) {
            return Ip.v4((int) bits());
        }
        Ip ip = new Ip(bits(), bits());
        return ip.isV4() ? address() : ip;
    }

    /** Groups of 16 bits of which many are 0 or all ones. */
    private long bits() {
        long out = 0;
        for (int i = 0; i < 4; i++) {
            long group = switch (random.nextInt(4)) {
                case 0, 1 -> 0;
                case 2 -> 0xffff;
                default -> random.nextInt(0x10000);
            };
            out = out << 16 | group;
        }
        return out;
    }

    private static IPAddress oracle(Ip ip) {
        return new IPAddressNetwork.IPAddressGenerator().from(ip.bytes());
    }

    @Test
    void textIsTheCanonicalTextAndReadsBack() {
        for (int i = 0; i < RUNS; i++) {
            Ip ip = address();
            assertThat(ip.toString()).isEqualTo(oracle(ip).toCanonicalString());
            assertThat(Ip.parse(ip.toString())).isEqualTo(ip);
            assertThat(Ip.ofBytes(ip.bytes())).isEqualTo(ip);
            assertThat(Ip.ofBytes(ip.bytes16())).isEqualTo(ip);
        }
    }

    @Test
    void everySpellingOfAnAddressReadsAsTheSameOne() {
        for (int i = 0; i < RUNS; i++) {
            Ip ip = address();
            if (!ip.isV4()) {
                assertThat(Ip.parse(oracle(ip).toFullString())).isEqualTo(ip);
                assertThat(Ip.parse(oracle(ip).toNormalizedString())).isEqualTo(ip);
                assertThat(Ip.parse(oracle(ip).toCompressedString().toUpperCase(Locale.ROOT)))
                        .isEqualTo(ip);
                assertThat(Ip.parse(oracle(ip).toIPv6().toMixedString())).isEqualTo(ip);
            }
        }
    }

    @Test
    void aPrefixHoldsWhatTheLibrarySays() {
        for (int i = 0; i < RUNS; i++) {
            Ip base = address();
            Cidr cidr = new Cidr(base, random.nextInt(base.bits() + 1));
            IPAddress block = oracle(base).toPrefixBlock(cidr.length());
            assertThat(oracle(cidr.base())).isEqualTo(block.getLower().withoutPrefixLength());
            // The last address of ::/80 is the mapped form of 255.255.255.255: equal as 128 bits.
            assertThat(oracle(cidr.last()).toIPv6().getBytes())
                    .isEqualTo(block.getUpper().toIPv6().getBytes());
            Ip other = random.nextInt(3) == 0 ? address() : near(cidr);
            boolean inside = other.isV4() == cidr.isV4() && block.contains(oracle(other));
            assertThat(cidr.contains(other)).as("%s in %s", other, cidr).isEqualTo(inside);
            Cidr second = new Cidr(other, random.nextInt(other.bits() + 1));
            boolean holds =
                    other.isV4() == cidr.isV4() && block.contains(oracle(other).toPrefixBlock(second.length()));
            assertThat(cidr.contains(second)).as("%s in %s", second, cidr).isEqualTo(holds);
            assertThat(Cidr.parse(cidr.toString())).isEqualTo(cidr);
        }
    }

    /** An address that differs from the base in one bit, or one beside an end. */
    private Ip near(Cidr cidr) {
        int bit = random.nextInt(cidr.base().bits());
        Ip end = random.nextBoolean() ? cidr.base() : cidr.last();
        Ip flipped =
                bit < 64 ? new Ip(end.high(), end.low() ^ 1L << bit) : new Ip(end.high() ^ 1L << (bit - 64), end.low());
        return flipped.isV4() == end.isV4() ? flipped : end;
    }

    @Test
    void orderIsTheLibrarysWithinAFamily() {
        for (int i = 0; i < RUNS; i++) {
            Ip a = address();
            Ip b = address();
            if (a.isV4() == b.isV4()) {
                assertThat(Integer.signum(a.compareTo(b)))
                        .isEqualTo(Integer.signum(oracle(a).compareTo(oracle(b))));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.-4",
                "1.2.3.4 ",
                "0x1.2.3.4",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "fe80::1%eth0",
                "[::1]",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "::g",
                "1:2:3:4:5:6:7:8::",
                "\u0661.2.3.4"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThat(Ip.tryParse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "/8",
                "10.0.0.0/33",
                "::/129",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "::ffff:10.1.2.3/24",
                "::ffff:10.1.2.3/120",
                "::ffff:0:0/96",
                "10.0.0.0/ 8",
                "10.0.0.0/1000"
            })
    void whatIsNoPrefixIsRefused(String text) {
        assertThat(Cidr.tryParse(text)).isEmpty();
    }

    @ParameterizedTest(name = "{0} reads as {1}")
    @CsvSource({
        "10.1.2.3/8,          10.0.0.0/8",
        "255.255.255.255/32,  255.255.255.255/32",
        "1.2.3.4/0,           0.0.0.0/0",
        "2001:DB8::1/32,      2001:db8::/32",
        "::1/0,               ::/0",
    })
    void hostBitsAreCleared(String text, String canonical) {
        assertThat(Cidr.parse(text)).hasToString(canonical);
    }

    @Test
    void theLibraryAgreesOnWhatIsAnAddressAtRandom() {
        for (int i = 0; i < RUNS; i++) {
            String text = oracle(address()).toCanonicalString();
            int at = random.nextInt(text.length());
            char c = ".:0f%g/1".charAt(random.nextInt(8));
            String broken = text.substring(0, at) + c + text.substring(at + 1);
            boolean plain = !broken.contains("%") && !broken.contains("/");
            IPAddressStringParameters strict = new IPAddressStringParameters.Builder()
                    .allowEmpty(false)
                    .allowAll(false)
                    .allowSingleSegment(false)
                    .allowWildcardedSeparator(false)
                    .setRangeOptions(AddressStringParameters.RangeParameters.NO_RANGE)
                    .getIPv4AddressParametersBuilder()
                    .allow_inet_aton(false)
                    .allowLeadingZeros(false)
                    .getParentBuilder()
                    .getIPv6AddressParametersBuilder()
                    .allowBase85(false)
                    .allowBinary(false)
                    .allowUnlimitedLeadingZeros(false)
                    .getEmbeddedIPv4AddressParametersBuilder()
                    .allow_inet_aton(false)
                    .allowLeadingZeros(false)
                    .getEmbeddedIPv4AddressParentBuilder()
                    .getParentBuilder()
                    .toParams();
            boolean valid = plain && new IPAddressString(broken, strict).isValid();
            assertThat(Ip.tryParse(broken).isPresent()).as(broken).isEqualTo(valid);
        }
    }
}
