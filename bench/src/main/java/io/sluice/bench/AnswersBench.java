package io.sluice.bench;

import io.sluice.bench.Meter.Cost;
import io.sluice.bench.Task.Aim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How long an answer of the command line takes, whole processes from start to exit: on a small real folder, where the
 * start of the process is most of it, and on a large cluster. Beside them what else can be installed here, in turns.
 */
final class AnswersBench {
    private static final List<Integer> DONE = List.of(0);
    private static final List<Integer> DONE_OR_FOUND = List.of(0, 1);

    private final Plan plan;
    private final Consumer<String> progress;

    /**
     * What to measure.
     *
     * @param sluice the launcher
     * @param java the Java runtime that the launcher uses
     * @param folder of the build, for what is written and installed
     * @param small the manifests of a real application; absent ones leave out its table
     * @param smallRuns of each command on the small folder
     * @param largeRuns of each command on a large cluster
     * @param most after which a program is given up
     * @param peers whether others' tools are installed and measured as well
     */
    record Plan(
            Path sluice,
            Path java,
            Path folder,
            Optional<Path> small,
            int smallRuns,
            int largeRuns,
            Duration most,
            boolean peers) {}

    AnswersBench(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** The tables, as Markdown. */
    String run(List<Corpus> corpora) throws IOException, InterruptedException {
        Files.createDirectories(plan.folder);
        Meter meter = Meter.compile(plan.folder);
        Peers peers = new Peers(plan.folder.resolve("peers"), plan.peers, progress);
        StringBuilder out = new StringBuilder();
        if (plan.small.isPresent()) {
            out.append("**").append(plan.small.get().getFileName()).append("**, ");
            out.append(plan.smallRuns).append(" runs of each in turns, seconds:\n\n");
            out.append(measure(meter, small(plan.small.get(), peers)));
        } else {
            progress.accept("the test data is not here (SLUICE_SHARED names it): the small folder is left out");
        }
        for (Corpus corpus : corpora) {
            ManifestFolder.Size size = corpus.size();
            out.append(String.format(
                    Locale.ROOT,
                    "%n**%s**, %,d documents in %,d files, %.1f MB, seconds:%n%n",
                    corpus.name(),
                    size.documents(),
                    size.files(),
                    size.bytes() / 1e6));
            out.append(measure(meter, large(corpus, peers)));
        }
        return out.toString();
    }

    private String measure(Meter meter, List<Task> tasks) throws IOException, InterruptedException {
        List<List<Cost>> costs = new ArrayList<>();
        tasks.forEach(_ -> costs.add(new ArrayList<>()));
        int rounds = tasks.stream().mapToInt(Task::runs).max().orElse(0);
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < tasks.size(); i++) {
                Task task = tasks.get(i);
                if (task.isInstalled() && round < task.runs()) {
                    Cost cost = meter.run(task.words(), plan.most);
                    if (cost.isDone() && !task.statuses().contains(cost.status())) {
                        throw new IOException(String.join(" ", task.words()) + " ended with status " + cost.status());
                    }
                    costs.get(i).add(cost);
                    if (tasks.stream().mapToInt(Task::runs).max().orElse(0) <= plan.largeRuns) {
                        progress.accept(String.format(Locale.ROOT, "%s: %.2f s", task.title(), cost.wall()));
                    }
                }
            }
        }
        return CostTable.of(tasks, costs, plan.most) + rate(tasks, costs);
    }

    /** What a line costs, the reading of the manifests taken off. */
    private static String rate(List<Task> tasks, List<List<Cost>> costs) {
        int many = tasks.stream().map(Task::title).toList().indexOf(DECIDE);
        if (many < 0) {
            return "";
        }
        Series whole = CostTable.series(costs.get(many), Cost::wall);
        Series start = CostTable.series(costs.get(many - 1), Cost::wall);
        double lines = Corpus.QUESTIONS - 1;
        return String.format(
                Locale.ROOT,
                "%ndecide, lines a second: %,.0f behind the start, %,.0f of the whole process (medians; best %,.0f and"
                        + " %,.0f); wanted: 300,000.%n",
                lines / (whole.median() - start.median()),
                lines / whole.median(),
                lines / (whole.min() - start.min()),
                lines / whole.min());
    }

    private List<Task> small(Path folder, Peers peers) throws IOException, InterruptedException {
        String path = folder.toString();
        int runs = plan.smallRuns;
        List<Task> tasks = new ArrayList<>();
        tasks.add(new Task("java -version", Aim.NONE, List.of(plan.java.toString(), "-version"), runs, DONE));
        tasks.add(sluice("sluice lint", Aim.seconds(0.3), runs, "lint", path));
        tasks.add(sluice("sluice connectivity", Aim.seconds(0.3), runs, "connectivity", path));
        tasks.add(kubeScore(peers, folder, runs));
        tasks.add(cyclonus(peers, "lint", folder.resolve("network-policies"), runs));
        tasks.add(cyclonus(peers, "explain", folder.resolve("network-policies"), runs));
        return tasks;
    }

    private List<Task> large(Corpus corpus, Peers peers) throws IOException, InterruptedException {
        String now = corpus.now().toString();
        int runs = plan.largeRuns;
        List<Task> tasks = new ArrayList<>();
        tasks.add(sluice("sluice lint, every check", Aim.seconds(5), runs, "lint", now));
        tasks.add(sluice("sluice connectivity", new Aim(8, 1500), runs, "connectivity", now));
        tasks.add(sluice(
                "sluice diff, one policy removed",
                Aim.seconds(10),
                runs,
                "diff",
                corpus.before().toString(),
                now));
        tasks.add(sluice(
                "sluice explain, one pair",
                Aim.seconds(4),
                runs,
                "explain",
                now,
                "--from",
                corpus.ends().from(),
                "--to",
                corpus.ends().to(),
                "--port",
                "8080"));
        tasks.add(sluice("sluice check, redundancy", Aim.seconds(60), runs, "check", now));
        tasks.add(sluice(
                "sluice decide, one line",
                Aim.NONE,
                runs,
                "decide",
                now,
                "-c",
                corpus.oneQuestion().toString()));
        tasks.add(sluice(
                DECIDE, Aim.NONE, runs, "decide", now, "-c", corpus.questions().toString()));
        tasks.add(kubeScore(peers, corpus.now(), 1));
        tasks.add(cyclonus(peers, "lint", corpus.policies(), 1));
        tasks.add(cyclonus(peers, "explain", corpus.policies(), 1));
        return tasks;
    }

    static final String DECIDE = String.format(Locale.ROOT, "sluice decide, %,d lines", Corpus.QUESTIONS);

    private Task sluice(String title, Aim aim, int runs, String... arguments) {
        List<String> words = new ArrayList<>(List.of(plan.sluice.toString()));
        words.addAll(List.of(arguments));
        return new Task(title, aim, words, runs, DONE_OR_FOUND);
    }

    /** All its checks of manifests; its status says whether it found something. */
    private static Task kubeScore(Peers peers, Path folder, int runs) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        var program = peers.program("kube-score");
        if (program.isPresent()) {
            words.addAll(List.of(program.get().toString(), "score"));
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(f -> f.toString().endsWith(".yaml")).sorted().forEach(f -> words.add(f.toString()));
            }
        }
        return new Task("kube-score 1.20.0 score", Aim.NONE, words, runs, DONE_OR_FOUND);
    }

    /** It reads policies only. */
    private static Task cyclonus(Peers peers, String mode, Path folder, int runs)
            throws IOException, InterruptedException {
        List<String> words = peers.program("cyclonus")
                .map(p -> List.of(p.toString(), "analyze", "--mode", mode, "--policy-path", folder.toString()))
                .orElse(List.of());
        return new Task("cyclonus 0.5.6 " + mode + ", policies alone", Aim.NONE, words, runs, DONE);
    }
}
