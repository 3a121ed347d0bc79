package io.sluice.bench;

import io.sluice.bench.Meter.Cost;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What commands took, a line each, with what was wanted of them. */
final class CostTable {
    private CostTable() {}

    /** @param costs of each task, in the order of the tasks */
    static String of(List<Task> tasks, List<List<Cost>> costs, Duration most) {
        Table table = new Table(
                "command", "runs", "wall, best", "median", "cpu, best", "median", "most memory, MiB", "wanted", "best");
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            List<Cost> own = costs.get(i);
            if (!task.isInstalled()) {
                table.add(task.title(), "-", "not installed", "", "", "", "", "", "");
            } else if (own.stream().anyMatch(c -> !c.isDone())) {
                table.add(task.title(), "1", "not done after " + most.toSeconds(), "", "", "", "", "", "");
            } else {
                Series wall = series(own, Cost::wall);
                Series cpu = series(own, Cost::cpu);
                Series rss = series(own, Cost::rssKib);
                table.add(
                        task.title(),
                        Integer.toString(own.size()),
                        seconds(wall.min()),
                        seconds(wall.median()),
                        seconds(cpu.min()),
                        seconds(cpu.median()),
                        Text.count(Math.round(rss.max() / 1024)),
                        task.aim().toString(),
                        task.aim().judge(wall.min(), Math.round(rss.max())));
            }
        }
        return table.toString();
    }

    static Series series(List<Cost> costs, ToDoubleFunction<Cost> figure) {
        return new Series(costs.stream().mapToDouble(figure).toArray());
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 1 ? "%.3f" : "%.2f", seconds);
    }
}
