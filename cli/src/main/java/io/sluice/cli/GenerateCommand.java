package io.sluice.cli;

import io.sluice.analysis.decide.BadLine;
import io.sluice.analysis.reason.Reasons;
import io.sluice.analysis.recommend.Blocks;
import io.sluice.analysis.recommend.Drafting;
import io.sluice.analysis.recommend.FlowReader;
import io.sluice.analysis.recommend.Observed;
import io.sluice.analysis.recommend.PolicyYaml;
import io.sluice.analysis.recommend.Proof;
import io.sluice.analysis.recommend.References;
import io.sluice.analysis.recommend.TalkLines;
import io.sluice.analysis.recommend.WorkloadTexts;
import io.sluice.manifests.ManifestReader;
import io.sluice.manifests.Manifests;
import io.sluice.policy.model.Pod;
import io.sluice.policy.model.Policy;
import io.sluice.policy.model.PolicyId;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.model.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Policies that allow just what was seen. */
@Command(
        name = "generate",
        description = {
            "Which policies allow just what was seen? NetworkPolicies of least privilege from recorded flows (Hubble's",
            "JSON lines, or the flow log of the lab) or, with --static, from the Services that manifests name: a default",
            "deny and DNS for each namespace, and for each workload what it needs.",
            "",
            "Pods are those of PATH; a pod that is not there is taken from the recording. Policies in PATH do not count;",
            "those of --existing do: they stay, and only what they lack is written.",
            "",
            "The policies go to stdout. On stderr, what the engine says of them: that all that was seen is allowed, and",
            "how much more is."
        },
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        footer = {
            "",
            "Exit status: 0 all that was seen is allowed; 1 something is not; 2 wrong use or unreadable input.",
            "",
            "Examples:",
            "  hubble observe -o jsonpb --last 100000 | sluice generate manifests/ --flows - > policies.yaml",
            "  sluice generate manifests/ --static --explain > policies.yaml",
            "  sluice generate manifests/ --flows today.json --existing policies/ > more.yaml"
        })
final class GenerateCommand implements Callable<Integer> {
    /** Namespaces that a cluster cannot do without; they are left alone unless they are named. */
    private static final Set<String> SYSTEM = Set.of("kube-system", "kube-public", "kube-node-lease");

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Mixin
    Paths paths = new Paths();

    @Mixin
    SourceOptions sources = new SourceOptions();

    @Option(names = "--flows", paramLabel = "FILE", description = "Recorded flows; - is stdin. May be given again.")
    List<String> flows = List.of();

