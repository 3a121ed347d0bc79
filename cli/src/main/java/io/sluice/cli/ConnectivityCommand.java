package io.sluice.cli;

import io.sluice.analysis.connectivity.Connectivity;
import io.sluice.analysis.connectivity.Dot;
import io.sluice.analysis.connectivity.Exposure;
import io.sluice.analysis.connectivity.Focus;
import io.sluice.analysis.connectivity.Html;
import io.sluice.analysis.connectivity.Listing;
import io.sluice.analysis.connectivity.Svg;
import io.sluice.analysis.reach.Ends;
import io.sluice.analysis.traffic.Traffic;
import io.sluice.policy.model.Direction;
import io.sluice.policy.model.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All allowed connections. */
@Command(
        name = "connectivity",
        description = {
            "Who can talk to whom, on what? Every connection that the policies allow, between workloads and with the",
            "ranges of addresses outside that they tell apart. What a mesh's policies refuse is no connection; where it",
            "depends on what is requested, that is said beside it (in json as \"depends\", a part of \"conn\")."
        },
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        footer = {
            "",
            "Exit status: 0 listed; 2 wrong use or unreadable input.",
            "",
            "Examples:",
            "  sluice connectivity examples/shop",
            "  sluice connectivity examples/shop -o html > shop.html",
            "  sluice connectivity . --focus data/orders-db --direction ingress --port TCP:5432"
        })
final class ConnectivityCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    Paths paths = new Paths();

    @Mixin
    SourceOptions sources = new SourceOptions();

    @Option(names = "--pods", description = "Pods instead of workloads.")
    boolean pods;

    @Option(
            names = {"-f", "--focus"},
            paramLabel = "NAME",
            split = ",",
            description = "Only connections of these workloads: NAME, NAMESPACE/NAME or NAMESPACE/NAME[KIND].")
    List<String> focus = List.of();

    @Option(
            names = "--peer",
            paramLabel = "NAME",
            split = ",",
            description = "Only connections with these as the other end.")
    List<String> peers = List.of();

    @Option(names = "--direction", paramLabel = "WHICH", description = "ingress or egress of the workloads in focus.")
    @Nullable
    Direction direction;

    @Option(names = "--port", paramLabel = "PORT", description = "Only this traffic: 80, TCP:80, UDP:53, TCP or ICMP.")
    @Nullable
    String port;

    @Option(
            names = "--exposure",
            description = "Also what would be open to workloads that are not there yet (text and json).")
    boolean exposure;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (or txt), json, csv, md, dot, svg or html (default: text).")
    Format format = Format.TEXT;

    /** What is printed. */
    enum Format {
        TEXT,
        TXT,
        JSON,
        CSV,
        MD,
        DOT,
        SVG,
        HTML
    }

    @Override
    public Integer call() {
        sources.check("connectivity", paths.all);
        PrintWriter err = spec.commandLine().getErr();
        Traffic traffic = port == null ? Traffic.ALL : TrafficOption.read("--port", port);
        if (exposure && format != Format.TEXT && format != Format.TXT && format != Format.JSON) {
            throw new Refusal("sluice: --exposure comes as text or json");
        }
        Snapshot snapshot = Inputs.of(sources, err).snapshot(paths.all);
        Ends.Level level = pods ? Ends.Level.PODS : Ends.Level.WORKLOADS;
        Focus wanted = new Focus(focus, peers, Optional.ofNullable(direction), traffic);
        Connectivity connectivity =
                Waiting.during("compiling the policies", err, () -> Connectivity.of(snapshot, level, wanted));
        Optional<Exposure> exposed = exposure ? Optional.of(Exposure.of(snapshot, level, wanted)) : Optional.empty();
        missing(focus, connectivity);
        missing(peers, connectivity);
        try {
            Listing.Count count = print(connectivity, exposed, Inputs.stdout());
            if (count.connections() == 0) {
                err.println("sluice: no connection is allowed");
            }
            if (connectivity.isGated()) {
                err.println("note: the mesh's policies are counted in: " + count.open() + " of " + count.connections()
                        + " connections depend on what is requested through them (ask explain or decide)");
            }
        } catch (IOException e) {
            throw new Refusal("sluice: cannot write: " + e.getMessage(), e);
        }
        if (Ends.blocksMissPods(snapshot)) {
            err.println("note: the pods have no addresses in these manifests, so that no ipBlock matches a pod");
        }
        return 0;
    }

    private static void missing(List<String> names, Connectivity connectivity) {
        for (String name : names) {
            if (connectivity.ends().stream().noneMatch(end -> Focus.isNamed(end, List.of(name)))) {
                throw new Refusal("sluice: there is no '" + name + "' in these manifests");
            }
        }
    }

    private Listing.Count print(Connectivity connectivity, Optional<Exposure> exposed, OutputStream out)
            throws IOException {
        return switch (format) {
            case TEXT, TXT -> Listing.write(connectivity, Listing.Form.TEXT, exposed, out);
            case JSON -> Listing.write(connectivity, Listing.Form.JSON, exposed, out);
            case CSV -> Listing.write(connectivity, Listing.Form.CSV, out);
            case MD -> Listing.write(connectivity, Listing.Form.MARKDOWN, out);
            case DOT -> draw(connectivity, Dot::of, out);
            case SVG -> draw(connectivity, Svg::of, out);
            case HTML -> draw(connectivity, Html::of, out);
        };
    }

    private static Listing.Count draw(
            Connectivity connectivity, Function<List<Connectivity.Edge>, String> form, OutputStream out)
            throws IOException {
        List<Connectivity.Edge> edges = connectivity.edges();
        out.write(form.apply(edges).getBytes(StandardCharsets.UTF_8));
        out.flush();
        return new Listing.Count(
                edges.size(),
                edges.stream().filter(edge -> !edge.open().isEmpty()).count());
    }
}
