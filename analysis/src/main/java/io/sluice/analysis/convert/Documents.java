package io.sluice.analysis.convert;

import java.util.List;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Documents as YAML. */
final class Documents {
    private Documents() {}

    static String yaml(List<Document> documents) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndicatorIndent(0)
                .setWidth(120)
                .setDereferenceAliases(true)
                .build();
        StringBuilder out = new StringBuilder();
        for (Document document : documents) {
            out.append(out.isEmpty() ? "" : "---\n");
            out.append("# From ").append(document.from());
            if (document.position().line() > 0) {
                out.append(" (").append(document.position().fileLine()).append(')');
            }
            out.append(".\n").append(new Dump(settings).dumpToString(document.fields()));
        }
        return out.toString();
    }
}
