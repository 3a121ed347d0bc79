package io.sluice.policy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.GateMatch.Glob;
import io.sluice.policy.model.GateMatch.IssuerAndSubject;
import io.sluice.policy.model.GateMatch.Network;
import io.sluice.policy.model.GateMatch.Template;
import io.sluice.policy.model.GateMatch.Text;
import io.sluice.policy.net.Cidr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the values of a gate's rules match, and that they are written as they were read. */
class GateMatchTest {
    private static GateMatch read(String kind, String written) {
        return switch (kind) {
            case "text" -> Text.of(written, false);
            case "host" -> Text.of(written, true);
            case "glob" -> new Glob(written);
            case "path" -> new Template(written);
            case "token" -> IssuerAndSubject.of(written);
            case "block" -> new Network(Cidr.parse(written));
            case "port" -> new GateMatch.Number(Integer.parseInt(written));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    @ParameterizedTest(name = "{0} {1} with {2}: {3}")
    @CsvSource(delimiter = '|', emptyValue = "", textBlock = """
            text  | GET             | GET                | true
            text  | GET             | get                | false
            text  | GET             | GETS               | false
            text  | /a*             | /a                 | true
            text  | /a*             | /ab/c              | true
            text  | /a*             | /b/a               | false
            text  | *.js            | /a.js              | true
            text  | *.js            | /a.jsx             | false
            text  | *               | x                  | true
            text  | *               | ''                 | true
            text  | **              | a*                 | true
            text  | **              | a                  | false
            text  | /a*b            | /a*b               | true
            text  | /a*b            | /acb               | false
            host  | A.example       | a.EXAMPLE          | true
            host  | *.Example       | a.example          | true
            host  | A.*             | a.example          | true
            host  | a.example       | a.example:80       | false
            glob  | shop            | shop               | true
            glob  | shop            | shops              | false
            glob  | s*p             | shop               | true
            glob  | s*p             | sp                 | true
            glob  | s*p             | shops              | false
            glob  | *               | shop               | true
            glob  | a.b             | axb                | false
            path  | /a/{*}/c        | /a/b/c             | true
            path  | /a/{*}/c        | /a//c              | false
            path  | /a/{*}/c        | /a/b/b/c           | false
            path  | /a/{**}         | /a/                | true
            path  | /a/{**}         | /a/b/c             | true
            path  | /a/{**}         | /a                 | false
            path  | /a/{**}         | /a/b#c             | false
            path  | /a.b/{*}        | /axb/c             | false
            token | iss/sub         | iss/sub            | true
            token | iss/sub         | iss/other          | false
            token | iss/sub         | other/sub          | false
            token | https://i/a/sub | https://i/a/sub    | true
            token | https://i/a/sub | https://i/a/b/sub  | false
            token | *               | iss/sub            | true
            token | *               | iss/               | false
            token | *               | /sub               | false
            token | */sub           | iss/sub            | true
            token | */sub           | /sub               | false
            token | */sub           | iss/sub2           | false
            token | *ss/sub         | iss/sub            | true
            token | *ss/sub         | isx/sub            | false
            token | iss/*           | iss/sub            | true
            token | iss/*           | iss/               | false
            token | iss/su*         | iss/sub            | true
            token | iss/su*         | iss/s              | false
            token | *ub             | iss/sub            | true
            token | *ub             | iss/su             | false
            token | *ub             | /sub               | false
            token | is*             | iss/sub            | true
            token | is*             | other/sub          | false
            token | is*             | iss/               | false
            token | /sub            | /sub               | true
            token | /sub            | iss/sub            | false
            token | iss             | iss                | true
            token | iss             | iss/               | true
            token | iss             | iss/sub            | false
            block | 10.0.0.0/8      | 10.1.2.3           | true
            block | 10.0.0.0/8      | 11.1.2.3           | false
            block | 10.0.0.0/8      | no address         | false
            block | 10.0.0.0/8      | 2001:db8::1        | false
            port  | 80              | 80                 | true
            port  | 80              | 8080               | false
            port  | 80              | 080                | false
            """)
    void matches(String kind, String written, String value, boolean matches) {
        GateMatch match = read(kind, written);
        assertThat(match.matches(value)).isEqualTo(matches);
        assertThat(match).hasToString(written);
    }

    /** A demand for a lone star is fulfilled by whatever is there, a demand for a token only by one that has both parts. */
    @ParameterizedTest
    @CsvSource({
        "text, *, true",
        "host, *, true",
        "text, a*, false",
        "text, *a, false",
        "text, a, false",
        "token, *, false",
        "glob, *, false",
        "port, 80, false"
    })
    void onlyALoneStarAsksForPresence(String kind, String written, boolean presence) {
        assertThat(read(kind, written).isPresence()).isEqualTo(presence);
    }

    @ParameterizedTest
    @CsvSource({"/a/{*}, true", "/a/{**}, true", "/a/*, false", "/a/{x}, false"})
    void whatIsATemplate(String path, boolean template) {
        assertThat(Template.isOne(path)).isEqualTo(template);
    }

    @Test
    void aBlockOfOneAddressIsWrittenAsTheAddress() {
        assertThat(new Network(Cidr.parse("10.0.0.1/32"))).hasToString("10.0.0.1");
        assertThat(new Network(Cidr.parse("2001:db8::1/128"))).hasToString("2001:db8::1");
    }
}
