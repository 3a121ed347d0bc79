package io.sluice.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.policy.model.Selector;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calico's selector language: what it matches, how it groups, and where it is wrong. */
class CalicoSelectorTest {
    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '^', textBlock = """
            a == 'x'                                ; a=x         ; true
            a == 'x'                                ; a=y         ; false
            a == 'x'                                ;             ; false
            a=="x"                                  ; a=x         ; true
            a == 'it''s'                            ; a=its       ; error
            a != 'x'                                ; a=y         ; true
            a != 'x'                                ; a=x         ; false
            a != 'x'                                ;             ; true
            a in {'x', "y"}                         ; a=y         ; true
            a in{'x','y',}                          ; a=z         ; false
            a in {}                                 ; a=x         ; false
            a not in {'x'}                          ; a=x         ; false
            a not in {'x'}                          ;             ; true
            a notin {'x'}                           ; a=y         ; true
            a not in {}                             ; a=x         ; true
            has(a)                                  ; a=          ; true
            has( a )                                ; b=x         ; false
            !has(a)                                 ; b=x         ; true
            !!has(a)                                ; a=x         ; true
            ! has(a) && b == 'x'                    ; b=x         ; true
            a contains 'b'                          ; a=abc       ; true
            a contains ''                           ; a=abc       ; true
            a contains 'b'                          ;             ; false
            !a contains 'b'                         ;             ; true
            a starts with 'ab'                      ; a=abc       ; true
            a startswith 'bc'                       ; a=abc       ; false
            a ends with 'bc'                        ; a=abc       ; true
            a ends  with 'ab'                       ; a=abc       ; false
            all()                                   ;             ; true
            all( )                                  ; a=x         ; true
            !all()                                  ; a=x         ; false
            a == 'x' || b == 'x' && c == 'x'        ; a=x         ; true
            (a == 'x' || b == 'x') && c == 'x'      ; a=x         ; false
            (a == 'x' || b == 'x') && c == 'x'      ; a=x,c=x     ; true
            !a == 'x' && b == 'x'                   ; b=x         ; true
            !(a == 'x' && b == 'x')                 ; b=x         ; true
            k8s.io/a-b_c == '1'                     ; k8s.io/a-b_c=1 ; true
            in == 'x'                               ; in=x        ; true
            has == 'x'                              ; has=x       ; true
            """)
    void matches(String selector, String labels, String expected) {
        Map<String, String> map = new HashMap<>();
        if (labels != null) {
            for (String label : labels.split(",")) {
                map.put(
                        label.split("=")[0],
                        label.contains("=") && label.split("=").length > 1 ? label.split("=")[1] : "");
            }
        }
        Problems problems = Problems.start();
        String answer = CalicoSelector.read(Cursor.root(new Value.Scalar(Place.START, selector, false), problems))
                .map(s -> Boolean.toString(s.matches(map)))
                .orElse("error");
        assertThat(answer).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '^', textBlock = """
            a = 'x'                       ; 13 ; character 3: expected ==, found =
            a == x                        ; 16 ; character 6: expected a value in quotes, found x
            a == 'x                       ; 16 ; character 6: this quote is never closed
            a == "x" b                    ; 20 ; character 10: expected && or || or the end, found b
            a                             ; 12 ; character 2: expected an operator after the label "a", found the end
            a is 'x'                      ; 13 ; character 3: expected an operator after the label "a", found is
            a in 'x'                      ; 16 ; character 6: expected { and a set of values, found '
            a in {'x' 'y'}                ; 21 ; character 11: expected a value in quotes or }, found '
            a in {x}                      ; 17 ; character 7: expected a value in quotes or }, found x
            has(a                         ; 16 ; character 6: expected ) after has(, found the end
            has (a)                       ; 11 ; character 1: expected has( without a space before the bracket
            has()                         ; 15 ; character 5: expected the name of a label
            (a == 'x'                     ; 20 ; character 10: expected ) for the bracket at character 1, found the end
            all())                        ; 16 ; character 6: this bracket closes nothing
            all() & has(a)                ; 17 ; character 7: expected &&, found &
            all() | has(a)                ; 17 ; character 7: expected ||, found |
            all() and has(a)              ; 17 ; character 7: expected && or || or the end, found and
            all() &&                      ; 19 ; character 9: expected a condition, found the end
            == 'x'                        ; 11 ; character 1: expected a condition, found =
            a not 'x'                     ; 13 ; character 3: expected an operator after the label "a", found not
            """)
    void saysWhere(String selector, int column, String message) {
        Problems problems = Problems.start();
        CalicoSelector.read(Cursor.root(new Value.Scalar(new Place(7, 11), selector, true), problems));
        assertThat(problems.sorted()).hasSize(1);
        Diagnostic said = problems.sorted().getFirst();
        assertThat(said.position().line() + ":" + said.position().column()).isEqualTo("7:" + column);
        assertThat(said.message()).endsWith(message);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '^', textBlock = """
            selector: a == x                         ; 7:18
            selector: "a == 'b' && x"                ; 7:27
            selector: "a == \\"b\\" && x"            ; 7:29
            selector: "a == \\x27b' && x"            ; 7:13
            selector: 'a == ''b'' && x'              ; 7:29
            selector: |-\\n    a == 'b' && x         ; 8:18
            selector: |\\n      a == 'b' && x        ; 8:20
            selector: >-\\n    a == 'b'\\n    && x   ; 7:13
            """)
    void pointsIntoTheText(String field, String place) {
        String text = """
                apiVersion: projectcalico.org/v3
                kind: GlobalNetworkPolicy
                metadata:
                  name: a
                spec:
                  order: 1
                  %s
                """.formatted(field.replace("\\n", "\n"));
        assertThat(Reading.said(text))
                .first()
                .asString()
                .startsWith(place + ": error: spec.selector: Invalid selector");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', quoteCharacter = '^', textBlock = """
            "a == 'b' && x"        ; 1:133
            "a == \\"b\\" && x"    ; 1:135
            "a == \\u0027b' && x"  ; 1:119
            """)
    void pointsIntoJson(String selector, String place) {
        String text = "{\"apiVersion\": \"projectcalico.org/v3\", \"kind\": \"GlobalNetworkPolicy\", "
                + "\"metadata\": {\"name\": \"a\"}, \"spec\": {\"selector\": " + selector + "}}";
        assertThat(Reading.said(text)).first().asString().startsWith(place + ": error: spec.selector");
    }

    @org.junit.jupiter.api.Test
    void manyBrackets_areRefusedNotFollowed() {
        Problems problems = Problems.start();
        String text = "(".repeat(1_000_000);
        assertThat(CalicoSelector.read(Cursor.root(new Value.Scalar(Place.START, text, true), problems)))
                .isEmpty();
        assertThat(problems.sorted()).hasSize(1);
    }

    @org.junit.jupiter.api.Test
    void negationsAreCounted() {
        Problems problems = Problems.start();
        String text = "!".repeat(1_000_001) + "has(a)";
        assertThat(CalicoSelector.read(Cursor.root(new Value.Scalar(Place.START, text, true), problems)))
                .contains(new Selector.Not(new Selector.Has("a")));
    }
}