    @Option(names = "--static", description = "What the manifests say of each other, instead of recorded flows.")
    boolean fromText;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            split = ",",
            description =
                    "Policies for these namespaces only (default: all that have pods, kube-system and the like aside).")
    List<String> namespaces = List.of();

    @Option(
            names = "--existing",
            paramLabel = "PATH",
            description = "Policies that stay; only what they lack is written.")
    List<String> existing = List.of();

    @Option(
            names = "--cidr-bound",
            paramLabel = "V4[,V6]",
            defaultValue = "24,64",
            description = "Addresses outside that lie in one block of this length are taken together (default: 24,64);"
                    + " 32,128 keeps each by itself.")
    String bound = "24,64";

    @Option(names = "--explain", description = "List what is allowed beyond what was seen.")
    boolean explain;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "WHAT",
            defaultValue = "yaml",
            description = "yaml, the policies, or connections: what was seen itself, a JSON object a line, for 'sluice"
                    + " decide' and 'sluice lab probe' (default: yaml).")
    Output output = Output.YAML;

    /** What is printed. */
    enum Output {
        YAML,
        CONNECTIONS
    }

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (fromText == !flows.isEmpty()) {
            throw new Refusal("sluice: generate needs either --flows FILE or --static (see --help)");
        }
        sources.check(paths.all);
        Blocks.Bound limits = bound();
        Manifests manifests = fromText
                ? Inputs.withConfigMaps(sources, err).manifests(paths.all)
                : Inputs.of(sources, err).manifests(paths.all);
        manifests.diagnostics().forEach(err::println);
        List<Policy> there =
                existing.isEmpty() ? List.of() : Inputs.snapshot(existing, err).policies();
        Observed observed = fromText ? References.of(manifests) : recorded(manifests.snapshot());
        if (output == Output.CONNECTIONS) {
            spec.commandLine().getOut().print(TalkLines.of(observed.talks()));
            spec.commandLine().getOut().flush();
            observed.notes().forEach(err::println);
            return 0;
        }
        Set<String> wanted = wanted(observed.snapshot());
        Drafting drafting = new Drafting(
                observed,
                wanted,
                there,
                limits,
                new WorkloadTexts(manifests.objects(), manifests.snapshot()).selectorKeys());
        PrintWriter out = spec.commandLine().getOut();
        out.print(PolicyYaml.of(drafting.drafts()));
        out.flush();
        observed.notes().forEach(err::println);
        drafting.notes().forEach(note -> err.println("warning: " + note));
        Snapshot result = drafting.cluster().withPolicies(policies(drafting, there));
        return report(Proof.of(observed, result, wanted), result, drafting, err);
    }

    /** The drafts as they read once they are text: what is proved is what was printed. */
    private static List<Policy> policies(Drafting drafting, List<Policy> there) {
        Map<PolicyId, Policy> all = new LinkedHashMap<>();
        there.forEach(policy -> all.put(policy.id(), policy));
        byte[] text = PolicyYaml.of(drafting.drafts()).getBytes(StandardCharsets.UTF_8);
        Manifests read = ManifestReader.read(List.of("-"), new ByteArrayInputStream(text));
        if (read.hasErrors()) {
            throw new IllegalStateException("generated what cannot be read: " + read.diagnostics());
        }
        read.snapshot().policies().forEach(policy -> all.put(policy.id(), policy));
        return List.copyOf(all.values());
    }

    private int report(Proof proof, Snapshot result, Drafting drafting, PrintWriter err) {
        Reasons reasons = new Reasons(result);
        int changed = drafting.drafts().size();
        err.println(changed == 0 ? "nothing to add" : changed + (changed == 1 ? " policy" : " policies"));
        err.println("seen: " + proof.seen() + " connections, a pair and a port each; "
                + (proof.holds() ? "all are allowed" : proof.refused().size() + " are not allowed:"));
        for (Proof.Refused refused : proof.refused()) {
            err.println("  " + refused.talk());
            for (var side :
                    List.of(refused.decision().egress(), refused.decision().ingress())) {
                if (side.verdict() == Verdict.DENY) {
                    err.println("    " + reasons.sentence(side.direction(), side.cause()));
                }
            }
        }
        err.println("beyond: " + count(proof.more(false)) + " between workloads, " + count(proof.more(true))
                + " with addresses outside; DNS for " + proof.dns() + " workloads that were not seen to use it");
        if (explain) {
            for (Proof.Beyond beyond : proof.beyond()) {
                err.println("  " + beyond.from() + " => " + beyond.to() + " : "
                        + beyond.traffic().exact() + " (" + beyond.more() + " more)");
            }
        }
        err.flush();
        return proof.holds() ? 0 : 1;
    }

    /** All addresses of IPv6 on some ports are a number that nobody reads. */
    private static String count(BigInteger number) {
        return number.bitLength() < Integer.SIZE
                ? number.toString()
                : "more than 10^" + (number.toString().length() - 1);
    }

    private Set<String> wanted(Snapshot snapshot) {
        Set<String> all = new TreeSet<>();
        for (Pod pod : snapshot.pods()) {
            all.add(pod.namespace());
        }
        for (String name : namespaces) {
            if (!all.contains(name)) {
                throw new Refusal("sluice: there is no pod in namespace '" + name + "'");
            }
        }
        if (!namespaces.isEmpty()) {
            return new TreeSet<>(namespaces);
        }
        all.removeAll(SYSTEM);
        return all;
    }

    private Observed recorded(Snapshot known) {
        FlowReader reader = new FlowReader();
        for (String file : flows) {
            boolean stdin = file.equals("-");
            if (stdin && paths.all.contains("-")) {
                throw new Refusal("sluice: the manifests and the flows cannot both come from stdin");
            }
            String name = stdin ? "<stdin>" : file;
            try (InputStream in = stdin ? System.in : UserFile.open(file)) {
                reader.read(in);
            } catch (BadLine e) {
                throw new Refusal(name + ":" + e.getMessage(), e);
            } catch (IOException e) {
                throw UserFile.unreadable(name, e);
            }
        }
        return reader.observed(known);
    }

    private Blocks.Bound bound() {
        String[] parts = bound.split(",", -1);
        @Nullable Integer v4 = length(parts[0], 32);
        @Nullable Integer v6 = parts.length > 1 ? length(parts[1], 128) : Integer.valueOf(64);
        if (v4 == null || v6 == null || parts.length > 2) {
            throw new Refusal("sluice: --cidr-bound is a prefix length such as 24, or one for each family, 24,64, not '"
                    + bound + "'");
        }
        return new Blocks.Bound(v4, v6);
    }

    private static @Nullable Integer length(String text, int most) {
        if (!text.matches("[0-9]{1,3}")) {
            return null;
        }
        int length = Integer.parseInt(text);
        return length <= most ? length : null;
    }
}
