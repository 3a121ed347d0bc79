package io.sluice.analysis.recommend;

import io.sluice.analysis.reach.End;
import io.sluice.analysis.reach.Ends;
import io.sluice.analysis.reach.Reach;
import io.sluice.policy.model.Party;
import io.sluice.policy.model.Snapshot;
import io.sluice.policy.net.Protocol;
import io.sluice.policy.net.TrafficRange;
import io.sluice.policy.table.VerdictTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Flows as Hubble records them. */
final class Recording {
    private Recording() {}

    static Observed observed(Snapshot known, List<String> lines) throws IOException {
        FlowReader reader = new FlowReader();
        reader.read(new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
        return reader.observed(known);
    }

    /** More ports than this at once are not somebody's choice: what no policy is about is not recorded. */
    private static final int MOST_PORTS = 100;

    /** One flow for everything that the policies of a snapshot allow, with one address of each range outside. */
    static List<String> everythingAllowed(Snapshot snapshot) {
        List<End> ends = new ArrayList<>(Ends.of(snapshot, Ends.Level.PODS));
        ends.addAll(Ends.external(List.of(snapshot)));
        Reach reach = new Reach(VerdictTable.of(snapshot), ends);
        List<String> lines = new ArrayList<>();
        int[] row = new int[ends.size()];
        for (int i = 0; i < row.length; i++) {
            if (ends.get(i).isSource()) {
                reach.from(i, row);
                for (int j = 0; j < row.length; j++) {
                    for (TrafficRange range : reach.traffic(row[j]).ranges()) {
                        if (range.last() - range.first() >= MOST_PORTS) {
                            continue;
                        }
                        for (int key = range.first(); key <= range.last(); key++) {
                            lines.add(flow(ends.get(i), ends.get(j), key));
                        }
                    }
                }
            }
        }
        return lines;
    }

    private static String flow(End from, End to, int key) {
        return """
                {"flow":{"verdict":"FORWARDED","IP":{"source":"%s","destination":"%s"},"l4":{"%s":{"source_port":40000,\
                "destination_port":%d}},"source":%s,"destination":%s,"is_reply":false},"node_name":"n"}""".formatted(address(from), address(to), new Protocol(key >>> 16), key & 0xffff, side(from), side(to));
    }

    private static String address(End end) {
        return end.parties().getFirst().address().map(Object::toString).orElse("10.0.0.1");
    }

    private static String side(End end) {
        return end.parties().getFirst() instanceof Party.OfPod(var pod, var _)
                ? "{\"namespace\":\"%s\",\"pod_name\":\"%s\",\"labels\":[]}".formatted(pod.namespace(), pod.name())
                : "{\"labels\":[\"reserved:world\"]}";
    }
}
