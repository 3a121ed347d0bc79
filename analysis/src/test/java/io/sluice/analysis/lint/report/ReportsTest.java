package io.sluice.analysis.lint.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.analysis.lint.About;
import io.sluice.analysis.lint.Finding;
import io.sluice.analysis.lint.Severity;
import io.sluice.policy.model.SourcePosition;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The forms that other programs read. */
class ReportsTest {
    private static final List<About> CHECKS = List.of(
            new About("one", Severity.ERROR, "One.", "Because.", "Do."),
            new About("two", Severity.INFO, "Two.", "Because.", "Do."));

    private static final List<Finding> FINDINGS = List.of(
            new Finding(
                    "one", Severity.ERROR, new SourcePosition("a b.yaml", 3, 7), "50% <\"quoted\"> & so", "Do, it."),
            new Finding("two", Severity.INFO, new SourcePosition("x:y,z.yaml", 0, 0), "line\nbreak", "Do."));

    @Test
    void json() {
        assertThat(JsonReport.of(List.of())).isEqualToIgnoringWhitespace("{\"findings\":[]}");
        assertThat(JsonReport.of(FINDINGS)).isEqualToIgnoringWhitespace("""
                        {"findings":[
                          {"id":"one","severity":"error","file":"a b.yaml","line":3,"column":7,
                           "message":"50% <\\"quoted\\"> & so","fix":"Do, it."},
                          {"id":"two","severity":"info","file":"x:y,z.yaml","line":0,"column":0,
                           "message":"line\\nbreak","fix":"Do."}]}
                        """);
    }

    @Test
    void githubEscapesWhatItsCommandsReserve() {
        assertThat(GithubReport.of(FINDINGS)).isEqualTo("""
                        ::error file=a b.yaml,line=3,col=7,title=one::50%25 <"quoted"> & so. Do, it.
                        ::notice file=x%3Ay%2Cz.yaml,title=two::line%0Abreak. Do.
                        """);
    }

    @Test
    void junitIsWellFormedAndCountsFailures() throws Exception {
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(JunitReport.of(FINDINGS, CHECKS))));
        Element suites = xml.getDocumentElement();
        assertThat(suites.getTagName()).isEqualTo("testsuites");
        assertThat(suites.getAttribute("tests")).isEqualTo("2");
        assertThat(suites.getAttribute("failures")).isEqualTo("1");
        assertThat(suites.getElementsByTagName("testcase").getLength()).isEqualTo(2);
        Element failure = (Element) suites.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).isEqualTo("50% <\"quoted\"> & so");
        assertThat(failure.getTextContent()).contains("a b.yaml:3:7");
        assertThat(suites.getElementsByTagName("system-out").getLength()).isEqualTo(1);
    }

    @Test
    void pathsAreUriReferences() {
        assertThat(SarifReport.uri("a b.yaml")).isEqualTo("a%20b.yaml");
        assertThat(SarifReport.uri("./dir/é.yaml")).isEqualTo("dir/%C3%A9.yaml");
        assertThat(SarifReport.uri("x:y.yaml")).isEqualTo("./x:y.yaml");
        assertThat(SarifReport.uri("/srv/x.yaml")).isEqualTo("file:///srv/x.yaml");
        assertThat(SarifReport.uri("<stdin>")).isEqualTo("%3Cstdin%3E");
    }
}
