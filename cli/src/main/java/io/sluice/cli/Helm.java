package io.sluice.cli;

import io.sluice.manifests.Intake;
import io.sluice.manifests.ObjectText;
import io.sluice.manifests.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Renders a chart. helm writes above each object which template it comes from. */
final class Helm {
    private static final String SOURCE = "# Source: ";

    private final Path chart;
    private final Map<Path, Template> templates = new HashMap<>();

    private Helm(Path chart) {
        this.chart = chart;
    }

    /** @throws Refusal if it cannot be rendered */
    static void read(Path chart, SourceOptions options, Intake into) {
        Helm helm = new Helm(chart);
        String name = chart + " (rendered by helm)";
        String text = helm.render(options);
        int line = 1;
        for (String part : text.split("(?m)^---[ \\t]*\\R")) {
            String source = part.startsWith(SOURCE)
                    ? part.substring(SOURCE.length(), (part + "\n").indexOf('\n'))
                            .strip()
                    : "";
            into.rendered(name, line, part, options.releaseNamespace(), object -> helm.origin(object, source));
            line += (int) part.chars().filter(c -> c == '\n').count() + 1;
        }
    }

    private String render(SourceOptions options) {
        if (Tool.find("helm").isEmpty()) {
            throw new Refusal(
                    "sluice: " + chart + " is a Helm chart, and helm is not on the PATH to render it: install it"
                            + " (https://helm.sh/docs/intro/install)");
        }
        List<String> command = new ArrayList<>(List.of("helm", "template"));
        options.releaseName().ifPresent(command::add);
        command.add(chart.toString());
        command.add("--skip-tests");
        if (!options.releaseNamespace().isEmpty()) {
            command.addAll(List.of("--namespace", options.releaseNamespace()));
        }
        options.values.forEach(file -> command.addAll(List.of("--values", file)));
        options.settings.forEach(setting -> command.addAll(List.of("--set", setting)));
        Tool.Result result = Tool.run(command);
        if (result.status() != 0) {
            throw new Refusal("sluice: " + chart + ": helm template failed:\n"
                    + result.errors().strip());
        }
        return result.output();
    }

    /** @param source {@code chart/templates/policy.yaml}: the name of the chart, then the path in it */
    private Origin origin(ObjectText object, String source) {
        int slash = source.indexOf('/');
        if (slash < 0) {
            return Origin.RENDERED;
        }
        Path file = chart.resolve(source.substring(slash + 1));
        return templates.computeIfAbsent(file, Helm::template).origin(object);
    }

    private static Template template(Path file) {
        try {
            return new Template(file.toString(), Files.isRegularFile(file) ? Files.readString(file) : "");
        } catch (IOException _) {
            return new Template(file.toString(), "");
        }
    }
}
